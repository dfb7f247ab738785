/** Which clusters a principal is an admin of, by the account of the principal: what makes a call to IAM concern a cluster. */

import { textIn, textsIn } from '../evidence/json-fields.ts';
import type { FindingStore } from '../ports.ts';
import { updateItem } from './update-item.ts';

const KEPT_MS = 3 * 24 * 3_600_000;

/** Admins of one cluster, as `arnKey` writes them; after an audit, all that there are. */
export interface ClusterAdmins {
  readonly clusterArn: string;
  /** ISO: up to when they are known. */
  readonly at: string;
  readonly admins: Iterable<string>;
}

/** After an audit: one row for each account that holds some, and an empty one where an account no longer does. */
export async function rememberAdmins(store: FindingStore, { clusterArn, at, admins }: ClusterAdmins): Promise<number> {
  const accounts = groupByAccount(admins);
  const own = placeAccount(clusterArn);
  if (own !== '' && !accounts.has(own)) accounts.set(own, []);
  let written = 0;
  for (const [account, keys] of accounts) {
    const isWritten = await updateItem(store, {
      partition: `account:${account}`,
      key: `admins#${clusterArn}`,
      change: (body) => (isSame(body, keys) ? null : { body: { clusterArn, at, admins: keys } }),
    });
    if (isWritten) written += 1;
  }
  return written;
}

/** After an event: they stand in a row of their own until the next audit has seen them. */
export async function rememberNewAdmins(store: FindingStore, { clusterArn, at, admins }: ClusterAdmins): Promise<void> {
  const expiresAt = new Date(Date.parse(at) + KEPT_MS).toISOString();
  for (const [account, keys] of groupByAccount(admins)) {
    const key = `admins#${clusterArn}#${at}#${keys[0] ?? ''}#${keys.length}`;
    await store.put({
      partition: `account:${account}`,
      key,
      version: 1,
      body: { clusterArn, at, admins: keys },
      expiresAt,
    });
  }
}

export interface AdminIndex {
  /** Clusters with an admin in this account. */
  readonly clusters: readonly string[];
  /** Those that this principal is an admin of. */
  readonly ofPrincipal: (key: string) => readonly string[];
}

export async function readAdminIndex(store: FindingStore, account: string): Promise<AdminIndex> {
  const rows = await store.list(`account:${account}`, 'admins#');
  const byCluster = rows.flatMap(({ body }) => {
    const clusterArn = textIn(body, 'clusterArn');
    return clusterArn === null ? [] : [{ clusterArn, admins: new Set(textsIn(body, 'admins')) }];
  });
  const list = (rowsOf: typeof byCluster) => [...new Set(rowsOf.map(({ clusterArn }) => clusterArn))];
  return {
    clusters: list(byCluster),
    ofPrincipal: (key) => list(byCluster.filter(({ admins }) => admins.has(key))),
  };
}

function groupByAccount(admins: Iterable<string>): Map<string, string[]> {
  const accounts = new Map<string, string[]>();
  for (const key of [...admins].sort()) {
    const account = /^\d{12}(?=:)/.exec(key)?.[0];
    if (account === undefined) continue;
    const keys = accounts.get(account);
    if (keys === undefined) accounts.set(account, [key]);
    else keys.push(key);
  }
  return accounts;
}

function placeAccount(clusterArn: string): string {
  return clusterArn.split(':')[4] ?? '';
}

function isSame(body: unknown, keys: readonly string[]): boolean {
  return JSON.stringify(textsIn(body, 'admins')) === JSON.stringify(keys);
}
