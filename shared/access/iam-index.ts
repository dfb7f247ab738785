/** IAM account details into an index that finds users and roles by name, ARN and unique id. */
import type { Coverage } from '../model/coverage.ts';
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import { principalKey } from '../rules/arn.ts';

export type IamEntity = IamRole | IamUser;

export interface IamIndex {
  /** null when the account's IAM was not read at all. */
  readonly ofAccount: (account: string) => AccountIndex | null;
  /** Looks through every account that was read. */
  readonly findByUniqueId: (id: string) => IamEntity | null;
}

export interface AccountIndex {
  readonly account: string;
  readonly entities: readonly IamEntity[];
  /** True when nobody of the account can be missing. */
  readonly isComplete: boolean;
  /** Why it is not complete; null when it is. */
  readonly reason: string | null;
  /** By account, type and name without path. */
  readonly find: (key: string) => IamEntity | null;
}

const indexes = new WeakMap<readonly AccountEvidence[], IamIndex>();

/** Remembered for as long as the list of accounts lives, since every holder of every cluster asks. */
export function indexIam(accounts: readonly AccountEvidence[]): IamIndex {
  const known = indexes.get(accounts) ?? buildIndex(accounts);
  indexes.set(accounts, known);
  return known;
}

function buildIndex(accounts: readonly AccountEvidence[]): IamIndex {
  const byAccount = new Map<string, AccountIndex>();
  const byUniqueId = new Map<string, IamEntity>();
  for (const evidence of accounts) {
    const index = indexAccount(evidence);
    if (index === null) continue;
    byAccount.set(index.account, index);
    for (const entity of index.entities) {
      if (entity.principal.uniqueId !== null) byUniqueId.set(entity.principal.uniqueId, entity);
    }
  }
  return {
    ofAccount: (account) => byAccount.get(account) ?? null,
    findByUniqueId: (id) => byUniqueId.get(id) ?? null,
  };
}

function indexAccount({ account, iam, coverage }: AccountEvidence): AccountIndex | null {
  if (iam === null) return null;
  const entities = [...iam.users, ...iam.roles];
  const byKey = new Map(entities.map((entity) => [principalKey(entity.principal), entity]));
  const read = coverage.find((candidate) => candidate.source === 'iam');
  return {
    account,
    entities,
    isComplete: read?.status === 'complete',
    reason: read?.status === 'complete' ? null : whyIncomplete(account, read),
    find: (key) => byKey.get(key) ?? null,
  };
}

/** In words: what is missing of an account's IAM, whether or not any of it was read. */
export function whyIncomplete(account: string, coverage: Coverage | undefined): string {
  const status = coverage?.status ?? 'unavailable';
  const how = status === 'partial' ? 'was read in part' : 'was not read';
  return `IAM of account ${account} ${how}${coverage?.reason ? `: ${coverage.reason}` : ''}`;
}
