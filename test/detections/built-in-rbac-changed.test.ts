import { builtInRbacChanged } from '../../shared/detections/built-in-rbac-changed.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { mapping } from '../support/facts.ts';
import { binding, deletionOf, role, writeOf } from '../support/rbac-writes.ts';
import { actor } from '../support/records.ts';

const detector = role({ name: 'system:node-problem-detector' });
const EKS_ROLE = 'arn:aws:iam::999988887777:role/AWSWesleyClusterManagerLambda-Example';
const as = (username: string, principalArn: string | null, groups: readonly string[] = []) => ({
  user: { username, uid: null, groups },
  actor: actor({ kind: 'kubernetes-user', name: username, principalArn }),
});
const patched = { verb: 'patch' } as const;

describeDetection(builtInRbacChanged, {
  fires: [
    {
      name: 'a person changes a role of Kubernetes',
      record: writeOf(detector, patched),
      subjects: ['role:ClusterRole/-/system:node-problem-detector'],
      severities: ['critical'],
      says: 'role/platform-admin changed clusterrole system:node-problem-detector, which Kubernetes keeps for itself.',
    },
    {
      name: 'a person deletes a role, of which the record has no content',
      record: deletionOf(role({ name: 'system:kube-aggregator' })),
      subjects: ['role:ClusterRole/-/system:kube-aggregator'],
      severities: ['critical'],
      says: 'deleted clusterrole system:kube-aggregator',
    },
    {
      name: 'a person changes a binding of EKS in a namespace',
      record: writeOf(binding({ kind: 'RoleBinding', namespace: 'kube-system', name: 'eks:addon-manager' }), patched),
      subjects: ['binding:RoleBinding/kube-system/eks:addon-manager'],
      severities: ['high'],
      says: 'which EKS keeps for itself',
    },
    {
      name: 'a person changes cluster-admin and the binding of its name',
      record: writeOf(role({ name: 'cluster-admin' }), { verb: 'update' }),
      subjects: ['role:ClusterRole/-/cluster-admin'],
      severities: ['critical'],
    },
    {
      name: 'a customer calls himself the API server',
      record: writeOf(detector, { ...patched, ...as('system:apiserver', 'arn:aws:iam::111122223333:role/dev') }),
      subjects: ['role:ClusterRole/-/system:node-problem-detector'],
      says: 'arn:aws:iam::111122223333:role/dev changed',
    },
    {
      name: 'a customer calls himself EKS, with a role that only sounds like one of AWS',
      record: writeOf(detector, { ...patched, ...as('eks:node-manager', EKS_ROLE) }),
      facts: { mappings: [mapping({ principal: parsePrincipal(EKS_ROLE), via: 'aws-auth' })] },
      subjects: ['role:ClusterRole/-/system:node-problem-detector'],
    },
    {
      name: 'a role of the cluster account sounds like one of AWS',
      record: writeOf(detector, {
        ...patched,
        ...as('eks:node-manager', 'arn:aws:iam::111122223333:role/AWSWesleyClusterManagerLambda-Example'),
      }),
      facts: {},
      subjects: ['role:ClusterRole/-/system:node-problem-detector'],
    },
  ],
  staysQuiet: [
    {
      name: 'the API server repairs its defaults when it starts',
      record: writeOf(detector, { ...patched, ...as('system:apiserver', null, ['system:masters']) }),
    },
    {
      name: 'the aggregation controller fills in admin',
      record: writeOf(role({ name: 'admin' }), {
        ...patched,
        ...as('system:serviceaccount:kube-system:clusterrole-aggregation-controller', null),
      }),
    },
    {
      name: 'EKS changes an object of its own, with its own role',
      record: writeOf(role({ name: 'eks:addon-manager' }), { ...patched, ...as('eks:addon-manager', EKS_ROLE) }),
      facts: {},
    },
    { name: 'a person makes a role of such a name', record: writeOf(role({ name: 'system:mine' })) },
    { name: 'a person changes a role of the customer', record: writeOf(role(), patched) },
    {
      name: 'a Role of a namespace has the name of a role for users',
      record: writeOf(role({ kind: 'Role', namespace: 'dev', name: 'admin' }), patched),
    },
    { name: 'the change was refused', record: writeOf(detector, { ...patched, code: 403, decision: 'forbid' }) },
    { name: 'the change was a dry run', record: writeOf(detector, { ...patched, dryRun: true }) },
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
