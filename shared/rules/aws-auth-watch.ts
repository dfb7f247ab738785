/** Writes of aws-auth, in the order of the records, into the rows and accounts that each of them newly lets in. */
import type { AwsAuth, AwsAuthRow } from '../model/aws-auth.ts';
import type { Facts } from '../model/facts.ts';
import type { Correlator, Match } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { findAccessSubject, isChange } from './access-events.ts';
import { arnKey, principalKey } from './arn.ts';
import { tellWrite } from './told-writes.ts';

export interface AwsAuthChange {
  /**
   * Rows that let somebody in (no access entry overrides them) and stood otherwise, or not at all, before; all of them
   * where that is not known.
   */
  readonly rows: readonly AwsAuthRow[];
  readonly accounts: readonly string[];
  readonly event: AuditEvent;
  /** False when no earlier record shows what stood there before. */
  readonly isCompared: boolean;
}

/** Nothing where the cluster is known not to read aws-auth. */
export function watchAwsAuth(facts: Facts | null, judge: (change: AwsAuthChange) => Iterable<Match>): Correlator {
  const found: Match[] = [];
  const overriding = new Set(facts === null ? [] : listEntryKeys(facts));
  let before: AwsAuth | 'absent' | 'unknown' = 'unknown';
  return {
    add: (record) => {
      if (facts?.cluster.authenticationMode === 'API' || !isChange(record)) return;
      if (findAccessSubject(record) !== 'aws-auth') return;
      const after = record.written?.kind === 'aws-auth' ? record.written.awsAuth : null;
      if (after !== null) {
        const all = compare(before, after, record);
        const change = { ...all, rows: all.rows.filter(({ arn }) => !overriding.has(arnKey(arn))) };
        const write = { event: record, facts, object: 'aws-auth', pronoun: 'it', isCompared: all.isCompared } as const;
        for (const match of judge(change)) found.push(tellWrite(match, write));
      }
      before = after ?? (record.verb === 'delete' ? 'absent' : 'unknown');
    },
    matches: () => found,
  };
}

function* listEntryKeys({ mappings }: Facts): Iterable<string> {
  for (const { via, inert, principal } of mappings) {
    if (via === 'access-entry' && inert === null) yield principalKey(principal);
  }
}

function compare(before: AwsAuth | 'absent' | 'unknown', after: AwsAuth, event: AuditEvent): AwsAuthChange {
  const known = typeof before === 'string' ? null : before;
  const rows = new Set(known?.rows.filter((row) => row.matches).map(toText));
  const accounts = new Set(known?.accounts.map(({ account }) => account));
  return {
    rows: after.rows.filter((row) => row.matches && !rows.has(toText(row))),
    accounts: after.accounts.map(({ account }) => account).filter((account) => !accounts.has(account)),
    event,
    isCompared: before !== 'unknown',
  };
}

function toText({ arn, username, groups }: AwsAuthRow): string {
  return JSON.stringify([arn.toLowerCase(), username, groups]);
}
