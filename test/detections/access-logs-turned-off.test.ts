import { accessLogsTurnedOff } from '../../shared/detections/access-logs-turned-off.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { WITHOUT_CLOUDTRAIL } from '../support/without-cloudtrail.ts';

const update = (clusterLogging: unknown, more: Parameters<typeof cloudTrailEvent>[0] = {}) =>
  cloudTrailEvent({
    eventName: 'UpdateClusterConfig',
    principalArn: null,
    request: { name: 'payments', logging: { clusterLogging } },
    ...more,
  });

describeDetection(accessLogsTurnedOff, {
  fires: [
    {
      name: 'both logs are turned off among others',
      record: update([{ types: ['api', 'audit', 'authenticator'], enabled: false }]),
      subjects: ['cluster'],
      severities: ['high'],
      says: 'role/platform-admin turned off the audit and the authenticator log of payments.',
    },
    {
      name: 'the authenticator alone is turned off while others are turned on',
      record: update([
        { types: ['audit'], enabled: true },
        { types: ['authenticator'], enabled: false },
      ]),
      subjects: ['cluster'],
      says: 'turned off the authenticator log',
    },
    {
      name: 'the record is a fragment without account and region',
      record: update([{ types: ['audit'], enabled: false }], { account: null, region: null, clusterName: null }),
      subjects: ['cluster'],
      says: 'of a cluster.',
    },
  ],
  staysQuiet: [
    { name: 'the scheduler log is turned off', record: update([{ types: ['scheduler'], enabled: false }]) },
    { name: 'both are turned on', record: update([{ types: ['audit', 'authenticator'], enabled: true }]) },
    { name: 'the call failed', record: update([{ types: ['audit'], enabled: false }], { succeeded: false }) },
    { name: 'the setting is of another shape', record: update({ types: 'audit', enabled: false }) },
    {
      name: 'another part of the cluster is changed',
      record: cloudTrailEvent({ eventName: 'UpdateClusterConfig', request: { name: 'payments' } }),
    },
  ],
  cannotTell: [...WITHOUT_CLOUDTRAIL],
});
