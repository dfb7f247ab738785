/** Rules into the abilities that levels are made of, and into the named targets that need a look of their own. */
import type { PolicyRule, RoleKind, SubjectKind } from '../model/rbac.ts';
import { ALL, matchesApiGroup, matchesResource, matchesVerb } from './rbac-matcher.ts';

export type Ability =
  | 'do-everything'
  | 'bind-cluster-roles'
  | 'bind-roles'
  | 'escalate-cluster-roles'
  | 'escalate-roles'
  | 'write-cluster-bindings'
  | 'write-bindings'
  | 'write-cluster-roles'
  | 'write-roles'
  | 'impersonate-users'
  | 'impersonate-groups'
  | 'impersonate-service-accounts'
  | 'reach-kubelets'
  | 'run-in-pods'
  | 'mint-tokens'
  | 'create-pods'
  | 'create-workloads'
  | 'change-workloads'
  | 'write-secrets'
  | 'write-aws-auth'
  | 'read-secrets';

/** `names`: which rules with resourceNames count: all, none, or those that hold one name. Absent: all. */
interface Ask {
  readonly verbs: readonly string[];
  readonly group: string;
  readonly resources: readonly string[];
  readonly names?: 'none' | { readonly holding: string };
}

const RBAC = 'rbac.authorization.k8s.io';
const WRITE = ['create', 'update', 'patch'];
const POD_TEMPLATES = ['deployments', 'daemonsets', 'statefulsets', 'replicasets'];

/** One of the asks is enough. `create` is never limited by name: the API server does not know the name yet. */
const ASKS: readonly (readonly [Ability, readonly Ask[]])[] = [
  ['bind-cluster-roles', [{ verbs: ['bind'], group: RBAC, resources: ['clusterroles'], names: 'none' }]],
  ['bind-roles', [{ verbs: ['bind'], group: RBAC, resources: ['roles'], names: 'none' }]],
  ['escalate-cluster-roles', [{ verbs: ['escalate'], group: RBAC, resources: ['clusterroles'], names: 'none' }]],
  ['escalate-roles', [{ verbs: ['escalate'], group: RBAC, resources: ['roles'], names: 'none' }]],
  ['write-cluster-bindings', [{ verbs: WRITE, group: RBAC, resources: ['clusterrolebindings'] }]],
  ['write-bindings', [{ verbs: WRITE, group: RBAC, resources: ['rolebindings'] }]],
  ['write-cluster-roles', [{ verbs: WRITE, group: RBAC, resources: ['clusterroles'] }]],
  ['write-roles', [{ verbs: WRITE, group: RBAC, resources: ['roles'] }]],
  ['impersonate-users', [{ verbs: ['impersonate'], group: '', resources: ['users'], names: 'none' }]],
  ['impersonate-groups', [{ verbs: ['impersonate'], group: '', resources: ['groups'], names: 'none' }]],
  [
    'impersonate-service-accounts',
    [{ verbs: ['impersonate'], group: '', resources: ['serviceaccounts'], names: 'none' }],
  ],
  ['reach-kubelets', [{ verbs: ['get', 'create'], group: '', resources: ['nodes/proxy'] }]],
  [
    'run-in-pods',
    [
      { verbs: ['get', 'create'], group: '', resources: ['pods/exec', 'pods/attach'] },
      { verbs: ['update', 'patch'], group: '', resources: ['pods/ephemeralcontainers'] },
    ],
  ],
  ['mint-tokens', [{ verbs: ['create'], group: '', resources: ['serviceaccounts/token'], names: 'none' }]],
  ['create-pods', [{ verbs: ['create'], group: '', resources: ['pods'], names: 'none' }]],
  [
    'create-workloads',
    [
      { verbs: ['create'], group: 'apps', resources: POD_TEMPLATES, names: 'none' },
      { verbs: ['create'], group: 'batch', resources: ['jobs', 'cronjobs'], names: 'none' },
      { verbs: ['create'], group: '', resources: ['replicationcontrollers'], names: 'none' },
    ],
  ],
  [
    'change-workloads', // not jobs: their pod template cannot be changed
    [
      { verbs: ['update', 'patch'], group: 'apps', resources: POD_TEMPLATES },
      { verbs: ['update', 'patch'], group: 'batch', resources: ['cronjobs'] },
      { verbs: ['update', 'patch'], group: '', resources: ['replicationcontrollers'] },
    ],
  ],
  ['write-secrets', [{ verbs: WRITE, group: '', resources: ['secrets'], names: 'none' }]],
  [
    'write-aws-auth',
    [{ verbs: ['update', 'patch'], group: '', resources: ['configmaps'], names: { holding: 'aws-auth' } }],
  ],
  ['read-secrets', [{ verbs: ['get', 'list', 'watch'], group: '', resources: ['secrets'] }]],
];

const abilitiesByRules = new WeakMap<readonly PolicyRule[], ReadonlySet<Ability>>();

/** Remembered by the identity of the list: one role stands behind many bindings. */
export function listAbilities(rules: readonly PolicyRule[]): ReadonlySet<Ability> {
  const known = abilitiesByRules.get(rules);
  if (known !== undefined) return known;
  const abilities = new Set<Ability>(
    ASKS.filter(([, asks]) => rules.some((rule) => asks.some((ask) => answersAsk(rule, ask)))).map(
      ([ability]) => ability,
    ),
  );
  if (rules.some(isEverything)) abilities.add('do-everything');
  abilitiesByRules.set(rules, abilities);
  return abilities;
}

function isEverything({ verbs, apiGroups, resources, resourceNames }: PolicyRule): boolean {
  return verbs.includes(ALL) && apiGroups.includes(ALL) && resources.includes(ALL) && resourceNames.length === 0;
}

function answersAsk(rule: PolicyRule, { verbs, group, resources, names }: Ask): boolean {
  if (rule.resourceNames.length > 0) {
    if (names === 'none') return false;
    if (names !== undefined && !rule.resourceNames.includes(names.holding)) return false;
  }
  return (
    matchesApiGroup(rule, group) &&
    verbs.some((verb) => matchesVerb(rule, verb)) &&
    resources.some((resource) => matchesResource(rule, { resource, subresource: '' }))
  );
}

/** A verb that is worth what its target is worth, on a target named by resourceNames. */
export type NamedTarget =
  | { readonly by: 'impersonate' | 'token'; readonly kind: SubjectKind; readonly name: string }
  | { readonly by: 'bind' | 'escalate'; readonly kind: RoleKind; readonly name: string };

const targetsByRules = new WeakMap<readonly PolicyRule[], readonly NamedTarget[]>();

export function listNamedTargets(rules: readonly PolicyRule[]): readonly NamedTarget[] {
  const known = targetsByRules.get(rules);
  if (known !== undefined) return known;
  const targets = rules.filter(({ resourceNames }) => resourceNames.length > 0).flatMap(targetsOfRule);
  targetsByRules.set(rules, targets);
  return targets;
}

const SUBJECT_TARGETS: readonly (readonly [
  by: 'impersonate' | 'token',
  SubjectKind,
  verb: string,
  resource: string,
])[] = [
  ['impersonate', 'User', 'impersonate', 'users'],
  ['impersonate', 'Group', 'impersonate', 'groups'],
  ['impersonate', 'ServiceAccount', 'impersonate', 'serviceaccounts'],
  ['token', 'ServiceAccount', 'create', 'serviceaccounts/token'],
];
const ROLE_TARGETS: readonly (readonly [by: 'bind' | 'escalate', RoleKind, resource: string])[] = [
  ['bind', 'ClusterRole', 'clusterroles'],
  ['bind', 'Role', 'roles'],
  ['escalate', 'ClusterRole', 'clusterroles'],
  ['escalate', 'Role', 'roles'],
];

function targetsOfRule(rule: PolicyRule): readonly NamedTarget[] {
  const subjects = SUBJECT_TARGETS.filter(([, , verb, resource]) =>
    answersAsk(rule, { verbs: [verb], group: '', resources: [resource] }),
  );
  const roles = ROLE_TARGETS.filter(([by, , resource]) =>
    answersAsk(rule, { verbs: [by], group: RBAC, resources: [resource] }),
  );
  return rule.resourceNames.flatMap((name): readonly NamedTarget[] => [
    ...subjects.map(([by, kind]): NamedTarget => ({ by, kind, name })),
    ...roles.map(([by, kind]): NamedTarget => ({ by, kind, name })),
  ]);
}
