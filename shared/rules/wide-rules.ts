/** The rules of a role into what in them reaches further than its author may think: wildcards, escalation, kubelets. */
import type { PolicyRule } from '../model/rbac.ts';
import { ALL, matchesApiGroup } from './rbac-matcher.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Groups that every API server serves; any other is that of an operator's own objects, or of a metrics adapter. */
const KUBERNETES_GROUPS: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  RBAC,
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

export function isWildcard({ verbs, resources }: PolicyRule): boolean {
  return verbs.includes(ALL) || resources.includes(ALL);
}

/** True when the rule reaches nothing of Kubernetes itself. */
export function isForeign({ apiGroups, nonResourceURLs }: PolicyRule): boolean {
  return nonResourceURLs.length === 0 && apiGroups.every((group) => group !== ALL && !KUBERNETES_GROUPS.has(group));
}

/** True when the rule reaches the core group or RBAC: pods, secrets, service accounts, roles, bindings. */
export function isOfCore(rule: PolicyRule): boolean {
  return rule.resources.length > 0 && (matchesApiGroup(rule, '') || matchesApiGroup(rule, RBAC));
}

/** `delete,get on secrets,pods of the core group`. */
export function wordRule({ verbs, resources, apiGroups, nonResourceURLs }: PolicyRule): string {
  if (resources.length === 0) return `${list(verbs)} on ${list(nonResourceURLs)}`;
  const groups = list(apiGroups.map((group) => (group === '' ? 'core' : group)));
  return `${list(verbs)} on ${list(resources)} of ${apiGroups.includes(ALL) ? 'every API group' : groups}`;
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 5).join(',');
  return words.length > 5 ? `${shown},…` : shown;
}

interface Escalation {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** Whether the verb or the resource has to stand in the rule in so many letters: a bare `*` is a wildcard, told as such. */
  readonly named: 'verb' | 'resource';
  readonly words: string;
}

const CERTIFICATES = 'certificates.k8s.io';
const ESCALATIONS: readonly Escalation[] = [
  {
    verbs: ['escalate'],
    groups: [RBAC],
    resources: ['clusterroles', 'roles'],
    named: 'verb',
    words: 'escalate (write rules into roles that it does not hold itself)',
  },
  {
    verbs: ['bind'],
    groups: [RBAC],
    resources: ['clusterroles', 'roles'],
    named: 'verb',
    words: 'bind (give away roles that it does not hold itself)',
  },
  {
    verbs: ['impersonate'],
    groups: ['', 'authentication.k8s.io'],
    resources: ['users', 'groups', 'serviceaccounts', 'uids', 'userextras'],
    named: 'verb',
    words: 'impersonate',
  },
  {
    verbs: ['create'],
    groups: [''],
    resources: ['serviceaccounts/token'],
    named: 'resource',
    words: 'create tokens of service accounts',
  },
  {
    verbs: ['update', 'patch'],
    groups: [CERTIFICATES],
    resources: ['certificatesigningrequests/approval'],
    named: 'resource',
    words: 'approve certificate signing requests',
  },
  { verbs: ['approve'], groups: [CERTIFICATES], resources: ['signers'], named: 'verb', words: 'approve for a signer' },
];

export interface FoundEscalation {
  readonly words: string;
  /** Empty: any target. */
  readonly names: readonly string[];
}

export function listEscalations(rules: readonly PolicyRule[]): readonly FoundEscalation[] {
  return rules.flatMap((rule) =>
    ESCALATIONS.filter((escalation) => namesEscalation(rule, escalation)).map(({ words }) => ({
      words,
      names: rule.resourceNames,
    })),
  );
}

function namesEscalation(rule: PolicyRule, { verbs, groups, resources, named }: Escalation): boolean {
  if (!groups.some((group) => matchesApiGroup(rule, group))) return false;
  const hasVerb = verbs.some((verb) => rule.verbs.includes(verb));
  const hasResource = rule.resources.some((ruled) => resources.some((resource) => isNamedBy(ruled, resource)));
  return named === 'verb'
    ? hasVerb && (hasResource || rule.resources.includes(ALL))
    : hasResource && (hasVerb || rule.verbs.includes(ALL));
}

/** Also by a wildcard before the subresource, and with a key behind (`userextras/scopes`). */
function isNamedBy(ruled: string, resource: string): boolean {
  const slash = resource.indexOf('/');
  if (slash !== -1 && ruled === `*${resource.slice(slash)}`) return true;
  return ruled === resource || (resource === 'userextras' && ruled.startsWith('userextras/'));
}

/** Rules that name nodes/proxy, or every proxy subresource. */
export function listKubeletRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return rules.filter(
    (rule) =>
      rule.verbs.length > 0 &&
      matchesApiGroup(rule, '') &&
      rule.resources.some((ruled) => ruled === 'nodes/proxy' || ruled === '*/proxy'),
  );
}
