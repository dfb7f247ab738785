/** Mappings and bindings into holders: one row for each IAM principal and each bound Kubernetes subject, with its grants. */
import type { AccessKind, Holder, Mapping } from '../model/access.ts';
import type { IdentityProvider, WorkloadRole } from '../model/eks.ts';
import type { ResolvedBinding } from '../model/facts.ts';
import type { Subject } from '../model/rbac.ts';
import { arnKey, parsePrincipal, principalKey } from '../rules/arn.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { onceFor } from '../rules/once.ts';
import { parseSubjectKey } from './subjects.ts';

/** A holder before its history is known. */
export interface HolderDoors {
  readonly holder: Holder;
  /** Of one IAM principal; empty for a subject that only RBAC names. */
  readonly mappings: readonly Mapping[];
  /** Only for a subject that only RBAC names. */
  readonly subject: Subject | null;
  readonly kind: AccessKind;
}

/** Groups that Kubernetes gives by itself, or whose members are listed one by one. */
const IMPLICIT_GROUPS: ReadonlySet<string> = new Set(['system:masters']);

/** Principals first, in the order of their doors; then what only RBAC names, by key. */
export function listHolders(input: {
  readonly mappings: readonly Mapping[];
  readonly bindingsBySubject: ReadonlyMap<string, readonly ResolvedBinding[]>;
  /** Of each mapping's username or template, the bound usernames it can carry. */
  readonly usernames: ReadonlyMap<string, readonly string[]>;
  readonly identityProviders: readonly IdentityProvider[];
  readonly workloadRoles: readonly WorkloadRole[];
}): readonly HolderDoors[] {
  const workloads = new Set(input.workloadRoles.filter(runsPods).map((role) => arnKey(role.roleArn)));
  const byPrincipal = new Map<string, Mapping[]>();
  for (const mapping of input.mappings) {
    const key = principalKey(mapping.principal);
    const doors = byPrincipal.get(key);
    if (doors === undefined) byPrincipal.set(key, [mapping]);
    else doors.push(mapping);
  }
  const principals = [...byPrincipal.entries()].map(
    ([key, mappings]): HolderDoors => ({
      holder: { kind: 'iam', name: showArn(mappings) },
      mappings,
      subject: null,
      kind: workloads.has(key) ? 'workload' : kindOfPrincipal(mappings),
    }),
  );
  return [...principals, ...listBoundSubjects(input)];
}

function runsPods(role: WorkloadRole): boolean {
  return role.kind === 'pod-identity' || role.kind === 'irsa';
}

/** The ARN with the path, where any door or IAM shows it. */
function showArn(mappings: readonly Mapping[]): string {
  const arns = mappings.map((mapping) => mapping.principal.arn);
  return arns.find((arn) => parsePrincipal(arn).path !== '/') ?? arns[0] ?? '';
}

function kindOfPrincipal(mappings: readonly Mapping[]): AccessKind {
  const principal = mappings[0]?.principal;
  if (principal === undefined) return 'unknown';
  if (mappings.every(isNodeDoor)) return 'node';
  // AWS keeps that path to itself; the name alone anybody could give.
  if (mappings.some((mapping) => mapping.principal.path.startsWith('/aws-service-role/'))) return 'aws';
  if (mappings.some((mapping) => mapping.entry !== null && isServiceEntry(mapping))) return 'aws';
  if (principal.type === 'user' || principal.type === 'root' || principal.type === 'federated-user') return 'person';
  if (/^AWSReservedSSO_/.test(principal.name)) return 'person';
  return principal.type === 'role' ? 'role' : 'unknown';
}

/** True for the doors of machines: node-type entries, and aws-auth rows with nothing but the groups of nodes. */
export function isNodeDoor(mapping: Mapping): boolean {
  if (mapping.entry !== null) return mapping.entry.type !== 'STANDARD';
  return isNodeIdentity(mapping.identity);
}

/** EKS makes entries for its own services (Auto Mode, insights, capabilities of AWS): policies for service-linked roles only. */
function isServiceEntry(mapping: Mapping): boolean {
  return mapping.policies.length > 0 && mapping.identity.username.startsWith('eks:');
}

function listBoundSubjects(input: {
  readonly mappings: readonly Mapping[];
  readonly bindingsBySubject: ReadonlyMap<string, readonly ResolvedBinding[]>;
  readonly usernames: ReadonlyMap<string, readonly string[]>;
  readonly identityProviders: readonly IdentityProvider[];
}): readonly HolderDoors[] {
  const working = input.mappings.filter((mapping) => mapping.inert === null);
  const groups = new Set([...IMPLICIT_GROUPS, ...working.flatMap((mapping) => mapping.identity.groups)]);
  const users = new Set(working.flatMap((mapping) => input.usernames.get(mapping.identity.username) ?? []));
  const isCarried = ({ kind, name }: Subject): boolean =>
    kind === 'Group' ? groups.has(name) : kind === 'User' && users.has(name);
  return sortSubjects(input.bindingsBySubject)
    .filter(({ subject }) => !isCarried(subject))
    .map(({ subject, kind }) => ({
      holder: nameSubject(subject, input.identityProviders),
      mappings: [],
      subject,
      kind,
    }));
}

const sortSubjects = onceFor((bindingsBySubject: ReadonlyMap<string, readonly ResolvedBinding[]>) =>
  [...bindingsBySubject.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, bindings]) => {
      const subject = parseSubjectKey(key);
      return { subject, kind: kindOfSubject(subject, bindings) };
    }),
);

function nameSubject(subject: Subject, providers: readonly IdentityProvider[]): Holder {
  if (subject.kind === 'ServiceAccount')
    return { kind: 'service-account', name: `${subject.namespace ?? ''}/${subject.name}` };
  const isOidc = providers.some((provider) => {
    const prefix = subject.kind === 'User' ? provider.usernamePrefix : provider.groupsPrefix;
    return prefix !== null && prefix !== '' && prefix !== '-' && subject.name.startsWith(prefix);
  });
  if (subject.kind === 'User') return { kind: isOidc ? 'oidc-user' : 'kubernetes-user', name: subject.name };
  return { kind: isOidc ? 'oidc-group' : 'kubernetes-group', name: subject.name };
}

/** Kubernetes' and EKS's own identities only when all that binds them is what they ship: a name alone proves nothing. */
function kindOfSubject(subject: Subject, bindings: readonly ResolvedBinding[]): AccessKind {
  if (bindings.every((binding) => binding.isDefault)) return 'aws';
  return subject.kind === 'ServiceAccount' ? 'workload' : 'unknown';
}
