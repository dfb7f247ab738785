import { privilegedTokenMinted } from '../../shared/detections/privileged-token-minted.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { access } from '../support/facts.ts';
import { actor, auditEvent } from '../support/records.ts';

const token = (namespace: string, name: string, more: Partial<AuditEvent> = {}) =>
  auditEvent({
    verb: 'create',
    code: 201,
    level: 'Request',
    object: { apiGroup: '', resource: 'serviceaccounts', subresource: 'token', namespace, name },
    ...more,
  });
const lasting = (seconds: unknown) => ({ requestObject: { spec: { expirationSeconds: seconds } } });
const as = (username: string, groups: readonly string[], principalArn: string | null) => ({
  user: { username, uid: null, groups },
  actor: actor({ kind: principalArn === null ? 'service-account' : 'role', name: username, principalArn }),
});
const NODE_ROLE = 'arn:aws:iam::111122223333:role/nodes';

describeDetection(privilegedTokenMinted, {
  fires: [
    {
      name: 'the token of a service account of kube-system',
      record: token('kube-system', 'aws-node'),
      subjects: ['user:system:serviceaccount:kube-system:aws-node'],
      severities: ['high'],
      says: 'role/platform-admin made a token of service account kube-system/aws-node, one of those that run the cluster.',
    },
    {
      name: 'a token that lives for a year',
      record: token('ci', 'deployer', lasting(31_536_000)),
      subjects: ['user:system:serviceaccount:ci:deployer'],
      says: 'good for 365 days',
    },
    {
      name: 'the token of an admin',
      record: token('ci', 'deployer'),
      facts: { access: [access({ holder: { kind: 'service-account', name: 'ci/deployer' }, principalArn: null })] },
      subjects: ['user:system:serviceaccount:ci:deployer'],
      says: 'which is an admin',
    },
    {
      name: 'another service account makes it',
      record: token('kube-system', 'aws-node', as('system:serviceaccount:ci:deployer', [], null)),
      subjects: ['user:system:serviceaccount:kube-system:aws-node'],
    },
    {
      name: 'somebody has the name of a node without its groups',
      record: token('kube-system', 'aws-node', as('system:node:x', ['system:authenticated'], NODE_ROLE)),
      subjects: ['user:system:serviceaccount:kube-system:aws-node'],
    },
  ],
  staysQuiet: [
    {
      name: 'a kubelet asks for a pod',
      record: token('kube-system', 'aws-node', as('system:node:ip-10-0-0-1', ['system:nodes'], NODE_ROLE)),
    },
    {
      name: 'a GitOps controller asks for a short token of a service account of its own',
      record: token('argocd', 'deployer', {
        ...as('system:serviceaccount:argocd:argocd-server', [], null),
        ...lasting(3600),
      }),
    },
    {
      name: 'a service account renews its own',
      record: token('kube-system', 'vault', as('system:serviceaccount:kube-system:vault', [], null)),
    },
    { name: 'a token for a day, and one of a length that is no number', record: token('ci', 'x', lasting('soon')) },
    { name: 'it was refused', record: token('kube-system', 'aws-node', { code: 403, decision: 'forbid' }) },
    { name: 'a token is reviewed', record: auditEvent({ verb: 'create' }) },
  ],
  cannotTell: [
    {
      name: 'the audit log is off',
      coverage: coverageBut(coverage('audit-log', 'disabled')),
      missing: ['audit-log'],
    },
    {
      name: 'the audit log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});
