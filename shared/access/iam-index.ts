/** IAM account details into an index that finds users and roles by name, ARN and unique id. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import { principalKey } from '../rules/arn.ts';

export type IamEntity = IamRole | IamUser;

export interface IamIndex {
  /** null when the account's IAM was not read at all. */
  readonly ofAccount: (account: string) => AccountIndex | null;
  readonly accounts: readonly AccountIndex[];
  /** The name that the organisation gives an account. */
  readonly nameOf: (account: string) => string | null;
  /** The id of the organisation that an account belongs to. */
  readonly findOrganization: (account: string) => string | null;
  /** In words: what is missing of an account's IAM; null when nothing is. */
  readonly findGap: (account: string) => string | null;
  /** Looks through every account that was read. */
  readonly findByUniqueId: (id: string) => IamEntity | null;
}

export interface AccountIndex {
  readonly account: string;
  readonly entities: readonly IamEntity[];
  /** True when nobody of the account can be missing. */
  readonly isComplete: boolean;
  /** By account, type and name without path. */
  readonly find: (key: string) => IamEntity | null;
}

interface Remembered {
  readonly accounts: ReadonlySet<AccountEvidence>;
  readonly index: IamIndex;
}

/** By each account of the set: every holder of every cluster asks, with the same accounts in another order. */
const indexes = new WeakMap<AccountEvidence, Remembered>();

export function indexIam(accounts: readonly AccountEvidence[]): IamIndex {
  const known = accounts[0] === undefined ? undefined : indexes.get(accounts[0]);
  if (known?.accounts.size === accounts.length && accounts.every((account) => known.accounts.has(account))) {
    return known.index;
  }
  const remembered = { accounts: new Set(accounts), index: buildIndex(accounts) };
  for (const account of accounts) indexes.set(account, remembered);
  return remembered.index;
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
  const members = new Map(
    accounts.flatMap(({ organization }) =>
      (organization?.accounts ?? []).map(
        ({ account, name }) => [account, { name, id: organization?.id ?? null }] as const,
      ),
    ),
  );
  return {
    ofAccount: (account) => byAccount.get(account) ?? null,
    accounts: [...byAccount.values()],
    nameOf: (account) => members.get(account)?.name ?? null,
    findOrganization: (account) => members.get(account)?.id ?? null,
    findGap: (account) => (byAccount.get(account)?.isComplete ? null : describeGap(account, accounts)),
    findByUniqueId: (id) => byUniqueId.get(id) ?? null,
  };
}

function indexAccount({ account, iam, coverage }: AccountEvidence): AccountIndex | null {
  if (iam === null) return null;
  const entities = [...iam.users, ...iam.roles];
  const byKey = new Map(entities.map((entity) => [principalKey(entity.principal), entity]));
  return {
    account,
    entities,
    isComplete: coverage.some(({ source, status }) => source === 'iam' && status === 'complete'),
    find: (key) => byKey.get(key) ?? null,
  };
}

function describeGap(account: string, accounts: readonly AccountEvidence[]): string {
  const evidence = accounts.find((candidate) => candidate.account === account);
  const coverage = evidence?.coverage.find(({ source }) => source === 'iam');
  const how = evidence?.iam ? 'was read in part' : 'was not read';
  return `IAM of account ${account} ${how}${coverage?.reason ? `: ${coverage.reason}` : ''}`;
}
