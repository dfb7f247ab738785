/** Which principals of an account are kept for emergencies, by the account: what makes a call that names no cluster a use. */
import type { BreakGlass } from '../model/config.ts';
import type { FindingStore } from '../ports.ts';
import { append } from '../rules/lists-by-key.ts';
import { DECLARED_PREFIX } from './admin-index.ts';
import { updateItem } from './update-item.ts';

/** An account of which nothing is declared any more is not told so: its rows run out. */
const KEPT_MS = 7 * 24 * 3_600_000;

export interface DeclaredOnCluster {
  readonly clusterArn: string;
  /** ISO. */
  readonly at: string;
  /** Those declared for the cluster. */
  readonly breakGlass: readonly Pick<BreakGlass, 'principal'>[];
}

/** After an audit: one row for each account. Gives how many were written. */
export async function rememberDeclared(
  store: FindingStore,
  { clusterArn, at, breakGlass }: DeclaredOnCluster,
): Promise<number> {
  const accounts = new Map<string, string[]>();
  for (const { principal } of breakGlass) {
    const account = accountOf(principal);
    if (account !== null) append(accounts, account, principal);
  }
  const expiresAt = new Date(Date.parse(at) + KEPT_MS).toISOString();
  let written = 0;
  for (const [account, principals] of accounts) {
    const body = { clusterArn, at, breakGlass: principals };
    const isWritten = await updateItem(store, {
      partition: `account:${account}`,
      key: `${DECLARED_PREFIX}${clusterArn}`,
      change: (stored) => (JSON.stringify(stored) === JSON.stringify(body) ? null : { body, expiresAt }),
    });
    if (isWritten) written += 1;
  }
  return written;
}

function accountOf(principal: string): string | null {
  return /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? null;
}
