/** Roles and bindings into whether they are, by content and not by name alone, what Kubernetes, EKS or an AWS add-on ships. */
import type { Binding, LabelSelector, PolicyRule, Role, Subject } from '../model/rbac.ts';
import { listAbilities } from './abilities.ts';
import { AWS_BINDINGS } from './default-bindings-aws.ts';
import kubernetes from './default-rbac-kubernetes.json' with { type: 'json' };
import { AWS_ROLES, EKS_UNPUBLISHED_ROLES } from './default-roles-aws.ts';
import { once } from './once.ts';
import { ALL } from './rbac-matcher.ts';
import { listUncovered } from './rule-cover.ts';
import { parseRule } from './rule-notation.ts';

const parseAll = (lines: readonly string[]): readonly PolicyRule[] => lines.map(parseRule);

type Rules = ReadonlyMap<string, readonly PolicyRule[]>;

/** The union over Kubernetes 1.22 to 1.37: a cluster that was upgraded keeps what older versions gave. */
const kubernetesRoles = once<Rules>(
  () => new Map(Object.entries(kubernetes.roles).map(([key, lines]) => [key, parseAll(lines)])),
);
const publishedRoles = once<Rules>(() => new Map(AWS_ROLES.map(([key, ...lines]) => [key, parseAll(lines)])));

interface KnownBinding {
  readonly role: string;
  readonly subjects: ReadonlySet<string>;
}

const knownBindings = once<ReadonlyMap<string, KnownBinding>>(
  () =>
    new Map(
      [
        ...AWS_BINDINGS,
        ...Object.entries(kubernetes.bindings).map(
          ([key, [role = '', ...subjects]]) => [key, role, ...subjects] as const,
        ),
      ].map(([key, role, ...subjects]) => [key, { role, subjects: new Set(subjects) }]),
    ),
);

/** What a live cluster aggregates into the roles for users, besides what custom resources add of their own. */
const aggregatedRoles = once<Rules>(
  () =>
    new Map(
      [['view'], ['edit', 'view'], ['admin', 'edit', 'view']].map((parts) => [
        `ClusterRole/-/${parts[0]}`,
        parts.flatMap((part) => kubernetesRoles().get(`ClusterRole/-/system:aggregate-to-${part}`) ?? []),
      ]),
    ),
);

type RoleContent = Pick<Role, 'kind' | 'namespace' | 'name' | 'rules' | 'aggregates'>;

/** A shipped role may hold less than it is known to hold, never more that matters. */
export function isDefaultRole(role: RoleContent): boolean {
  const key = keyOf(role);
  const aggregated = aggregatedRoles().get(key);
  if (aggregated !== undefined) {
    return (
      isOwnAggregation(role) &&
      listUncovered(role.rules, aggregated).every((rule) => isForeign(rule) || isHarmless([rule]))
    );
  }
  if (role.aggregates.length > 0) return false;
  const shipped = kubernetesRoles().get(key);
  if (shipped !== undefined) return listUncovered(role.rules, shipped).length === 0;
  const published = publishedRoles().get(key);
  if (published !== undefined) return isHarmless(listUncovered(role.rules, published));
  return EKS_UNPUBLISHED_ROLES.has(key) && !isUnbounded(role.rules);
}

/** The binding and its subjects alone; whether its role is what it should be is a question of its own. */
export function isDefaultBinding(binding: Pick<Binding, 'kind' | 'namespace' | 'name' | 'role' | 'subjects'>): boolean {
  const role = `${binding.role.kind}/${binding.role.name}`;
  const known = knownBindings().get(keyOf(binding));
  if (known !== undefined)
    return role === known.role && binding.subjects.every((subject) => known.subjects.has(nameSubject(subject)));
  // EKS adds services of its own from time to time: each is a user `eks:…`, a name that EKS gives to nobody else.
  return (
    isOfEks(binding.name) &&
    isOfEks(binding.role.name) &&
    binding.subjects.every(({ kind, name }) => kind === 'User' && isOfEks(name))
  );
}

/** Whether it stands in the binding as that is shipped, whatever became of the role under it. */
export function isShippedSubject(binding: Pick<Binding, 'kind' | 'namespace' | 'name'>, subject: Subject): boolean {
  const known = knownBindings().get(keyOf(binding));
  if (known !== undefined) return known.subjects.has(nameSubject(subject));
  return isOfEks(binding.name) && subject.kind === 'User' && isOfEks(subject.name);
}

/** Subjects that were put into it; all of them where only its role is not what it was. */
export function listForeign(
  binding: Pick<Binding, 'kind' | 'namespace' | 'name'>,
  subjects: readonly Subject[],
): readonly Subject[] {
  const foreign = subjects.filter((subject) => !isShippedSubject(binding, subject));
  return foreign.length === 0 ? subjects : foreign;
}

function keyOf({ kind, namespace, name }: Pick<Role | Binding, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace ?? '-'}/${name}`;
}

function nameSubject({ kind, namespace, name }: Subject): string {
  return kind === 'ServiceAccount' ? `${kind}/${namespace ?? ''}/${name}` : `${kind}/${name}`;
}

function isOfEks(name: string): boolean {
  return name.startsWith('eks:');
}

/** admin, edit and view select by one label each; a copy of the role may have no selectors at all. */
function isOwnAggregation({ name, aggregates }: RoleContent): boolean {
  const label = `rbac.authorization.k8s.io/aggregate-to-${name}`;
  const isOwn = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
    matchExpressions.length === 0 && Object.keys(matchLabels).join() === label && matchLabels[label] === 'true';
  return aggregates.every(isOwn);
}

/** What operators aggregate into the roles for users: any right on their own custom resources. */
function isForeign({ apiGroups, nonResourceURLs }: PolicyRule): boolean {
  const isCustom = (group: string): boolean => group.includes('.') && !group.endsWith('.k8s.io');
  return nonResourceURLs.length === 0 && apiGroups.every(isCustom);
}

/** Add-ons change more often than we read them: what gives no ability and holds no star is let pass. */
function isHarmless(rules: readonly PolicyRule[]): boolean {
  const isStarred = ({ verbs, resources, apiGroups, nonResourceURLs }: PolicyRule): boolean =>
    [verbs, resources, apiGroups, nonResourceURLs].some((list) => list.includes(ALL));
  return !rules.some(isStarred) && listAbilities(rules).size === 0;
}

/** EKS's services hold much, but not everything. */
function isUnbounded(rules: readonly PolicyRule[]): boolean {
  const abilities = listAbilities(rules);
  return (
    abilities.has('do-everything') || abilities.has('escalate-cluster-roles') || abilities.has('bind-cluster-roles')
  );
}
