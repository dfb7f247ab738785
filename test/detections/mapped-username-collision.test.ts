import { mappedUsernameCollision } from '../../shared/detections/mapped-username-collision.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuthRow, mapping, resolvedBinding, subject } from '../support/facts.ts';

const SUBJECT = `aws-auth:${ADMIN_ROLE}` as const;
const NODE = 'system:node:{{EC2PrivateDNSName}}';

function named(username: string, ...groups: readonly string[]) {
  return mapping({ via: 'aws-auth', row: awsAuthRow({ username, groups }), identity: { username, groups } });
}

describeDetection(mappedUsernameCollision, {
  fires: [
    {
      name: 'the name of the creator',
      facts: { mappings: [named('kubernetes-admin')] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'the name under which the creator of a cluster works',
    },
    {
      name: 'names that Kubernetes and EKS keep for themselves',
      facts: { mappings: [named('system:kube-controller-manager'), named('eks:node-manager')] },
      subjects: [SUBJECT, SUBJECT],
    },
    {
      name: 'the name of a node without its groups, or with more',
      facts: {
        mappings: [named(NODE), named(NODE, 'system:bootstrappers', 'system:nodes', 'system:masters')],
      },
      subjects: [SUBJECT, SUBJECT],
    },
    {
      name: 'a user that is bound to cluster-admin',
      facts: { mappings: [named('alice')], bindings: [resolvedBinding({ name: 'alice-admin' })] },
      subjects: [SUBJECT],
      says: 'logs in as alice, which ClusterRoleBinding alice-admin binds to ClusterRole cluster-admin',
    },
    {
      name: 'a service account that is bound to cluster-admin',
      facts: {
        mappings: [named('system:serviceaccount:kube-system:deployer')],
        bindings: [resolvedBinding({ subjects: [subject('ServiceAccount', 'deployer', 'kube-system')] })],
      },
      subjects: [SUBJECT],
    },
    {
      name: 'usernames that the caller can make come out as an admin',
      facts: {
        mappings: [named('{{SessionName}}'), named('al{{SessionName}}')],
        bindings: [resolvedBinding({ name: 'alice-admin' })],
      },
      subjects: [SUBJECT, SUBJECT],
      says: 'which the caller can make come out as alice, which ClusterRoleBinding alice-admin binds',
    },
  ],
  staysQuiet: [
    {
      name: 'a username that the caller completes, and never to an admin',
      facts: { mappings: [named('team:{{SessionName}}')], bindings: [resolvedBinding({})] },
    },
    {
      name: 'a username that the caller completes to one who is bound to little',
      facts: { mappings: [named('{{SessionName}}')], bindings: [resolvedBinding({ level: 'limited' })] },
    },
    {
      name: 'the rows of nodes, on EC2, Windows and Fargate',
      facts: {
        mappings: [
          named(NODE, 'system:bootstrappers', 'system:nodes'),
          named(NODE, 'system:bootstrappers', 'system:nodes', 'eks:kube-proxy-windows'),
          named('system:node:{{SessionName}}', 'system:bootstrappers', 'system:nodes', 'system:node-proxier'),
        ],
      },
    },
    { name: 'a name that nobody binds', facts: { mappings: [named('alice')] } },
    {
      name: 'a user that is bound to little',
      facts: { mappings: [named('alice')], bindings: [resolvedBinding({ level: 'limited' })] },
    },
    {
      name: 'a group of that name is bound, not a user',
      facts: { mappings: [named('alice')], bindings: [resolvedBinding({ subjects: [subject('Group', 'alice')] })] },
    },
    { name: 'a name that only contains a reserved one', facts: { mappings: [named('my-system:admin')] } },
    { name: 'the row does not count', facts: { mappings: [{ ...named('kubernetes-admin'), inert: 'mode' }] } },
  ],
  cannotTell: [
    { name: 'aws-auth was not read', coverage: coverageBut(coverage('aws-auth', 'denied')), missing: ['aws-auth'] },
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
  ],
});
