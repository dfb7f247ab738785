import { publicEndpointOpen } from '../../shared/detections/public-endpoint-open.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, resolvedBinding, subject } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';

const open = (...publicCidrs: readonly string[]) =>
  cluster({ endpoint: { publicAccess: true, privateAccess: true, publicCidrs } });
const anonymous = resolvedBinding({ subjects: [subject('User', 'system:anonymous')] });
const update = (resourcesVpcConfig: unknown, more: Parameters<typeof cloudTrailEvent>[0] = {}) =>
  cloudTrailEvent({
    eventName: 'UpdateClusterConfig',
    principalArn: null,
    request: { name: 'payments', resourcesVpcConfig },
    ...more,
  });

describeDetection(publicEndpointOpen, {
  fires: [
    {
      name: 'any address may reach the endpoint',
      facts: { cluster: open('0.0.0.0/0') },
      subjects: ['cluster'],
      severities: ['medium'],
      says: 'The public endpoint of payments is open to the internet (0.0.0.0/0).',
    },
    {
      name: 'any address of version 6, or a half of all, or no list',
      facts: { cluster: open('192.0.2.0/24', '::/0') },
      subjects: ['cluster'],
    },
    { name: 'a half of all addresses', facts: { cluster: open('128.0.0.0/1') }, subjects: ['cluster'] },
    { name: 'no list at all', facts: { cluster: open() }, subjects: ['cluster'] },
    {
      name: 'callers without credentials are bound as well',
      facts: { cluster: open('0.0.0.0/0'), bindings: [anonymous] },
      subjects: ['cluster'],
      severities: ['high'],
      says: 'and callers without credentials are bound to a role',
    },
    {
      name: 'a record shows it being opened',
      record: update({ endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] }),
      subjects: ['cluster'],
      severities: ['medium'],
      says: 'role/platform-admin opened the public endpoint of payments to the internet.',
    },
    {
      name: 'a record turns it on and names no networks',
      record: update({ endpointPublicAccess: true }),
      subjects: ['cluster'],
      says: 'to networks that the record does not name',
    },
    {
      name: 'a record opens it where callers without credentials are bound',
      record: update({ publicAccessCidrs: ['::/0'] }),
      facts: { bindings: [anonymous] },
      subjects: ['cluster'],
      severities: ['high'],
    },
  ],
  staysQuiet: [
    { name: 'named networks may reach it', facts: { cluster: open('192.0.2.0/24', '2001:db8::/32') } },
    { name: 'it is private', facts: { cluster: cluster() } },
    { name: 'it is not known', facts: { cluster: cluster({ endpoint: null }) } },
    {
      name: 'it is turned off while the list is left open',
      record: update({ endpointPublicAccess: false, publicAccessCidrs: ['0.0.0.0/0'] }),
    },
    { name: 'it is narrowed', record: update({ publicAccessCidrs: ['192.0.2.0/24'] }) },
    { name: 'the call failed', record: update({ endpointPublicAccess: true }, { succeeded: false }) },
    { name: 'the parameters are of another shape', record: update('open') },
  ],
  cannotTell: [
    {
      name: 'neither the cluster nor CloudTrail was read',
      coverage: coverageBut(eksCoverage({ cluster: 'denied' }), coverage('cloudtrail', 'unavailable')),
      missing: ['eks-api', 'cloudtrail'],
    },
  ],
});
