/** RBAC and the audit log into the service accounts that can write aws-auth or bind cluster roles: controllers and runners. */
import type { Ref } from '../model/coverage.ts';
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { AuditEvent } from '../model/records.ts';
import { listAbilities } from '../rules/abilities.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { isControlPlane } from '../rules/actors.ts';
import { KUBE_SYSTEM } from '../rules/namespaces.ts';

export interface Writer {
  readonly namespace: string;
  readonly name: string;
  readonly writesAwsAuth: boolean;
  readonly bindsClusterRoles: boolean;
  /** How it is known, in words. */
  readonly seen: readonly string[];
  readonly evidence: readonly Ref[];
}

/** Those that can do more first, then those that were seen at it, then by name. */
export function listClusterWriters(facts: Facts): readonly Writer[] {
  const writers = new Map<string, Writer>();
  const add = (writer: Writer): void => {
    const key = `${writer.namespace}/${writer.name}`;
    writers.set(key, join(writers.get(key), writer));
  };
  for (const [key, bindings] of facts.bindingsBySubject) {
    const [kind, namespace = '', ...name] = key.split('/');
    if (kind !== 'ServiceAccount' || bindings.every(({ isDefault }) => isDefault)) continue;
    add(readBindings({ namespace, name: name.join('/') }, bindings));
  }
  for (const record of facts.records) {
    const writer = isChange(record) && !isControlPlane(record, facts) ? readEvent(record) : null;
    if (writer !== null) add(writer);
  }
  return [...writers.values()]
    .filter(({ writesAwsAuth, bindsClusterRoles }) => writesAwsAuth || bindsClusterRoles)
    .sort(compare);
}

function join(known: Writer | undefined, more: Writer): Writer {
  if (known === undefined) return more;
  return {
    ...known,
    writesAwsAuth: known.writesAwsAuth || more.writesAwsAuth,
    bindsClusterRoles: known.bindsClusterRoles || more.bindsClusterRoles,
    seen: [...new Set([...known.seen, ...more.seen])].slice(0, 3),
    evidence: [...known.evidence, ...more.evidence].slice(0, 5),
  };
}

function readBindings(account: Pick<Writer, 'namespace' | 'name'>, bindings: readonly ResolvedBinding[]): Writer {
  let [writesAwsAuth, binds, bindsAnyRole] = [false, false, false];
  const decisive: ResolvedBinding[] = [];
  for (const binding of bindings) {
    const abilities = listAbilities(binding.resolvedRole?.effectiveRules ?? []);
    const isWide = binding.namespace === null;
    const writes = (isWide || binding.namespace === KUBE_SYSTEM) && abilities.has('write-aws-auth');
    const writesBindings = isWide && abilities.has('write-cluster-bindings');
    const bindsAny = isWide && (abilities.has('bind-cluster-roles') || abilities.has('do-everything'));
    if (writes || writesBindings || bindsAny) decisive.push(binding);
    writesAwsAuth ||= writes;
    binds ||= writesBindings;
    bindsAnyRole ||= bindsAny;
  }
  return {
    ...account,
    writesAwsAuth,
    bindsClusterRoles: binds && bindsAnyRole,
    seen: decisive.map(({ kind, name }) => `${kind} ${name}`).slice(0, 3),
    evidence: decisive.map(({ evidence }) => evidence).slice(0, 3),
  };
}

/** What it did, it could do: whether it still can is a question to the evidence of RBAC. */
function readEvent(event: AuditEvent): Writer | null {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):(.+)$/.exec(event.user.username) ?? [];
  if (namespace === undefined || name === undefined) return null;
  const subject = findAccessSubject(event);
  const writesAwsAuth = subject === 'aws-auth' && event.verb !== 'delete';
  const bindsClusterRoles =
    event.written?.kind === 'binding' &&
    event.written.binding.role.name === 'cluster-admin' &&
    event.object?.resource === 'clusterrolebindings';
  if (!writesAwsAuth && !bindsClusterRoles) return null;
  const what = writesAwsAuth ? 'aws-auth' : 'a ClusterRoleBinding to cluster-admin';
  const seen = [`it wrote ${what} at ${event.at ?? 'a time that is not known'}`];
  return { namespace, name, writesAwsAuth, bindsClusterRoles, seen, evidence: [event.evidence] };
}

function compare(a: Writer, b: Writer): number {
  const rank = ({ writesAwsAuth, bindsClusterRoles }: Writer): number =>
    Number(writesAwsAuth) + Number(bindsClusterRoles);
  const names = [`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`] as const;
  return rank(b) - rank(a) || b.seen.length - a.seen.length || (names[0] < names[1] ? -1 : 1);
}
