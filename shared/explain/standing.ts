/** An IAM principal into what IAM says of it today: whether it exists, since when, and under which ARN. */
import type { Ref } from '../model/coverage.ts';
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import { principalKey } from '../rules/arn.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { parseSsoRoleName } from '../rules/sso-roles.ts';

export interface Standing {
  /** False only where IAM was read in whole; null where that is not known. */
  readonly exists: boolean | null;
  /** With path; null where IAM does not show it. */
  readonly arn: string | null;
  readonly createdAt: string | null;
  readonly evidence: readonly Ref[];
  /** Why `exists` is null. */
  readonly gap: string | null;
}

export function findStanding(principal: Principal, accounts: readonly AccountEvidence[]): Standing {
  const nothing = { arn: null, createdAt: null, evidence: [], gap: null };
  // Neither is kept by IAM as a user or role: the root user is always there, a federated user as long as its session.
  if (principal.type === 'root' || principal.type === 'federated-user') return { ...nothing, exists: true };
  const account = accounts.find((evidence) => evidence.account === principal.account);
  const found = listPrincipals(account).find((one) => principalKey(one.principal) === principalKey(principal));
  if (found !== undefined) {
    const { createdAt, evidence } = found;
    return { exists: true, arn: found.principal.arn, createdAt, evidence: [evidence], gap: null };
  }
  if (account !== undefined && account.iam !== null && isReadInWhole(account.coverage, 'iam')) {
    return { ...nothing, exists: false };
  }
  const why = account?.coverage.find(({ source }) => source === 'iam')?.reason ?? null;
  const how = account === undefined || account.iam === null ? 'was not read' : 'was read in part';
  const gap = `IAM of account ${principal.account} ${how}${why === null ? '' : `: ${why}`}`;
  return { ...nothing, exists: null, gap };
}

/** The files of which the principal is missing. */
export function listIamFiles({ account }: Principal, accounts: readonly AccountEvidence[]): readonly Ref[] {
  const [first] = listPrincipals(accounts.find((evidence) => evidence.account === account));
  return first === undefined ? [] : [{ ...first.evidence, id: null, line: 0 }];
}

/** Today's role of the permission set that the principal was made for, where that is another. */
export function findSuccessor(principal: Principal, accounts: readonly AccountEvidence[]): Principal | null {
  const set = parseSsoRoleName(principal.name)?.permissionSet;
  if (set === undefined) return null;
  const account = accounts.find((evidence) => evidence.account === principal.account);
  const roles = (account?.iam?.roles ?? []).filter(
    (role) => role.principal.name !== principal.name && parseSsoRoleName(role.principal.name)?.permissionSet === set,
  );
  return roles.sort((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1))[0]?.principal ?? null;
}

function listPrincipals(account: AccountEvidence | undefined): readonly (IamRole | IamUser)[] {
  return account?.iam == null ? [] : [...account.iam.roles, ...account.iam.users];
}
