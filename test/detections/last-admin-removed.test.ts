import { lastAdminRemoved } from '../../shared/detections/last-admin-removed.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, cluster, grant } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';
import { AWS_AUTH_OBJECT, auditEvent, cloudTrailEvent, configMapMessage } from '../support/records.ts';

const removal = cloudTrailEvent({ eventName: 'DeleteAccessEntry' });
const configMap = cluster({ authenticationMode: 'CONFIG_MAP' });
const hidden = access({ principalArn: PIPELINE, grants: [grant({ via: 'cluster-creator' })] });
const awsAuthGone = auditEvent({
  verb: 'delete',
  code: 200,
  object: AWS_AUTH_OBJECT,
});

describeDetection(lastAdminRemoved, {
  fires: [
    {
      name: 'a record took the last one away, and nobody is left',
      facts: { records: [removal] },
      subjects: ['cluster'],
      says: `After access was changed by ${ADMIN_ROLE} at 2026-11-20T08:00:00Z, no admin is left through whom people get in of payments.`,
    },
    {
      name: 'the cluster was created with an admin entry, and nobody is left',
      facts: { cluster: cluster({ bootstrapCreatorAdmin: true }) },
      subjects: ['cluster'],
      says: 'Of payments no admin is left through whom people get in.',
    },
    {
      name: 'those who are left are gone, machines, or no admins',
      facts: {
        records: [removal],
        access: [access({ exists: false }), access({ kind: 'workload' }), access({ level: 'limited' })],
      },
      subjects: ['cluster'],
    },
    {
      name: 'in mode CONFIG_MAP the hidden creator alone is left',
      facts: { cluster: configMap, records: [awsAuthGone], creator: creator(), access: [hidden] },
      subjects: ['cluster'],
      says: 'but for the hidden creator',
    },
    { name: 'the record comes as an event', record: removal, facts: {}, subjects: ['cluster'] },
    {
      name: 'a delete of aws-auth comes as an event',
      record: awsAuthGone,
      facts: { cluster: configMap },
      subjects: ['cluster'],
    },
    {
      name: 'the authenticator cannot read aws-auth any more',
      record: configMapMessage({ kind: 'configmap-error' }),
      facts: { cluster: configMap },
      subjects: ['cluster'],
    },
  ],
  staysQuiet: [
    { name: 'another admin gets in', facts: { records: [removal], access: [access()] } },
    {
      name: 'an admin of whom IAM says nothing may get in',
      facts: { records: [removal], access: [access({ exists: null })] },
    },
    { name: 'nobody was ever admin, and nothing was taken away', facts: {} },
    {
      name: 'the cluster is torn down',
      facts: { records: [removal, cloudTrailEvent({ eventName: 'DeleteCluster', principalArn: null })] },
    },
    { name: 'the cluster is being deleted', facts: { cluster: cluster({ status: 'DELETING' }), records: [removal] } },
    {
      name: 'aws-auth was not read, and may let somebody in',
      facts: { records: [removal], coverage: coverageBut(coverage('aws-auth', 'denied')) },
    },
    {
      name: 'RBAC was not read, and may make somebody admin',
      facts: { records: [removal], coverage: coverageBut(coverage('rbac', 'unavailable')) },
    },
    {
      name: 'the removal was denied',
      record: { ...removal, succeeded: false, errorCode: 'AccessDeniedException' },
      facts: {},
    },
    { name: 'a grant', record: cloudTrailEvent(), facts: {} },
    { name: 'no state tells who is left', record: removal },
  ],
  cannotTell: [
    {
      name: 'the access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'unavailable')), missing: ['rbac'] },
  ],
});
