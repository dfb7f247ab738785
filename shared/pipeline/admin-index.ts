/** Which clusters a principal is an admin of, by the account of the principal: what makes a call to IAM concern a cluster. */

import { createHash } from 'node:crypto';
import { textIn, textsIn } from '../evidence/json-fields.ts';
import type { FindingStore } from '../ports.ts';
import { append } from '../rules/lists-by-key.ts';
import { updateItem } from './update-item.ts';

const KEPT_MS = 3 * 24 * 3_600_000;

/** Admins of one cluster, as `arnKey` writes them. */
export interface ClusterAdmins {
  readonly clusterArn: string;
  /** ISO: up to when they are known. */
  readonly at: string;
  readonly admins: Iterable<string>;
}

export interface AuditedAdmins extends ClusterAdmins {
  /** Everything was read that makes an admin; else who was one before may still be. */
  readonly isWhole: boolean;
}

/**
 * After an audit: one row for each account that holds some, and one of the cluster's own account though it be empty, for
 * a call to IAM may make the first. The row of another account that holds none any more stays: it costs a look, no more.
 */
export async function rememberAdmins(
  store: FindingStore,
  { clusterArn, at, admins, isWhole }: AuditedAdmins,
): Promise<number> {
  const accounts = groupByAccount(admins);
  const own = placeAccount(clusterArn);
  if (own !== '' && !accounts.has(own)) accounts.set(own, []);
  let written = 0;
  for (const [account, keys] of accounts) {
    const place = { partition: `account:${account}`, key: `admins#${clusterArn}` };
    const isWritten = await updateItem(store, {
      ...place,
      // Most nights find it as it was: a read costs less than a write that is refused.
      known: await store.get(place.partition, place.key),
      change: (body) => {
        const before = textsIn(body, 'admins');
        const next = isWhole ? keys : [...new Set([...before, ...keys])].sort();
        return body !== null && isSame(before, next) ? null : { body: { clusterArn, at, admins: next } };
      },
    });
    if (isWritten) written += 1;
  }
  return written;
}

/** After an event: they stand in a row of their own until the next audit has seen them. */
export async function rememberNewAdmins(store: FindingStore, { clusterArn, at, admins }: ClusterAdmins): Promise<void> {
  const expiresAt = new Date(Date.parse(at) + KEPT_MS).toISOString();
  for (const [account, keys] of groupByAccount(admins)) {
    const name = createHash('sha256').update(JSON.stringify(keys)).digest('hex').slice(0, 32);
    const key = `admins#${clusterArn}#${at}#${name}`;
    await store.put({
      partition: `account:${account}`,
      key,
      version: 1,
      body: { clusterArn, at, admins: keys },
      expiresAt,
    });
  }
}

/** Rows of whom an account keeps for emergencies: they are read together with those of its admins. */
export const DECLARED_PREFIX = 'admins-declared#';

export interface AdminIndex {
  /** Principals of the account that are kept for emergencies, as they were declared. */
  readonly emergencies: readonly string[];
  /** Clusters of this account, and those with an admin in it. */
  readonly clusters: readonly string[];
  /** Those that this principal is an admin of. */
  readonly ofPrincipal: (key: string) => readonly string[];
}

export async function readAdminIndex(store: FindingStore, account: string): Promise<AdminIndex> {
  const rows = await store.list(`account:${account}`, 'admins');
  const byCluster = rows.flatMap(({ key, body }) => {
    const clusterArn = textIn(body, 'clusterArn');
    if (clusterArn === null || key.startsWith(DECLARED_PREFIX)) return [];
    return [{ clusterArn, admins: new Set(textsIn(body, 'admins')) }];
  });
  const declared = rows.filter(({ key }) => key.startsWith(DECLARED_PREFIX));
  const list = (rowsOf: typeof byCluster) => [...new Set(rowsOf.map(({ clusterArn }) => clusterArn))];
  return {
    emergencies: [...new Set(declared.flatMap(({ body }) => textsIn(body, 'breakGlass')))],
    clusters: list(byCluster),
    ofPrincipal: (key) => list(byCluster.filter(({ admins }) => admins.has(key))),
  };
}

/** Those in which admins lie, or somebody who stands behind one: whose IAM decides who is admin. */
export function listAdminAccounts(admins: Iterable<string>): readonly string[] {
  return [...groupByAccount(admins).keys()];
}

function groupByAccount(admins: Iterable<string>): Map<string, string[]> {
  const accounts = new Map<string, string[]>();
  for (const key of [...admins].sort()) {
    const account = /^\d{12}(?=:)/.exec(key)?.[0];
    if (account !== undefined) append(accounts, account, key);
  }
  return accounts;
}

function placeAccount(clusterArn: string): string {
  return clusterArn.split(':')[4] ?? '';
}

function isSame(before: readonly string[], keys: readonly string[]): boolean {
  return JSON.stringify(before) === JSON.stringify(keys);
}
