/** A Kubernetes identity into whether it is that of a node, by everything it carries and not by its name alone. */
import type { Identity } from '../model/principal.ts';
import type { NodeEntryType } from '../model/recovery.ts';

const NODE_GROUPS: ReadonlySet<string> = new Set([
  'system:bootstrappers',
  'system:nodes',
  'system:node-proxier',
  'eks:kube-proxy-windows',
]);

/** The username of a node, and the groups of nodes with no other among them. */
export function isNodeIdentity({ username, groups }: Identity): boolean {
  return (
    username.startsWith('system:node:') &&
    groups.includes('system:nodes') &&
    groups.every((group) => NODE_GROUPS.has(group))
  );
}

/** The type of entry that gives such an identity. */
export function nodeEntryTypeOf({ username, groups }: Identity): NodeEntryType {
  if (groups.includes('eks:kube-proxy-windows')) return 'EC2_WINDOWS';
  return username.includes('{{SessionName') || groups.includes('system:node-proxier') ? 'FARGATE_LINUX' : 'EC2_LINUX';
}

export function nodeUsernameOf(type: NodeEntryType): string {
  return type === 'FARGATE_LINUX' ? 'system:node:{{SessionName}}' : 'system:node:{{EC2PrivateDNSName}}';
}

/** The groups of a node, as a row needs them. */
export function listNodeGroups(type: NodeEntryType): readonly string[] {
  return ['system:bootstrappers', 'system:nodes', ...MORE_GROUPS[type]];
}

const MORE_GROUPS: Readonly<Record<NodeEntryType, readonly string[]>> = {
  EC2_LINUX: [],
  EC2_WINDOWS: ['eks:kube-proxy-windows'],
  FARGATE_LINUX: ['system:node-proxier'],
};

/** The groups that EKS writes into an entry of the type: nobody gives them by hand. */
export function listNodeEntryGroups(type: NodeEntryType): readonly string[] {
  return type === 'FARGATE_LINUX' ? listNodeGroups(type) : ['system:nodes', ...MORE_GROUPS[type]];
}
