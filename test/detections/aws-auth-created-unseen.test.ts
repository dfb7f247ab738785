import { awsAuthCreatedUnseen } from '../../shared/detections/aws-auth-created-unseen.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { awsAuth, cluster } from '../support/facts.ts';
import { awsAuthWrite, PIPELINE } from '../support/grants.ts';
import { actor } from '../support/records.ts';

const creation = awsAuthWrite(null, { verb: 'create', code: 201 });
const ofNodes = actor({ name: 'eks:node-manager', kind: 'kubernetes-user', principalArn: null });
const nodeManager = { username: 'eks:node-manager', uid: null, groups: ['system:authenticated'] };

describeDetection(awsAuthCreatedUnseen, {
  fires: [
    {
      name: 'a record shows the creation without its body: high',
      record: creation,
      subjects: ['aws-auth'],
      severities: ['high'],
      says: `${PIPELINE} created aws-auth; the log does not say with what. What it held has not been read since.`,
    },
    {
      name: 'the object was read since: low',
      record: creation,
      facts: { awsAuth: awsAuth({ createdAt: '2026-11-20T08:00:00Z' }) },
      subjects: ['aws-auth'],
      severities: ['low'],
      says: 'was read since',
    },
    {
      name: 'the object that was read is another one: high',
      record: creation,
      facts: { awsAuth: awsAuth({ createdAt: '2026-03-02T09:20:00Z' }) },
      subjects: ['aws-auth'],
      severities: ['high'],
    },
    {
      name: 'a customer’s role calls itself eks:node-manager',
      record: { ...creation, user: nodeManager },
      facts: {},
      subjects: ['aws-auth'],
    },
  ],
  staysQuiet: [
    { name: 'the first node group brings it', record: { ...creation, actor: ofNodes, user: nodeManager }, facts: {} },
    { name: 'the log shows the content', record: awsAuthWrite(awsAuth(), { verb: 'create' }) },
    { name: 'it was changed, not created', record: awsAuthWrite(null) },
    { name: 'the creation was refused, or a dry run', record: { ...creation, code: 409 } },
    { name: 'a dry run', record: { ...creation, dryRun: true } },
    {
      name: 'another ConfigMap was created',
      record: {
        ...creation,
        object: { apiGroup: '', resource: 'configmaps', subresource: '', namespace: 'dev', name: 'aws-auth' },
      },
    },
    { name: 'nothing reads it', record: creation, facts: { cluster: cluster({ authenticationMode: 'API' }) } },
  ],
  cannotTell: [
    { name: 'the audit log is off', coverage: coverageBut(coverage('audit-log', 'disabled')), missing: ['audit-log'] },
  ],
});
