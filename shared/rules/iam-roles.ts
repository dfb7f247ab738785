/** IAM roles of all accounts that were read, by the principal that a mapping names. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamRole } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import { principalKey } from './arn.ts';

const indexes = new WeakMap<readonly AccountEvidence[], ReadonlyMap<string, IamRole>>();

/** null when there is no such role, or its account was not read. */
export function findIamRole(accounts: readonly AccountEvidence[], principal: Principal): IamRole | null {
  const index = indexes.get(accounts) ?? indexRoles(accounts);
  indexes.set(accounts, index);
  return index.get(principalKey(principal)) ?? null;
}

function indexRoles(accounts: readonly AccountEvidence[]): ReadonlyMap<string, IamRole> {
  return new Map(
    accounts.flatMap(({ iam }) => (iam?.roles ?? []).map((role) => [principalKey(role.principal), role] as const)),
  );
}
