/** IAM users and roles of all accounts that were read, by the principal that a mapping names. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import { principalKey } from './arn.ts';

type Entities = ReadonlyMap<string, IamRole | IamUser>;

const indexes = new WeakMap<readonly AccountEvidence[], Entities>();

/** null when there is no such role, or its account was not read. */
export function findIamRole(accounts: readonly AccountEvidence[], principal: Principal): IamRole | null {
  const found = indexEntities(accounts).get(principalKey(principal));
  return found?.kind === 'role' ? found : null;
}

/** null when there is no such user or role, or its account was not read. */
export function findIamEntity(accounts: readonly AccountEvidence[], principal: Principal): IamRole | IamUser | null {
  return indexEntities(accounts).get(principalKey(principal)) ?? null;
}

/** AROA… or AIDA… as IAM shows it now. */
export function findUniqueId(accounts: readonly AccountEvidence[], principal: Principal): string | null {
  return findIamEntity(accounts, principal)?.principal.uniqueId ?? null;
}

/** Remembered, since every principal asks. */
function indexEntities(accounts: readonly AccountEvidence[]): Entities {
  const known = indexes.get(accounts);
  if (known !== undefined) return known;
  const entities = accounts.flatMap(({ iam }) => [...(iam?.roles ?? []), ...(iam?.users ?? [])]);
  const index = new Map(entities.map((entity) => [principalKey(entity.principal), entity]));
  indexes.set(accounts, index);
  return index;
}
