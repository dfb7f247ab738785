/** Subjects that stand for callers who did not log in, or for all who did; and what they may have by default. */
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { Severity } from '../model/finding.ts';
import type { Binding, PolicyRule, Subject } from '../model/rbac.ts';
import { shiftSeverity } from './severities.ts';

/** A Group named system:anonymous, or a User named system:unauthenticated, is a word that nobody ever carries. */
export function isAnonymousSubject({ kind, name }: Pick<Subject, 'kind' | 'name'>): boolean {
  return kind === 'User' ? name === 'system:anonymous' : kind === 'Group' && name === 'system:unauthenticated';
}

/** Everybody who is logged in, every service account, or all those of one namespace. */
export function isEveryoneSubject({ kind, name }: Pick<Subject, 'kind' | 'name'>): boolean {
  if (kind !== 'Group') return false;
  return (
    name === 'system:authenticated' || name === 'system:serviceaccounts' || name.startsWith('system:serviceaccounts:')
  );
}

/** What the ClusterRole system:public-info-viewer holds as Kubernetes ships it. */
const PUBLIC_PATHS: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz', '/version', '/version/']);

export function isPublicInfoOnly(rules: readonly PolicyRule[]): boolean {
  return rules.every(
    ({ resources, verbs, nonResourceURLs }) =>
      resources.length === 0 &&
      verbs.every((verb) => verb === 'get') &&
      nonResourceURLs.every((path) => PUBLIC_PATHS.has(path)),
  );
}

/** Two steps lower where the API server answers anonymous callers with 401; a version that is not known counts as older. */
export function gradeAnonymous(severity: Severity, facts: Pick<Facts, 'anonymousRefused'> | null): Severity {
  return facts?.anonymousRefused === true ? shiftSeverity(severity, -2) : severity;
}

/** To stand behind a summary. */
export function wordAnonymousRefusal(facts: Pick<Facts, 'anonymousRefused' | 'cluster'> | null): string {
  if (facts === null) return ' The version of the cluster is not known here: from Kubernetes 1.32 it would be refused.';
  if (!facts.anonymousRefused) return '';
  return ` Kubernetes ${facts.cluster.version} refuses such callers outside /healthz, /livez and /readyz, so the grant lies dormant.`;
}

const LEGACY_ROLES: ReadonlySet<string> = new Set(['system:discovery', 'system:basic-user']);

/** Kubernetes up to 1.13 bound these two to everybody by itself, and nothing has taken it away since. */
export function isLegacyDiscovery({ role, resolvedRole }: ResolvedBinding): boolean {
  return role.kind === 'ClusterRole' && LEGACY_ROLES.has(role.name) && resolvedRole?.isDefault !== false;
}

export const PUBLIC_INFO = 'system:public-info-viewer';

/** Kubernetes' own binding of the public paths, whatever has become of it. */
export function isPublicInfoBinding({ kind, name, role }: Pick<Binding, 'kind' | 'name' | 'role'>): boolean {
  return (
    kind === 'ClusterRoleBinding' && name === PUBLIC_INFO && role.kind === 'ClusterRole' && role.name === PUBLIC_INFO
  );
}

const PUBLIC_ROLES: ReadonlySet<string> = new Set([
  ...LEGACY_ROLES,
  PUBLIC_INFO,
  'system:service-account-issuer-discovery',
]);

/** What Kubernetes gives to all by itself; and pod security policies, which no served version of Kubernetes knows. */
export function isHarmlessForEveryone(binding: ResolvedBinding): boolean {
  const { role, resolvedRole } = binding;
  if (isPublicInfoBinding(binding)) return true; // told by public-info-viewer-widened
  if (role.kind === 'ClusterRole' && PUBLIC_ROLES.has(role.name) && resolvedRole?.isDefault !== false) return true;
  return resolvedRole?.effectiveRules.every(isPodSecurityPolicyUse) ?? false;
}

function isPodSecurityPolicyUse({ verbs, resources }: PolicyRule): boolean {
  return (
    resources.length > 0 &&
    resources.every((resource) => resource === 'podsecuritypolicies') &&
    verbs.every((verb) => verb === 'use')
  );
}
