import { awsAuthDeleted } from '../../shared/detections/aws-auth-deleted.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, facts } from '../support/facts.ts';
import { awsAuthWrite, PIPELINE } from '../support/grants.ts';
import { configMapMessage } from '../support/records.ts';

const deletion = awsAuthWrite(null, { verb: 'delete', level: 'RequestResponse' });
const all = awsAuthWrite(null, {
  verb: 'deletecollection',
  object: { apiGroup: '', resource: 'configmaps', subresource: '', namespace: 'kube-system', name: null },
});
const kept = [{ clusterArn: cluster().arn, at: '2026-11-19T03:00:00Z', data: { mapRoles: '- rolearn: x\n' } }];

describeDetection(awsAuthDeleted, {
  fires: [
    {
      name: 'a record deletes it',
      record: deletion,
      subjects: ['aws-auth'],
      severities: ['critical'],
      says: `${PIPELINE} deleted aws-auth.`,
    },
    {
      name: 'a record deletes it, and a good copy is kept',
      record: deletion,
      facts: { state: { ...facts().state, lastGoodAwsAuth: kept } },
      subjects: ['aws-auth'],
    },
    {
      name: 'a record deletes all ConfigMaps of kube-system',
      record: all,
      facts: {},
      subjects: ['aws-auth'],
      says: 'which may have taken aws-auth along',
    },
    {
      name: 'the authenticator forgets its rows',
      record: configMapMessage({ kind: 'configmap-deleted', message: 'Resetting configmap on delete', level: 'info' }),
      subjects: ['aws-auth'],
      says: 'The authenticator saw aws-auth being deleted',
    },
  ],
  staysQuiet: [
    {
      name: 'the cluster has moved to access entries',
      record: deletion,
      facts: { cluster: cluster({ authenticationMode: 'API' }) },
    },
    { name: 'the deletion was refused', record: { ...deletion, code: 403, decision: 'forbid' } },
    { name: 'the deletion was a dry run', record: { ...deletion, dryRun: true } },
    {
      name: 'all ConfigMaps of another namespace are deleted',
      record: {
        ...all,
        object: { apiGroup: '', resource: 'configmaps', subresource: '', namespace: 'dev', name: null },
      },
    },
    { name: 'it was changed', record: awsAuthWrite(null) },
    { name: 'the authenticator loads it', record: configMapMessage({ kind: 'configmap-loaded' }) },
  ],
  cannotTell: [
    {
      name: 'both logs are off',
      coverage: coverageBut(coverage('audit-log', 'disabled'), coverage('authenticator-log', 'disabled')),
      missing: ['audit-log', 'authenticator-log'],
    },
  ],
});
