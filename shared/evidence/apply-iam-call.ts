/** Evidence of an account and a call to IAM into the evidence as the call left it. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamAccount, IamRole, IamUser } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { arnKey, parsePrincipal } from '../rules/arn.ts';
import { findNewName } from '../rules/principal-calls.ts';
import { isoTime } from '../rules/time.ts';
import { applyIamPolicies } from './apply-iam-policies.ts';
import { type AppliedIam, doubtIam, readDocument } from './iam-document.ts';
import { findBoundary } from './iam-holders.ts';
import { fieldIn, textIn } from './json-fields.ts';

/** The call succeeded, in this account. Where IAM was not read, it stays so. */
export function applyIamCall(account: AccountEvidence, call: CloudTrailEvent): AccountEvidence {
  const { iam } = account;
  if (iam === null) return account;
  const { iam: next, unknown, skips } = applyTo(iam, call);
  const doubted = doubtIam(account, [...unknown, ...skips.map(({ reason }) => reason)], skips);
  if (unknown.length > 0) return { ...doubted, iam: next, unshown: [...(account.unshown ?? []), ...unknown] };
  return next === iam ? doubted : { ...doubted, iam: next };
}

function applyTo(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  if (call.principalArn === null) return applyIamPolicies(iam, call);
  const key = arnKey(call.principalArn);
  const isOther = ({ principal }: IamRole | IamUser): boolean => arnKey(principal.arn) !== key;
  const { roles, users } = iam;
  switch (call.eventName) {
    case 'DeleteRole':
      return settle({ ...iam, roles: roles.filter(isOther) });
    case 'DeleteUser':
      return settle({ ...iam, users: users.filter(isOther) });
    case 'CreateRole':
      return makeRole(iam, call, roles.filter(isOther));
    case 'CreateUser':
      return settle({ ...iam, users: [...users.filter(isOther), makeUser(iam, call)] });
    case 'UpdateUser':
      return settle({ ...iam, users: users.map((user) => (isOther(user) ? user : renameUser(user, call))) });
    case 'UpdateAssumeRolePolicy': {
      const { document: trust, skips } = readDocument(call, 'trust policy', null);
      const change = (role: IamRole): IamRole =>
        isOther(role) ? role : { ...role, trust, trustBefore: role.trustBefore ?? role.trust };
      return settle({ ...iam, roles: roles.map(change) }, skips);
    }
    default:
      return applyIamPolicies(iam, call);
  }
}

function settle(iam: IamAccount, skips: AppliedIam['skips'] = []): AppliedIam {
  return { iam, unknown: [], skips };
}

function makeRole(iam: IamAccount, call: CloudTrailEvent, others: readonly IamRole[]): AppliedIam {
  const { document: trust, skips } = readDocument(call, 'trust policy', null);
  const made: IamRole = {
    ...makePrincipal(iam, call, 'role'),
    kind: 'role',
    trust,
    instanceProfiles: [],
    lastUsedAt: null,
  };
  return settle({ ...iam, roles: [...others, made] }, skips);
}

function makeUser(iam: IamAccount, call: CloudTrailEvent): IamUser {
  return { ...makePrincipal(iam, call, 'user'), kind: 'user', groups: [] };
}

/** Whoever goes by names takes it for one who was made just now. */
function renameUser(user: IamUser, call: CloudTrailEvent): IamUser {
  const arn = findNewName(call);
  return arn === null
    ? user
    : {
        ...user,
        principal: { ...user.principal, ...parsePrincipal(arn, user.principal.uniqueId) },
        createdAt: call.at,
      };
}

function makePrincipal(iam: IamAccount, call: CloudTrailEvent, type: 'role' | 'user') {
  const { principalArn, request, response, at, evidence } = call;
  const answered = fieldIn(response, type);
  const arn = textIn(answered, 'arn') ?? principalArn ?? '';
  return {
    principal: parsePrincipal(arn, textIn(answered, type === 'role' ? 'roleId' : 'userId')),
    createdAt: isoTime(fieldIn(answered, 'createDate')) ?? at,
    policies: [],
    unreadPolicies: [],
    boundary: findBoundary(iam, textIn(request, 'permissionsBoundary')),
    tags: {},
    evidence,
  };
}
