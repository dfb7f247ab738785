/** The doors of one holder into its grants: what each of them allows, where, and on what evidence. */
import type { Graded, Grant, GrantScope, GrantStep, Mapping, ResolvedPolicy, Via } from '../model/access.ts';
import type { Ref } from '../model/coverage.ts';
import type { AccessScope } from '../model/eks.ts';
import type { ResolvedBinding } from '../model/facts.ts';
import type { Subject } from '../model/rbac.ts';
import { gradeGroup } from '../rules/levels.ts';
import { listUserKeys } from '../rules/usernames.ts';
import type { History, Origin } from './history.ts';
import { isNodeDoor } from './holders.ts';
import { subjectKey } from './subjects.ts';

/** A grant with where it comes from, before the holder's row is put together. */
export interface TracedGrant {
  readonly grant: Grant;
  readonly origin: Origin;
  /** Of an RBAC grant: the binding, whose rules join those of the holder's other bindings. */
  readonly binding: ResolvedBinding | null;
}

export interface GrantSources {
  readonly bindingsBySubject: ReadonlyMap<string, readonly ResolvedBinding[]>;
  readonly usernames: ReadonlyMap<string, readonly string[]>;
  readonly history: History;
  readonly gradePolicy: (policy: ResolvedPolicy, scope: AccessScope) => Graded;
}

/** A door that does not open grants nothing. */
export function listMappingGrants(mapping: Mapping, sources: GrantSources): readonly TracedGrant[] {
  if (mapping.inert !== null) return [];
  return [
    ...listPolicyGrants(mapping, sources),
    ...mapping.identity.groups.flatMap((group) => listGroupGrants(mapping, group, sources)),
    ...listUsernameGrants(mapping, sources),
    ...(isNodeDoor(mapping) ? [] : listImplicitGrants(sources)),
  ];
}

/** What bindings give to a subject that no IAM principal of the evidence carries. */
export function listSubjectGrants(subject: Subject, via: Via, sources: GrantSources): readonly TracedGrant[] {
  return (sources.bindingsBySubject.get(subjectKey(subject)) ?? []).map((binding) =>
    traceBinding({ binding, subject, via, through: null, door: null }, sources),
  );
}

function* listPolicyGrants(mapping: Mapping, { history, gradePolicy }: GrantSources): Iterable<TracedGrant> {
  const { entry } = mapping;
  if (entry === null) return;
  for (const policy of mapping.policies) {
    const origin = history.ofPolicy(entry, policy);
    for (const [scope, reach] of listScopes(policy.scope)) {
      const grant: Grant = {
        via: 'access-policy',
        detail: policy.name,
        steps: [{ kind: 'policy', name: policy.name }],
        scope,
        ...gradePolicy(policy, reach),
        since: origin.since.value,
        evidence: mapping.evidence,
      };
      yield { grant, origin, binding: null };
    }
  }
}

function listScopes(scope: AccessScope): readonly (readonly [GrantScope, AccessScope])[] {
  if (scope.type === 'cluster') return [['cluster', scope]];
  return scope.namespaces.map((namespace) => [
    namespace === '*' ? 'cluster' : `namespace:${namespace}`,
    { type: 'namespace', namespaces: [namespace] },
  ]);
}

function listGroupGrants(mapping: Mapping, group: string, sources: GrantSources): readonly TracedGrant[] {
  const via: Via = mapping.via === 'access-entry' ? 'access-entry-group' : mapping.via;
  const door = openDoor(mapping, group, sources.history);
  const bound = sources.bindingsBySubject.get(`Group/${group}`) ?? [];
  const subject: Subject = { kind: 'Group', name: group, namespace: null };
  const graded = gradeGroup(group);
  if (graded !== null) {
    const grant: Grant = {
      via,
      detail: `group ${group}`,
      steps: [{ kind: 'group', name: group }],
      scope: 'cluster',
      ...graded,
      since: door.since.value,
      evidence: mapping.evidence,
    };
    return [{ grant, origin: door, binding: null }];
  }
  const through = `group ${group}`;
  return bound.map((binding) =>
    traceBinding({ binding, subject, via, through, door, doorEvidence: mapping.evidence }, sources),
  );
}

function listUsernameGrants(mapping: Mapping, sources: GrantSources): readonly TracedGrant[] {
  const { username } = mapping.identity;
  const via: Via = mapping.via === 'access-entry' ? 'access-entry-username' : mapping.via;
  const door = openDoor(mapping, null, sources.history);
  const names = new Set([...(sources.usernames.get(username) ?? []), username]);
  return [...names].flatMap((name) => {
    const subject: Subject = { kind: 'User', name, namespace: null };
    const through = name === username ? `user ${name}` : `user ${name}, a name that the caller chooses`;
    return listUserKeys(name)
      .flatMap((key) => sources.bindingsBySubject.get(key) ?? [])
      .map((binding) =>
        traceBinding({ binding, subject, via, through, door, doorEvidence: mapping.evidence }, sources),
      );
  });
}

/** Whatever customers bound to everybody who is logged in; what Kubernetes itself binds is no news. */
function listImplicitGrants(sources: GrantSources): readonly TracedGrant[] {
  const subject: Subject = { kind: 'Group', name: 'system:authenticated', namespace: null };
  return (sources.bindingsBySubject.get('Group/system:authenticated') ?? [])
    .filter((binding) => !binding.isDefault)
    .map((binding) =>
      traceBinding({ binding, subject, via: 'rbac', through: 'everybody who is logged in', door: null }, sources),
    );
}

/** When the mapping began to carry the group, and who wrote it so. */
function openDoor(mapping: Mapping, group: string | null, history: History): Origin {
  if (mapping.entry !== null) return history.ofEntry(mapping.entry);
  if (mapping.via === 'cluster-creator') return history.ofCreator();
  return history.ofRow(mapping.row?.arn ?? mapping.principal.arn, group);
}

interface Way {
  readonly binding: ResolvedBinding;
  readonly subject: Subject;
  readonly via: Via;
  readonly through: string | null;
  /** null where there is no door: the subject is bound by name. */
  readonly door: Origin | null;
  readonly doorEvidence?: readonly Ref[];
}

/** A grant through a binding stands since the later of its two halves: the door and the binding. */
function traceBinding(way: Way, { history }: GrantSources): TracedGrant {
  const { binding, subject, via, through, door, doorEvidence = [] } = way;
  const bound = history.ofBinding(binding, subject);
  const origin = door === null ? bound : laterOf(door, bound);
  const scope: GrantScope = binding.namespace === null ? 'cluster' : `namespace:${binding.namespace}`;
  const what = `${binding.kind} ${binding.name} to ${binding.role.kind} ${binding.role.name}`;
  const grant: Grant = {
    via,
    detail: through === null ? what : `${through}, ${what}`,
    steps: listSteps(binding, subject),
    scope,
    level: binding.level,
    reason: binding.reason,
    since: origin.since.value,
    evidence: [...doorEvidence, binding.evidence],
  };
  return { grant, origin, binding };
}

/** A service account is the holder itself, and so no step. */
function listSteps(binding: ResolvedBinding, { kind, name }: Subject): readonly GrantStep[] {
  const { role } = binding;
  const inNamespace = binding.namespace === null ? '' : ` of namespace ${binding.namespace}`;
  return [
    ...(kind === 'ServiceAccount' ? [] : [{ kind: kind === 'User' ? 'user' : 'group', name } as const]),
    { kind: 'binding', name: `${binding.kind} ${binding.name}${inNamespace}` },
    { kind: 'role', name: `${role.kind} ${role.name}${role.kind === 'Role' ? inNamespace : ''}` },
  ];
}

function laterOf(door: Origin, bound: Origin): Origin {
  if (door.since.value === null) return door;
  if (bound.since.value === null) return bound;
  return Date.parse(door.since.value) >= Date.parse(bound.since.value) ? door : bound;
}
