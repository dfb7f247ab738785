/** IAM account details for tests: the raw form that AWS prints, and the parsed users, roles and accounts. */
import { parseIam } from '../../shared/evidence/iam.ts';
import type { Coverage } from '../../shared/model/coverage.ts';
import type { AccountEvidence } from '../../shared/model/evidence.ts';
import type { IamAccount, IamRole, IamUser, PolicyDocument } from '../../shared/model/iam.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { parsePolicyDocument } from '../../shared/rules/iam-policy.ts';
import { coverage, ref } from './coverage.ts';

export const HOME = '111122223333';
export const OTHER = '444455556666';

/** A policy of the current language version, from its statements as IAM writes them. */
export function policy(...statements: readonly unknown[]): PolicyDocument {
  return namedPolicy('inline', ...statements);
}

export function namedPolicy(name: string, ...statements: readonly unknown[]): PolicyDocument {
  return parsePolicyDocument({ Version: '2012-10-17', Statement: statements }, name, null).document;
}

export function allow(action: unknown, resource: unknown = '*', more: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export function deny(action: unknown, resource: unknown = '*', more: object = {}): object {
  return { Effect: 'Deny', Action: action, Resource: resource, ...more };
}

/** A trust statement for the given principals. */
export function trusts(principal: unknown, more: object = {}): object {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more };
}

export function roleArn(name: string, account = HOME): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

export function userArn(name: string, account = HOME): string {
  return `arn:aws:iam::${account}:user/${name}`;
}

/** A role that trusts nobody and may do nothing, unless told otherwise; `name` may carry a path. */
export function iamRole(name: string, more: Partial<IamRole> & { readonly account?: string } = {}): IamRole {
  const { account = HOME, ...rest } = more;
  const arn = roleArn(name, account);
  return {
    kind: 'role',
    principal: parsePrincipal(arn, `AROA${uniqueTail(name)}`),
    createdAt: '2026-01-05T08:00:00Z',
    policies: [],
    unreadPolicies: [],
    boundary: null,
    tags: {},
    trust: policy(),
    instanceProfiles: [],
    lastUsedAt: null,
    evidence: ref('iam', { id: arn }),
    ...rest,
  };
}

/** A user who may do nothing, unless told otherwise. */
export function iamUser(name: string, more: Partial<IamUser> & { readonly account?: string } = {}): IamUser {
  const { account = HOME, ...rest } = more;
  const arn = userArn(name, account);
  return {
    kind: 'user',
    principal: parsePrincipal(arn, `AIDA${uniqueTail(name)}`),
    createdAt: '2026-01-05T08:00:00Z',
    policies: [],
    unreadPolicies: [],
    boundary: null,
    tags: {},
    groups: [],
    evidence: ref('iam', { id: arn }),
    ...rest,
  };
}

function uniqueTail(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

/** An account whose IAM was read in whole, with these users and roles and nobody else. */
export function accountOf(
  entities: readonly (IamRole | IamUser)[],
  more: Partial<AccountEvidence> = {},
): AccountEvidence {
  const account = more.account ?? HOME;
  const iam: IamAccount = {
    account,
    roles: entities.filter((entity) => entity.kind === 'role'),
    users: entities.filter((entity) => entity.kind === 'user'),
  };
  const rows: readonly Coverage[] = [coverage('iam')];
  return { account, iam, identityCenter: null, organization: null, cloudTrail: [], coverage: rows, ...more };
}

/** Account details as the command line prints them, with empty lists for what is not given. */
export function accountDetails(lists: object): string {
  return JSON.stringify({
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
    IsTruncated: false,
    ...lists,
  });
}

export function parseDetails(lists: object): ReturnType<typeof parseIam> {
  return parseIam(accountDetails(lists), `${HOME}/iam.json`);
}
