/** A Kubernetes identity into whether it is that of a node, by everything it carries and not by its name alone. */
import type { Identity } from '../model/principal.ts';

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
