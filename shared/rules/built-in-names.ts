/** Names of RBAC objects into whose they are: of Kubernetes itself, of EKS, or of the customer. */

/** Without the prefix that Kubernetes keeps for itself. */
const ROLES_FOR_USERS: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit', 'view']);

export function ownerOfName(resource: string, name: string): 'kubernetes' | 'eks' | 'customer' {
  if (name.startsWith('system:')) return 'kubernetes';
  if (name.startsWith('eks:')) return 'eks';
  const isOfUsers = resource === 'clusterroles' && ROLES_FOR_USERS.has(name);
  const isOfMasters = resource === 'clusterrolebindings' && name === 'cluster-admin';
  return isOfUsers || isOfMasters ? 'kubernetes' : 'customer';
}
