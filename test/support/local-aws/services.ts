/** Which service answers which of its operations, and what they keep between calls. */
import { answerCloudTrail, listTrails } from './cloudtrail.ts';
import { EKS } from './eks.ts';
import { GUARDDUTY } from './guardduty.ts';
import { IAM } from './iam.ts';
import type { Identities } from './identities.ts';
import { IDENTITYSTORE, SSO_ADMIN } from './identity-center.ts';
import { answerLogs } from './logs.ts';
import type { Query } from './logs-queries.ts';
import type { Handlers } from './operations.ts';
import { ORGANIZATIONS } from './organizations.ts';
import { answerS3, type Buckets } from './s3.ts';
import { answerSns, type PublishedMessage } from './sns.ts';
import { answerSts } from './sts.ts';
import { describeTrail, type TrailBucket } from './trail-bucket.ts';

export interface Kept {
  readonly identities: Identities;
  readonly queries: Map<string, Query>;
  readonly buckets: Buckets;
  readonly published: PublishedMessage[];
  readonly trail: TrailBucket | undefined;
}

export function createServices({
  identities,
  queries,
  buckets,
  published,
  trail,
}: Kept): ReadonlyMap<string, Handlers> {
  return new Map<string, Handlers>([
    ['sts', answerSts(identities)],
    ['eks', EKS],
    ['iam', IAM],
    ['logs', answerLogs(queries)],
    [
      'cloudtrail',
      answerCloudTrail((call) => [...listTrails(call), ...(trail === undefined ? [] : [describeTrail(trail, call)])]),
    ],
    ['sso-admin', SSO_ADMIN],
    ['identitystore', IDENTITYSTORE],
    ['organizations', ORGANIZATIONS],
    ['guardduty', GUARDDUTY],
    ['s3', answerS3(buckets)],
    ['sns', answerSns(published)],
  ]);
}
