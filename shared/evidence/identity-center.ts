/**
 * identity-center.json into assignments: who holds which permission set in which account. The file joins outputs of the
 * command line under one object: `permissionSets` (describe-permission-set), `accountAssignments`
 * (list-account-assignments), `users` (list-users), `groups` (list-groups) with the user ids of each under `members`,
 * or `groupMemberships` (list-group-memberships).
 */
import type { Skip } from '../model/coverage.ts';
import type { IdentityCenterAssignment } from '../model/iam.ts';
import { append } from '../rules/lists-by-key.ts';
import { parseJsonDocument } from './json-document.ts';
import { looseField, looseItems, looseText } from './loose-fields.ts';
import { type SkipTally, tallySkips } from './skip-tally.ts';

export interface ParsedIdentityCenter {
  /** null when the text holds no assignments at all. */
  readonly assignments: readonly IdentityCenterAssignment[] | null;
  readonly skips: readonly Skip[];
  readonly complete: boolean;
  /** Why it is not complete; null when it is. */
  readonly reason: string | null;
}

interface Directory {
  readonly permissionSets: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, { readonly shown: string; readonly userName: string }>;
  readonly groups: ReadonlyMap<string, { readonly name: string; readonly members: readonly string[] | null }>;
}

export function parseIdentityCenter(text: string, file: string): ParsedIdentityCenter {
  const tally = tallySkips(file);
  const json = parseJsonDocument(text);
  const root = 'problem' in json ? null : json.value;
  const assigned = looseItems(root, 'accountAssignments');
  if ('problem' in json || assigned === null) {
    const reason = 'problem' in json ? json.problem : 'expected accountAssignments, got none';
    tally.add(reason, 'problem' in json ? text : json.value);
    return { assignments: null, skips: tally.list(), complete: false, reason };
  }
  const directory = readDirectory(root);
  const key = ['accountAssignments', 'AccountAssignments'].find((name) => Object.hasOwn(Object(root), name)) ?? '';
  const assignments = assigned.flatMap((value, index) => {
    const line = json.lineOf([key, index]);
    const evidence = { source: 'identity-center', id: null, at: null, file, line } as const;
    return readAssignment(value, { directory, tally, evidence });
  });
  const gaps = tally.list().map((skip) => `${skip.count} skipped: ${skip.reason}`);
  const unread = new Set(assignments.filter((assignment) => assignment.membersUnread).map(({ group }) => group));
  if (unread.size > 0) gaps.push(`the members of ${unread.size} assigned groups are not in the file`);
  if (typeof looseField(root, 'nextToken') === 'string')
    gaps.push('the output breaks off before its last page (NextToken)');
  return { assignments, skips: tally.list(), complete: gaps.length === 0, reason: gaps.join('; ') || null };
}

/** One row for each person that the assignment reaches. */
function readAssignment(
  value: unknown,
  context: {
    readonly directory: Directory;
    readonly tally: SkipTally;
    readonly evidence: IdentityCenterAssignment['evidence'];
  },
): readonly IdentityCenterAssignment[] {
  const { directory, tally, evidence } = context;
  const account = looseText(value, 'accountId');
  const arn = looseText(value, 'permissionSetArn');
  const principalId = looseText(value, 'principalId');
  const type = looseText(value, 'principalType');
  if (account === null || arn === null || principalId === null || (type !== 'USER' && type !== 'GROUP')) {
    tally.add('an assignment without accountId, permissionSetArn, principalType or principalId', value, evidence);
    return [];
  }
  const permissionSet = directory.permissionSets.get(arn);
  if (permissionSet === undefined) {
    tally.add('an assignment of a permission set whose name is not in the file', value, evidence);
    return [];
  }
  const base = { account, permissionSet, evidence: { ...evidence, id: principalId } };
  if (type === 'USER') return [{ ...base, ...nameUser(principalId, directory), group: null }];
  const group = directory.groups.get(principalId);
  const name = group?.name ?? principalId;
  const members = group?.members ?? null;
  if (members === null) return [{ ...base, user: `members of group ${name}`, group: name, membersUnread: true }];
  return members.map((member) => ({ ...base, ...nameUser(member, directory), group: name }));
}

function nameUser(id: string, directory: Directory): { readonly user: string; readonly userName?: string } {
  const user = directory.users.get(id);
  return user === undefined ? { user: `user ${id}` } : { user: user.shown, userName: user.userName };
}

function readDirectory(root: unknown): Directory {
  const permissionSets = new Map<string, string>();
  for (const item of looseItems(root, 'permissionSets') ?? []) {
    const set = looseField(item, 'permissionSet') ?? item; // describe-permission-set wraps it once more
    const arn = looseText(set, 'permissionSetArn');
    const name = looseText(set, 'name');
    if (arn !== null && name !== null) permissionSets.set(arn, name);
  }
  const users = new Map<string, { shown: string; userName: string }>();
  for (const item of looseItems(root, 'users') ?? []) {
    const id = looseText(item, 'userId');
    const userName = looseText(item, 'userName');
    if (id === null || userName === null) continue;
    const more = looseText(item, 'displayName') ?? looseText(looseItems(item, 'emails')?.[0], 'value');
    users.set(id, { userName, shown: more === null || more === userName ? userName : `${userName} (${more})` });
  }
  return { permissionSets, users, groups: readGroups(root) };
}

function readGroups(root: unknown): Directory['groups'] {
  const joined = new Map<string, string[]>();
  for (const item of looseItems(root, 'groupMemberships') ?? []) {
    const group = looseText(item, 'groupId');
    const member = readMember(item);
    if (group !== null && member !== null) append(joined, group, member);
  }
  const groups = new Map<string, { name: string; members: readonly string[] | null }>();
  for (const item of looseItems(root, 'groups') ?? []) {
    const id = looseText(item, 'groupId');
    if (id === null) continue;
    const listed =
      looseItems(item, 'members')
        ?.map(readMember)
        .filter((member) => member !== null) ?? null;
    groups.set(id, { name: looseText(item, 'displayName') ?? id, members: listed ?? joined.get(id) ?? null });
  }
  for (const [id, members] of joined) if (!groups.has(id)) groups.set(id, { name: id, members });
  return groups;
}

/** A user id, or a membership that holds one. */
function readMember(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return looseText(looseField(value, 'memberId') ?? value, 'userId');
}
