/** The accounts that a run is about: those named, this one alone, or every active one of the organisation. */
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { type AwsAccess, createClient } from './access.ts';
import { listPages } from './call.ts';
import { readCallerIdentity } from './caller.ts';
import type { Failure } from './failure.ts';

export interface ListedAccounts {
  readonly accounts: readonly string[];
  /** Why there may be more; null when these are all. */
  readonly gap: Pick<Failure, 'status' | 'reason' | 'mend'> | null;
}

/** In place of account ids: all that the organisation has. */
const ALL = 'organization';

export async function listAccounts(access: AwsAccess, named: readonly string[]): Promise<ListedAccounts> {
  const isAll = named.includes(ALL);
  const ids = named.filter((name) => name !== ALL);
  if (!isAll && ids.length > 0) return { accounts: ids, gap: null };
  const { account: own } = await readCallerIdentity(access);
  if (!isAll) return { accounts: [own], gap: null };
  const client = createClient(access, OrganizationsClient, access.region);
  const { items, failure } = await listPages(
    {
      asked: { action: 'organizations:ListAccounts', resource: '*', on: 'the organisation' },
      ask: (NextToken) => client.send(new ListAccountsCommand({ NextToken })),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.Accounts,
  );
  const active = (items ?? []).filter(({ Status }) => Status === 'ACTIVE').flatMap(({ Id }) => Id ?? []);
  const accounts = [...new Set([own, ...ids, ...active])].sort();
  if (failure === null) return { accounts, gap: null };
  const { status, reason, mend } = failure;
  return { accounts, gap: { status, reason, mend } };
}
