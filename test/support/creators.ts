/** Creators of clusters for tests: as facts know them, and as CloudTrail and the log of the authenticator show them. */
import type { Creator } from '../../shared/model/access.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { ref } from './coverage.ts';
import { PIPELINE, pipeline } from './grants.ts';
import { cloudTrailEvent } from './records.ts';

/** The pipeline, proven, unless told otherwise. */
export function creator(more: Partial<Creator> = {}): Creator {
  const principalArn = more.principalArn === undefined ? PIPELINE : more.principalArn;
  return {
    principalArn,
    confidence: 'proven',
    exists: true,
    candidates: principalArn === null ? [] : [principalArn],
    evidence: [ref('cloudtrail')],
    reason: 'the CreateCluster record of this life names it',
    ...more,
  };
}

/** The pipeline creates the cluster, unless told otherwise. */
export function creation(more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return cloudTrailEvent({
    eventName: 'CreateCluster',
    at: '2026-03-02T09:15:03Z',
    actor: pipeline,
    principalArn: null,
    ...more,
  });
}
