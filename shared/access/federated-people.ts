/** A role that an identity provider opens into the people behind it: by assignment, or by the sessions that were seen. */
import type { Person } from '../model/access.ts';
import type { AccountEvidence, Usage } from '../model/evidence.ts';
import type { IdentityCenterAssignment } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import type { Answer } from '../rules/iam-truth.ts';
import { listSessions, type Session, seenPerson } from './seen-sessions.ts';

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

export function findPermissionSet({ path, name }: Principal): string | null {
  return path.startsWith(SSO_PATH) ? (SSO_NAME.exec(name)?.[1] ?? null) : null;
}

export function listFederatedPeople(
  role: Principal,
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
  const assigned = findAssignments(role.account, permissionSet, context.accounts);
  if (assigned.assignments === null) {
    const someone = unknownHolder(role, permissionSet, assigned.gap);
    return { people: [someone, ...sessions.map((session) => seenPerson(session, kind, role))], gap: assigned.gap };
  }
  const people = assigned.assignments.map((assignment) => assignedPerson(assignment, sessions, role));
  return { people, gap: assigned.gap };
}

/** What can be said of a role whose IAM was not read: by its name alone, which is no proof, and by the sessions seen. */
export function listPeopleByName(role: Principal, context: FederationContext): readonly Person[] {
  const permissionSet = SSO_NAME.exec(role.name)?.[1] ?? null;
  const sessions = listSessions(role, context.usage);
  const assigned = permissionSet === null ? null : findAssignments(role.account, permissionSet, context.accounts);
  if (assigned?.assignments) {
    const condition = 'the role is the one that Identity Center made: IAM was not read';
    return assigned.assignments
      .map((assignment) => assignedPerson(assignment, sessions, role))
      .map((person) => (person.certainty === 'yes' ? { ...person, certainty: 'conditional', condition } : person));
  }
  return sessions.map((session) => seenPerson(session, permissionSet === null ? 'iam-role' : 'sso', role));
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

function assignedPerson(assignment: IdentityCenterAssignment, sessions: readonly Session[], role: Principal): Person {
  const { user, userName, group, membersUnread = false, permissionSet } = assignment;
  const session = sessions.find(({ name }) => name.toLowerCase() === userName?.toLowerCase());
  const through = group === null ? permissionSet : `${permissionSet} (group ${group})`;
  return {
    name: user,
    principalArn: null,
    kind: 'sso',
    path: [user, `permission set ${through}`, role.arn],
    certainty: membersUnread ? 'unknown' : 'yes',
    condition: membersUnread ? 'the members of the group were not read' : null,
    firstSeenAt: session?.firstAt ?? null,
    lastSeenAt: session?.lastAt ?? null,
  };
}

function unknownHolder(role: Principal, permissionSet: string, gap: string | null): Person {
  const name = `whoever is assigned permission set ${permissionSet}`;
  return {
    name,
    principalArn: null,
    kind: 'sso',
    path: [name, role.arn],
    certainty: 'unknown',
    condition: gap,
    firstSeenAt: null,
    lastSeenAt: null,
  };
}

/** Nobody can list the users of a provider; a condition on the subject may still name who they are. */
function describeProvider(
  role: Principal,
  { name, answer }: { name: string; answer: Answer },
  kind: 'sso' | 'saml' | 'oidc',
): Person {
  const shown = name.slice(name.lastIndexOf(':') + 1).replace(/^(?:saml|oidc)-provider\//, '');
  return {
    name: `whoever ${shown} vouches for`,
    principalArn: null,
    kind,
    path: [name, role.arn],
    certainty: 'unknown',
    condition: answer.condition,
    firstSeenAt: null,
    lastSeenAt: null,
  };
}
