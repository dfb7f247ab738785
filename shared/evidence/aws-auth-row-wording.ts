/** Each thing that can be wrong with a row of mapRoles or mapUsers, in words for whoever has to mend it. */
import type { ArnVerdict } from './aws-auth-arn.ts';
import type { ArnField } from './aws-auth-decode.ts';
import { nameKind, quote, type Wording } from './aws-auth-wording.ts';
import type { JsonValue } from './go-json.ts';

const ROW_DROPPED = 'The authenticator drops this row alone: whom it was meant for cannot log in.';
const NO_GROUPS = 'The row logs its principal in without any group, so that nearly every request is forbidden.';
const NEVER = 'The row matches nobody.';

export function wordNotAMapping(kind: JsonValue['kind'], field: ArnField): Wording {
  const isEmpty = kind === 'null';
  return {
    code: 'row-not-a-mapping',
    message: isEmpty ? 'Behind this dash there is no row.' : `This row is ${nameKind(kind)}, not a set of fields.`,
    effect: 'The authenticator drops it; the other rows stay.',
    mend: isEmpty ? 'Take the dash out.' : `Write the fields ${field}, username and groups.`,
    losesAccess: !isEmpty,
  };
}

export function wordInvalid(message: string, mend: string): Wording {
  return { code: 'row-invalid', message, effect: ROW_DROPPED, mend, losesAccess: true };
}

export function wordGroupsNotAList(got: JsonValue): Wording {
  return {
    code: 'groups-lost',
    message: `groups is ${nameKind(got.kind)}, not a list.`,
    effect: NO_GROUPS,
    mend: 'Write each group on a line of its own, behind a dash.',
    losesAccess: true,
  };
}

export function wordGroupsMisspelt(key: string): Wording {
  return {
    code: 'groups-lost',
    message: `The key ${quote(key)} is unknown; groups was most likely meant.`,
    effect: NO_GROUPS,
    mend: 'Rename the key to groups.',
    losesAccess: true,
  };
}

export function wordGroupNotAString(got: JsonValue): Wording {
  const shown = got.kind === 'number' || got.kind === 'boolean' ? ` ${quote(got.text)}` : '';
  return {
    code: 'groups-lost',
    message: `The group${shown} is ${nameKind(got.kind)}, not a text.`,
    effect: 'A group without a name takes its place; the other groups of the row stay.',
    mend: shown === '' ? 'Write the name of one group.' : 'Put it in quotes.',
    losesAccess: true,
  };
}

export function wordGroupsRepeated(): Wording {
  return {
    code: 'groups-lost',
    message: 'groups is written twice in this row, and this is not the last of them.',
    effect: 'The lists are not merged: the groups of this one are lost.',
    mend: 'Write one list; if these are two rows, put the missing dash before the second.',
    losesAccess: true,
  };
}

export function wordGroupSuspicious(group: string): Wording {
  const isFolded = / - |\n/.test(group);
  const isEmpty = group === '';
  return {
    code: 'group-suspicious',
    message: isEmpty
      ? 'An item of groups is empty.'
      : isFolded
        ? `Several lines of groups were read as one group, ${quote(group)}.`
        : `The group ${quote(group)} holds a comma, or a blank at its end.`,
    effect: isEmpty
      ? 'The row holds a group without a name; the others stay.'
      : 'The row holds one group of that very name, which no binding has, and none of those that were meant.',
    mend: isFolded
      ? 'Let all dashes of the list stand in one column.'
      : 'Write one group an item, without blanks around it.',
    losesAccess: !isEmpty,
  };
}

export function wordUsername(cause: 'missing' | 'not-a-string' | 'repeated', detail: string): Wording {
  const messages = {
    missing:
      detail === ''
        ? 'This row has no username.'
        : `The key ${quote(detail)} is unknown; username was most likely meant.`,
    'not-a-string': `username is ${detail}, not a text.`,
    repeated: `username is written twice in this row, and ${quote(detail)} is not the last of them.`,
  };
  const empty =
    'Its principal logs in with an empty user name: its groups count, bindings to the user do not, and the audit log names nobody.';
  return {
    code: 'username-missing',
    message: messages[cause],
    effect: cause === 'repeated' ? 'The last one counts.' : empty,
    mend: cause === 'not-a-string' ? 'Put it in quotes.' : 'Write one username in each row.',
    losesAccess: cause === 'not-a-string' || (cause === 'missing' && detail !== ''),
  };
}

export function wordArn(arn: string, verdict: Exclude<ArnVerdict, { kind: 'matches' }>): Wording {
  const shown = quote(arn);
  switch (verdict.kind) {
    case 'path':
      return {
        code: 'arn-path',
        message: `${shown} holds the path ${quote(verdict.path)}.`,
        effect: `The authenticator compares with what STS prints, which never holds the path of a role. ${NEVER}`,
        mend: `Write ${verdict.stripped}.`,
        losesAccess: true,
      };
    case 'assumed-role':
      return {
        code: 'arn-assumed-role',
        message: `${shown} names a session, not a role.`,
        effect: `The authenticator turns each session into its role before it compares. ${NEVER}`,
        mend: `Write ${verdict.role}.`,
        losesAccess: true,
      };
    case 'malformed':
      return {
        code: 'arn-malformed',
        message: `${shown} is the ARN of no caller: ${verdict.reason}.`,
        effect: `The authenticator keeps the row as it is. ${NEVER}`,
        mend: 'Write the ARN of the role or user as IAM shows it, of a role without its path.',
        losesAccess: true,
      };
  }
}

export function wordWrongList(arn: string, type: string, list: 'mapRoles' | 'mapUsers'): Wording {
  const isRoot = type === 'root';
  return {
    code: 'arn-wrong-list',
    message: isRoot
      ? `${quote(arn)} is the root user of the account, not every principal of it.`
      : `${quote(arn)} is a ${type}, and stands in ${list}.`,
    effect: isRoot
      ? 'It matches the root user alone, from either list.'
      : 'It matches all the same: the authenticator does not look at the kind.',
    mend: isRoot
      ? 'To let in all of an account, list it in mapAccounts; to let in one role, name the role.'
      : `Move it to ${list === 'mapRoles' ? 'mapUsers' : 'mapRoles'}, where people and tools look for it.`,
    losesAccess: false,
  };
}

export function wordSso(pattern: string): Wording {
  return {
    code: 'sso-ineffective',
    message: `This row stands for every role like ${quote(pattern)} by its sso field.`,
    effect:
      'The authenticator looks at it only with the feature gate SSORoleMatch, which is off by default; nothing says that EKS turns it on.',
    mend: 'Write the role itself: rolearn, ending in AWSReservedSSO_, the permission set and its 16 hexadecimal digits, without a path.',
    losesAccess: true,
  };
}

/** How an earlier and a later row with the same ARN stand to each other. */
export type Overlap = 'same' | 'other-groups' | 'other-username' | 'either';

export function wordDuplicate(arn: string, overlap: Overlap, other: string): Wording {
  const effects = {
    same: 'The row that counts says the same, so nobody loses by it.',
    'other-groups': 'Groups are not merged: what this row grants beyond the other is lost.',
    'other-username': 'The username of this row is never used.',
    either: 'The authenticator keeps both, and uses either: which one, changes from login to login.',
  };
  return {
    code: 'duplicate-arn',
    message: `${quote(arn)} is mapped again ${other}${overlap === 'either' ? ', in other letter case' : ', and only that row counts'}.`,
    effect: effects[overlap],
    mend: overlap === 'same' ? 'Take one of the rows out.' : 'Make one row of them, with the groups that are meant.',
    losesAccess: overlap !== 'same',
  };
}

export function wordUnknownKey(key: string, nearest: string | null): Wording {
  return {
    code: 'unknown-key',
    message: `A row knows no key ${quote(key)}${nearest === null ? '' : `; ${nearest} was most likely meant`}.`,
    effect: 'The authenticator ignores it.',
    mend: nearest === null ? 'Take it out.' : `Rename it to ${nearest}.`,
    losesAccess: false,
  };
}
