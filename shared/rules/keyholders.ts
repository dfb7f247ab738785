/** What makes a keyholder: the levels that count, and the bindings that give a group or a username one of them. */
import type { Level, Mapping } from '../model/access.ts';
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { Identity } from '../model/principal.ts';
import type { Subject } from '../model/rbac.ts';
import { listUserKeys } from './usernames.ts';

export const MASTERS = 'system:masters';

export function isAdminLevel(level: Level): boolean {
  return level === 'cluster-admin' || level === 'admin-equivalent';
}

export interface AdminWay {
  readonly kind: 'Group' | 'User';
  readonly name: string;
  readonly binding: ResolvedBinding;
}

/** Of a binding that is being written: the groups that it makes admin. */
export function listAdminGroups(binding: ResolvedBinding, fresh: readonly Subject[]): readonly AdminWay[] {
  if (!isAdminLevel(binding.level)) return [];
  return fresh.flatMap(({ kind, name }) => (kind === 'Group' ? [{ kind, name, binding }] : []));
}

/** Bindings that make the carrier of the group or username an admin of the whole cluster. */
export function listAdminWays(
  { bindingsBySubject }: Pick<Facts, 'bindingsBySubject'>,
  kind: AdminWay['kind'],
  name: string,
): readonly AdminWay[] {
  const keys = kind === 'User' ? listUserKeys(name) : [`${kind}/${name}`];
  return keys
    .flatMap((key) => bindingsBySubject.get(key) ?? [])
    .filter((binding) => isAdminLevel(binding.level))
    .map((binding) => ({ kind, name, binding }));
}

/** True when a login as this identity is an admin's; a username that the caller completes is not looked at. */
export function isAdminIdentity({ username, groups }: Identity, facts: Pick<Facts, 'bindingsBySubject'>): boolean {
  if (groups.includes(MASTERS)) return true;
  if (groups.some((group) => listAdminWays(facts, 'Group', group).length > 0)) return true;
  return listAdminWays(facts, 'User', username).length > 0;
}

/** True when the door makes, or would make if it opened, an admin of the whole cluster. */
export function isAdminDoor(
  { policies, identity }: Pick<Mapping, 'policies' | 'identity'>,
  facts: Pick<Facts, 'bindingsBySubject'>,
): boolean {
  return policies.some(({ level }) => isAdminLevel(level)) || isAdminIdentity(identity, facts);
}

/** Continues "group ops, which": "ClusterRoleBinding a binds to ClusterRole b: may …". */
export function wordAdminWay({ binding }: AdminWay): string {
  const { kind, namespace, name, role, reason } = binding;
  const where = namespace === null ? '' : ` in namespace ${namespace}`;
  return `${kind} ${name} binds to ${role.kind} ${role.name}${where}: ${reason}`;
}
