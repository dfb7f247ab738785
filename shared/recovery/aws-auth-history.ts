/** What is known of aws-auth over time into how it stands, since which write, and the last content that was good. */
import type { AwsAuth, AwsAuthRow } from '../model/aws-auth.ts';
import type { Ref } from '../model/coverage.ts';
import type { Facts } from '../model/facts.ts';
import { arnKey } from '../rules/arn.ts';
import { compareTimes, msBetween } from '../rules/time.ts';
import { type AwsAuthEvent, isWhole, listAwsAuthEvents } from './aws-auth-events.ts';

export interface GoodAwsAuth {
  readonly at: string | null;
  readonly content: AwsAuth;
  readonly from: 'the stored state' | 'the audit log';
  readonly evidence: Ref;
}

/** `ignored`: the mode does not read it. `absent`: there is none, and nothing shows that there ever was. */
export type AwsAuthStatus = 'ignored' | 'good' | 'broken' | 'deleted' | 'absent' | 'unknown';

export interface AwsAuthHistory {
  readonly status: AwsAuthStatus;
  readonly current: AwsAuth | null;
  /** The latest whole content before what stands. */
  readonly lastGood: GoodAwsAuth | null;
  /** Rows of it that let somebody in and stand no more. */
  readonly lostRows: readonly AwsAuthRow[];
  /** The event since which it is broken or deleted. */
  readonly badSince: AwsAuthEvent | null;
  readonly events: readonly AwsAuthEvent[];
}

export function resolveAwsAuthHistory(facts: Facts, stored: readonly GoodAwsAuth[]): AwsAuthHistory {
  const { awsAuth: current, records } = facts;
  const events = listAwsAuthEvents(records);
  const goods = [...stored, ...events.flatMap(toGood)].sort((a, b) => compareTimes(a.at, b.at));
  const status = judge(facts, events, goods);
  const lastGood = findLastGood(goods, current, status);
  const lostRows = lastGood === null ? [] : listLost(lastGood.content, status === 'deleted' ? null : current);
  const isBad = status === 'broken' || status === 'deleted';
  return { status, current, lastGood, lostRows, badSince: isBad ? findBadSince(events) : null, events };
}

function toGood({ left, content, at, evidence }: AwsAuthEvent): readonly GoodAwsAuth[] {
  return left === 'whole' && content !== null ? [{ at, content, from: 'the audit log', evidence }] : [];
}

function judge(facts: Facts, events: readonly AwsAuthEvent[], goods: readonly GoodAwsAuth[]): AwsAuthStatus {
  const { awsAuth, cluster, coverage } = facts;
  if (cluster.authenticationMode === 'API') return 'ignored';
  if (awsAuth !== null) return isWhole(awsAuth) ? 'good' : 'broken';
  const last = events.at(-1);
  if (last?.left === 'absent') return 'deleted';
  if (last?.left === 'damaged') return 'broken';
  const isRead = coverage.some(({ source, status }) => source === 'aws-auth' && status === 'complete');
  if (!isRead) return 'unknown';
  return goods.length > 0 ? 'deleted' : 'absent';
}

/** Of a content that stands whole, what was good before it holds more rows; else the latest is the one to go back to. */
function findLastGood(goods: readonly GoodAwsAuth[], current: AwsAuth | null, status: AwsAuthStatus) {
  const filled = goods.filter(({ content }) => content.rows.length + content.accounts.length > 0);
  if (status !== 'good') return filled.at(-1) ?? null;
  return filled.findLast(({ content }) => listLost(content, current).length > 0) ?? null;
}

function listLost(before: AwsAuth, now: AwsAuth | null): readonly AwsAuthRow[] {
  const standing = new Set((now?.rows ?? []).filter(({ matches }) => matches).map(({ arn }) => arnKey(arn)));
  return before.rows.filter(({ arn, matches }) => matches && !standing.has(arnKey(arn)));
}

/** The first of the unbroken run of damage that reaches up to now; what was not read breaks no run and begins none. */
function findBadSince(events: readonly AwsAuthEvent[]): AwsAuthEvent | null {
  const lastWhole = events.findLastIndex(({ left }) => left === 'whole');
  return events.slice(lastWhole + 1).find(({ left }) => left === 'damaged' || left === 'absent') ?? null;
}

/** The first event that took the rows of an ARN away for good; null when no record shows it. */
export function findRowLoss({ events, badSince }: AwsAuthHistory, arn: string): AwsAuthEvent | null {
  const key = arnKey(arn);
  const holds = ({ content }: AwsAuthEvent): boolean =>
    content?.rows.some((row) => row.matches && arnKey(row.arn) === key) ?? false;
  const lastWith = events.findLastIndex(holds);
  if (lastWith === -1) return badSince;
  return events.slice(lastWith + 1).find(({ left }) => left !== 'unread') ?? null;
}

/**
 * What to take for the ConfigMap: a record of a later write or deletion overrules the file, whose own time nobody
 * knows. Versions and creation times of the object itself tell which is later.
 */
export function pickAwsAuth(file: AwsAuth | null, records: Parameters<typeof listAwsAuthEvents>[0]): AwsAuth | null {
  const last = listAwsAuthEvents(records).findLast(({ evidence }) => evidence.source === 'audit-log');
  if (last === undefined || last.left === 'unread') return file;
  if (file === null) return last.content;
  if (last.left === 'absent') {
    const isOlder = file.createdAt !== null && last.at !== null && msBetween(file.createdAt, last.at) > 0;
    return isOlder ? null : file;
  }
  const [was, is] = [versionOf(file), versionOf(last.content)];
  return was !== null && is !== null && is > was ? last.content : file;
}

function versionOf(content: AwsAuth | null): bigint | null {
  const text = content?.resourceVersion ?? '';
  return /^\d{1,30}$/.test(text) ? BigInt(text) : null;
}
