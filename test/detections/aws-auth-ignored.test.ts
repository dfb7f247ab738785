import { awsAuthIgnored } from '../../shared/detections/aws-auth-ignored.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, cluster } from '../support/facts.ts';
import { awsAuthWrite, PIPELINE } from '../support/grants.ts';
import { actor } from '../support/records.ts';

const byPipeline = awsAuthWrite(awsAuth());
const byAdmin = awsAuthWrite(awsAuth(), { actor: actor(), verb: 'patch' });
const byNodes = awsAuthWrite(awsAuth(), {
  actor: actor({ name: 'eks:node-manager', kind: 'kubernetes-user', principalArn: null }),
  user: { username: 'eks:node-manager', uid: null, groups: [] },
});

describeDetection(awsAuthIgnored, {
  fires: [
    {
      name: 'the cluster reads access entries alone: low',
      records: [byPipeline],
      facts: { cluster: cluster({ authenticationMode: 'API' }) },
      subjects: ['aws-auth'],
      severities: ['low'],
      says: `${PIPELINE} wrote aws-auth (update), which nothing reads`,
    },
    {
      name: 'somebody writes who did not write before: medium',
      records: [byPipeline, byPipeline, byAdmin],
      facts: {},
      subjects: [`iam:${ADMIN_ROLE}`],
      severities: ['medium'],
    },
    {
      name: 'the same, where no state is known',
      records: [byPipeline, byAdmin, byAdmin],
      subjects: [`iam:${ADMIN_ROLE}`],
      severities: ['medium'],
    },
    {
      name: 'a customer’s role calls itself eks:node-manager',
      records: [byPipeline, { ...byAdmin, user: byNodes.user }],
      facts: {},
      subjects: [`iam:${ADMIN_ROLE}`],
    },
  ],
  staysQuiet: [
    { name: 'one writer alone', records: [byPipeline, byPipeline], facts: {} },
    { name: 'EKS adds the row of a node group', records: [byPipeline, byNodes], facts: {} },
    {
      name: 'the new writer was refused',
      records: [byPipeline, { ...byAdmin, code: 403, decision: 'forbid' }],
    },
  ],
  cannotTell: [
    { name: 'the audit log is off', coverage: coverageBut(coverage('audit-log', 'disabled')), missing: ['audit-log'] },
    {
      name: 'the mode is not known',
      coverage: coverageBut(eksCoverage({ cluster: 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
