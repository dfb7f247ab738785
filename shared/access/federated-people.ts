/** A role that an identity provider opens into the people behind it: by assignment, or by the sessions that were seen. */
import type { Person } from '../model/access.ts';
import type { AccountEvidence, Usage } from '../model/evidence.ts';
import type { IamRole, IdentityCenterAssignment } from '../model/iam.ts';
import { principalKey } from '../rules/arn.ts';
import type { Answer } from '../rules/iam-truth.ts';
import { compareTimes } from '../rules/time.ts';
import { indexUsage, type UsageIndex } from './usage.ts';

export interface FederatedPeople {
  /** With the path down to the role itself. */
  readonly people: readonly Person[];
  /** What is missing; null when nothing is. */
  readonly gap: string | null;
}

export interface FederationContext {
  readonly accounts: readonly AccountEvidence[];
  readonly usage: readonly Usage[];
}

/** Identity Center alone may use this path, so that a name on another path proves nothing. */
const SSO_PATH = '/aws-reserved/sso.amazonaws.com/';
const SSO_NAME = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

export function findPermissionSet({ principal }: IamRole): string | null {
  return principal.path.startsWith(SSO_PATH) ? (SSO_NAME.exec(principal.name)?.[1] ?? null) : null;
}

export function listFederatedPeople(
  role: IamRole,
  provider: { readonly name: string; readonly answer: Answer },
  context: FederationContext,
): FederatedPeople {
  const permissionSet = findPermissionSet(role);
  const kind = permissionSet !== null ? 'sso' : provider.name.includes(':saml-provider/') ? 'saml' : 'oidc';
  const sessions = listSessions(role, context.usage);
  if (permissionSet === null) {
    const vouched = describeProvider(role, provider, kind);
    return { people: [vouched, ...sessions.map((session) => seenPerson(session, kind, role))], gap: null };
  }
  const assigned = findAssignments(role.principal.account, permissionSet, context.accounts);
  if (assigned.assignments === null) {
    const someone = unknownHolder(role, permissionSet, assigned.gap);
    return { people: [someone, ...sessions.map((session) => seenPerson(session, kind, role))], gap: assigned.gap };
  }
  const people = assigned.assignments.map((assignment) => assignedPerson(assignment, sessions, role));
  return { people, gap: assigned.gap };
}

interface Assigned {
  /** null when they were not read for this account. */
  readonly assignments: readonly IdentityCenterAssignment[] | null;
  readonly gap: string | null;
}

/** The file lies with whichever account administers Identity Center; it speaks for every account that it lists. */
function findAssignments(account: string, permissionSet: string, accounts: readonly AccountEvidence[]): Assigned {
  const speaking = accounts.filter(
    (evidence) =>
      evidence.identityCenter !== null &&
      (evidence.account === account || evidence.identityCenter.some((assignment) => assignment.account === account)),
  );
  if (speaking.length === 0) {
    return { assignments: null, gap: `Identity Center's assignments in account ${account} were not read` };
  }
  const gaps = speaking
    .map(({ coverage }) => coverage.find(({ source }) => source === 'identity-center'))
    .filter((coverage) => coverage?.status !== 'complete')
    .map((coverage) => `Identity Center was not read in whole: ${coverage?.reason ?? 'no reason given'}`);
  const assignments = speaking
    .flatMap((evidence) => evidence.identityCenter ?? [])
    .filter((assignment) => assignment.account === account && assignment.permissionSet === permissionSet);
  return { assignments, gap: gaps[0] ?? null };
}

interface Session {
  readonly name: string;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

const usageIndexes = new WeakMap<readonly Usage[], UsageIndex>();

/** Whoever used the role in front of the cluster, by session name. */
function listSessions(role: IamRole, usage: readonly Usage[]): readonly Session[] {
  const index = usageIndexes.get(usage) ?? indexUsage(usage);
  usageIndexes.set(usage, index);
  const byName = new Map<string, Session>();
  for (const { sessionName: name, firstAt, lastAt } of index.ofPrincipal(principalKey(role.principal))) {
    if (name === null) continue;
    const seen = byName.get(name);
    byName.set(name, {
      name,
      firstAt: earlier(seen?.firstAt ?? null, firstAt ?? lastAt),
      lastAt: lastAt ?? seen?.lastAt ?? null,
    });
  }
  return [...byName.values()];
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareTimes(a, b) <= 0 ? a : b;
}

function assignedPerson(assignment: IdentityCenterAssignment, sessions: readonly Session[], role: IamRole): Person {
  const { user, userName, group, membersUnread = false, permissionSet } = assignment;
  const session = sessions.find(({ name }) => name.toLowerCase() === userName?.toLowerCase());
  const through = group === null ? permissionSet : `${permissionSet} (group ${group})`;
  return {
    name: user,
    principalArn: null,
    kind: 'sso',
    path: [user, `permission set ${through}`, role.principal.arn],
    certainty: membersUnread ? 'unknown' : 'yes',
    condition: membersUnread ? 'the members of the group were not read' : null,
    firstSeenAt: session?.firstAt ?? null,
    lastSeenAt: session?.lastAt ?? null,
  };
}

function unknownHolder(role: IamRole, permissionSet: string, gap: string | null): Person {
  const name = `whoever is assigned permission set ${permissionSet}`;
  return {
    name,
    principalArn: null,
    kind: 'sso',
    path: [name, role.principal.arn],
    certainty: 'unknown',
    condition: gap,
    firstSeenAt: null,
    lastSeenAt: null,
  };
}

function seenPerson({ name, firstAt, lastAt }: Session, kind: 'sso' | 'saml' | 'oidc', role: IamRole): Person {
  const who = kind === 'sso' ? 'Identity Center sets' : 'the caller or its identity provider chooses';
  return {
    name,
    principalArn: null,
    kind,
    path: [name, role.principal.arn],
    certainty: 'observed',
    condition: `seen as a session name, which ${who}`,
    firstSeenAt: firstAt,
    lastSeenAt: lastAt,
  };
}

/** Nobody can list the users of a provider; a condition on the subject may still name who they are. */
function describeProvider(
  role: IamRole,
  { name, answer }: { name: string; answer: Answer },
  kind: 'sso' | 'saml' | 'oidc',
): Person {
  const shown = name.slice(name.lastIndexOf(':') + 1).replace(/^(?:saml|oidc)-provider\//, '');
  return {
    name: `whoever ${shown} vouches for`,
    principalArn: null,
    kind,
    path: [name, role.principal.arn],
    certainty: 'unknown',
    condition: answer.condition,
    firstSeenAt: null,
    lastSeenAt: null,
  };
}
