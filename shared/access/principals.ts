/** A principal of a mapping into what IAM says of it: whether it exists, since when, and under which unique id. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import { principalKey } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';
import { type IamEntity, indexIam } from './iam-index.ts';

export interface IamPrincipalStanding {
  /** False only when the account's IAM was read in whole; null when that is not known. */
  readonly exists: boolean | null;
  /** Why `exists` is null; else null. */
  readonly reason: string | null;
  readonly role: IamRole | null;
  readonly user: IamUser | null;
  /** With path. */
  readonly arn: string | null;
  readonly uniqueId: string | null;
  readonly createdAt: string | null;
  /** Whether IAM's principal is younger than a mapping made at `at`, or has another unique id; null when not known. */
  readonly recreatedAfter: (at: string | null) => boolean | null;
}

export function findIamPrincipal(principal: Principal, accounts: readonly AccountEvidence[]): IamPrincipalStanding {
  if (principal.type === 'root') return { ...nobody(null), exists: true, arn: principal.arn };
  if (principal.type !== 'role' && principal.type !== 'user') {
    return nobody(`a principal of type ${principal.type} is not kept by IAM`);
  }
  const index = indexIam(accounts);
  const entity = index.ofAccount(principal.account)?.find(principalKey(principal)) ?? null;
  if (entity !== null) return standingOf(entity, principal.uniqueId);
  const gap = index.findGap(principal.account);
  return gap === null ? { ...nobody(null), exists: false } : nobody(gap);
}

function standingOf(entity: IamEntity, expectedId: string | null): IamPrincipalStanding {
  const { uniqueId, arn } = entity.principal;
  const { createdAt } = entity;
  return {
    exists: true,
    reason: null,
    role: entity.kind === 'role' ? entity : null,
    user: entity.kind === 'user' ? entity : null,
    arn,
    uniqueId,
    createdAt,
    recreatedAfter(at) {
      if (expectedId !== null && uniqueId !== null && expectedId !== uniqueId) return true;
      return at === null || createdAt === null ? null : msBetween(at, createdAt) > 0;
    },
  };
}

function nobody(reason: string | null): IamPrincipalStanding {
  return {
    exists: null,
    reason,
    role: null,
    user: null,
    arn: null,
    uniqueId: null,
    createdAt: null,
    recreatedAfter: () => null,
  };
}
