import { accessChangeDenied } from '../../shared/detections/access-change-denied.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { accountEvidence } from '../support/facts.ts';
import { PIPELINE, pipeline } from '../support/grants.ts';
import { actor, cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${PIPELINE}` as const;

function denied(eventName: string, time: string, more: Partial<CloudTrailEvent> = {}) {
  return cloudTrailEvent({
    eventName,
    at: `2026-11-20T${time}Z`,
    actor: pipeline,
    succeeded: false,
    errorCode: 'AccessDeniedException',
    ...more,
  });
}

const once = denied('CreateAccessEntry', '08:00:00');

describeDetection(accessChangeDenied, {
  fires: [
    {
      name: 'a caller is denied once: medium',
      records: [once],
      subjects: [SUBJECT],
      severities: ['medium'],
      says: `${PIPELINE} was denied CreateAccessEntry.`,
    },
    {
      name: 'a caller is denied three times within the hour: high',
      records: [
        once,
        denied('AssociateAccessPolicy', '08:30:00', { errorCode: 'AccessDenied' }),
        denied('DeleteAccessEntry', '09:00:00'),
      ],
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'AssociateAccessPolicy, CreateAccessEntry, DeleteAccessEntry, 3 times',
    },
    {
      name: 'the same over a day: medium',
      records: [once, denied('CreateAccessEntry', '12:00:00'), denied('CreateAccessEntry', '18:00:00')],
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'three within the hour among hundreds over days: all are counted, and the burst is not forgotten',
      records: [
        ...['08:00:00', '08:10:00', '08:20:00'].map((time) => denied('CreateAccessEntry', time)),
        ...Array.from({ length: 300 }, (_, day) =>
          denied('CreateAccessEntry', '', { at: new Date(Date.UTC(2026, 11, 1 + day)).toISOString() }),
        ),
      ],
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'was denied CreateAccessEntry, 303 times',
    },
    {
      name: 'a caller may not change the authentication mode',
      records: [
        denied('UpdateClusterConfig', '08:00:00', { request: { accessConfig: { authenticationMode: 'API' } } }),
      ],
      subjects: [SUBJECT],
    },
    {
      name: 'the caller has no ARN',
      records: [{ ...once, actor: actor({ name: 'someone', principalArn: null }) }],
      subjects: ['user:someone'],
    },
    {
      name: 'the record of the account names no cluster',
      records: [],
      facts: { accounts: [accountEvidence({ cloudTrail: [{ ...once, clusterName: null }] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'the name of the caller is hostile',
      records: [{ ...once, actor: actor({ name: '<b>\n$(reboot)', principalArn: null }) }],
      subjects: ['user:<b>\n$(reboot)'],
    },
  ],
  staysQuiet: [
    { name: 'the call succeeded', records: [cloudTrailEvent()] },
    {
      name: 'the call was wrong, not denied',
      records: [
        denied('CreateAccessEntry', '08:00:00', { errorCode: 'ResourceInUseException' }),
        denied('CreateAccessEntry', '08:00:00', { errorCode: 'InvalidParameterException' }),
      ],
    },
    {
      name: 'a caller may not look',
      records: [denied('ListAccessEntries', '08:00:00'), denied('DescribeCluster', '08:00:00')],
    },
    {
      name: 'a caller may not change the endpoint',
      records: [denied('UpdateClusterConfig', '08:00:00', { request: { resourcesVpcConfig: {} } })],
    },
    { name: 'another service has a call of that name', records: [{ ...once, eventSource: 'example.amazonaws.com' }] },
    {
      name: 'the record of the account is of another region',
      records: [],
      facts: { accounts: [accountEvidence({ cloudTrail: [{ ...once, clusterName: null, region: 'us-east-1' }] })] },
    },
  ],
  cannotTell: [
    {
      name: 'CloudTrail was not read',
      coverage: coverageBut(coverage('cloudtrail', 'denied')),
      missing: ['cloudtrail'],
    },
  ],
});
