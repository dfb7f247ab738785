/** The ordered table of what makes a level: each power with its test, its worth by reach, and its reason for people. */
import type { Level } from '../model/access.ts';
import type { Ability } from './abilities.ts';

/** How far rules reach: kube-system stands apart, as the cluster's own service accounts live in it. */
export type Reach = 'cluster' | 'kube-system' | 'namespace';

export interface Power {
  readonly levels: Readonly<Partial<Record<Reach, Level>>>;
  readonly test: (can: ReadonlySet<Ability>, awsAuthCounts: boolean) => boolean;
  /** `where` reads "in the whole cluster" or "in namespace payments". */
  readonly reason: (where: string) => string;
}

const TAKEOVER: Power['levels'] = {
  cluster: 'admin-equivalent',
  'kube-system': 'admin-equivalent',
  namespace: 'namespace-admin',
};
const CLUSTER_ONLY: Power['levels'] = { cluster: 'admin-equivalent' };

/** From the strongest: of several powers at one level the first gives the reason. */
export const POWERS: readonly Power[] = [
  {
    levels: { ...TAKEOVER, cluster: 'cluster-admin' },
    test: (can) => can.has('do-everything'),
    reason: (where) => `holds every verb on every resource of every API group ${where}`,
  },
  {
    levels: CLUSTER_ONLY,
    test: (can) => can.has('bind-cluster-roles') && can.has('write-cluster-bindings'),
    reason: () => 'may bind any ClusterRole, cluster-admin among them, through a ClusterRoleBinding',
  },
  {
    levels: TAKEOVER,
    test: (can) => (can.has('bind-cluster-roles') || can.has('bind-roles')) && can.has('write-bindings'),
    reason: (where) => `may bind roles that it does not hold, through RoleBindings ${where}`,
  },
  {
    levels: CLUSTER_ONLY,
    test: (can) => can.has('escalate-cluster-roles') && can.has('write-cluster-roles'),
    reason: () => 'may write any rule into ClusterRoles (escalate)',
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('escalate-roles') && can.has('write-roles'),
    reason: (where) => `may write any rule into Roles ${where} (escalate)`,
  },
  {
    levels: CLUSTER_ONLY,
    test: (can) => can.has('impersonate-users') || can.has('impersonate-groups'),
    reason: () => 'may impersonate any user or group',
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('impersonate-service-accounts'),
    reason: (where) => `may impersonate any service account ${where}`,
  },
  {
    levels: CLUSTER_ONLY,
    test: (can) => can.has('reach-kubelets'),
    reason: () =>
      'may reach nodes/proxy, which is not read-only even with get: the kubelet runs commands in any container of its node over a WebSocket that opens with GET',
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('run-in-pods'),
    reason: (where) =>
      `may run commands in any pod ${where} and take its service account's token (exec over WebSocket asks for get alone)`,
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('mint-tokens'),
    reason: (where) => `may create tokens of any service account ${where}`,
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('create-pods'),
    reason: (where) => `may create pods ${where}, and a pod may run as any service account of its namespace`,
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('create-workloads') || can.has('change-workloads'),
    reason: (where) =>
      `may create or change workloads ${where}, whose pods may run as any service account of their namespace`,
  },
  {
    levels: TAKEOVER,
    test: (can) => can.has('write-secrets'),
    reason: (where) => `may write Secrets ${where}, and a Secret can be made to hold the token of any service account`,
  },
  {
    levels: { cluster: 'admin-equivalent', 'kube-system': 'admin-equivalent' },
    test: (can, awsAuthCounts) => awsAuthCounts && can.has('write-aws-auth'),
    reason: () => 'may change the ConfigMap kube-system/aws-auth, which lets any IAM principal into any group',
  },
  {
    levels: { cluster: 'namespace-admin', 'kube-system': 'namespace-admin', namespace: 'namespace-admin' },
    test: (can) => can.has('write-roles') && can.has('write-bindings'),
    reason: (where) => `may write Roles and RoleBindings ${where}, and so hand on what it holds`,
  },
  {
    levels: { cluster: 'sensitive-read', 'kube-system': 'sensitive-read', namespace: 'sensitive-read' },
    test: (can) => can.has('read-secrets'),
    reason: (where) => `may read Secrets ${where}`,
  },
];
