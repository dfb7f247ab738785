import { logGroupTampered } from '../../shared/detections/log-group-tampered.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { WITHOUT_CLOUDTRAIL } from '../support/without-cloudtrail.ts';

const GROUP = '/aws/eks/payments/cluster';
const call = (eventName: string, request: object = {}, more: Parameters<typeof cloudTrailEvent>[0] = {}) =>
  cloudTrailEvent({
    eventName,
    eventSource: 'logs.amazonaws.com',
    principalArn: null,
    request: { logGroupName: GROUP, ...request },
    ...more,
  });

describeDetection(logGroupTampered, {
  fires: [
    {
      name: 'the group is deleted',
      records: [call('DeleteLogGroup')],
      subjects: [`log-group:${GROUP}`],
      severities: ['high'],
      says: `role/platform-admin deleted the log group and all that it held: ${GROUP}.`,
    },
    {
      name: 'a stream, a filter and the key go',
      records: [
        call('DeleteLogStream', { logStreamName: 'authenticator-1' }),
        call('DeleteSubscriptionFilter'),
        call('DisassociateKmsKey', {
          logGroupName: null,
          resourceIdentifier: `arn:aws:logs:eu-central-1:111122223333:log-group:${GROUP}`,
        }),
      ],
      subjects: [`log-group:${GROUP}`, `log-group:${GROUP}`, `log-group:${GROUP}`],
    },
    {
      name: 'the retention is cut below what an earlier record set',
      records: [
        call('PutRetentionPolicy', { retentionInDays: 400 }),
        call('PutRetentionPolicy', { retentionInDays: 180 }),
      ],
      subjects: [`log-group:${GROUP}`],
      says: 'cut the retention from 400 days to 180 days',
    },
    {
      name: 'a short retention is set, and nothing earlier is known',
      records: [call('PutRetentionPolicy', { retentionInDays: 1 })],
      subjects: [`log-group:${GROUP}`],
      says: 'what it was before is not in these records',
    },
  ],
  staysQuiet: [
    { name: 'the retention is long', records: [call('PutRetentionPolicy', { retentionInDays: 365 })] },
    {
      name: 'the retention is raised from less',
      records: [
        call('PutRetentionPolicy', { retentionInDays: 90 }),
        call('PutRetentionPolicy', { retentionInDays: 120 }),
      ],
    },
    { name: 'logs are kept for ever', records: [call('DeleteRetentionPolicy')] },
    { name: 'the call failed', records: [call('DeleteLogGroup', {}, { succeeded: false })] },
    {
      name: 'the group is of something else',
      records: [
        call('DeleteLogGroup', { logGroupName: '/aws/lambda/payments' }),
        call('DeleteLogGroup', { logGroupName: `/x${GROUP}` }),
        call('DeleteLogGroup', { logGroupName: `${GROUP}/performance` }),
      ],
    },
    { name: 'a filter is added', records: [call('PutSubscriptionFilter')] },
  ],
  cannotTell: [...WITHOUT_CLOUDTRAIL],
});
