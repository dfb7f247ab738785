/** What was seen of a break-glass principal on a cluster into the report of its use, once that is over. */
import type { Access } from '../model/access.ts';
import type { EmergencyReport, EmergencySession } from '../model/break-glass.ts';
import type { BreakGlass } from '../model/config.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { Usage } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { arnKey } from '../rules/arn.ts';
import { type Assumption, findAssumption } from '../rules/assumed-sessions.ts';
import { isBreakGlass, isHolder, isSamePrincipal } from '../rules/declared.ts';
import { areDoorsRead } from '../rules/read-doors.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { compareTimes, msBetween } from '../rules/time.ts';
import { type Deed, listDeeds, sumDeeds } from './emergency-deeds.ts';

export interface SeenOnCluster {
  readonly cluster: Cluster;
  readonly access: readonly Access[];
  readonly coverage: readonly Coverage[];
  readonly usage: readonly Usage[];
  /** Of the cluster. */
  readonly records: readonly EvidenceRecord[];
  /** Of accounts: among them the calls that began the sessions. */
  readonly accountRecords: readonly EvidenceRecord[];
  /** ISO: up to when all that reaches. */
  readonly at: string;
}

/** Those declared for the cluster. */
export function listEmergencyPrincipals(declared: Pick<Facts, 'config' | 'cluster'>): readonly BreakGlass[] {
  return declared.config.breakGlass.filter(({ principal }) => isBreakGlass(principal, declared));
}

/** The same however keyholder.yml spells its path. */
export function nameEmergency(principal: string): string {
  return principal.startsWith('arn:') ? arnKey(principal) : principal;
}

export function isUseOf(principal: string, { subject }: Pick<Finding, 'subject'>): boolean {
  return isSamePrincipal(principal, subject.replace(/^(?:iam|user):/, ''));
}

/** Credentials whose end nobody saw may last longer: what comes later is another use, and another report. */
const QUIET_MS = 3_600_000;
const MOST_NAMED = 10;
/** Names are as long as others like: the report is a row of a table, and a message. */
const MOST_CHARACTERS = 300;

/** null while it goes on, and where nothing was seen on the cluster after `since` (ISO; null: ever). */
export function describeEmergencyUse(
  principal: string,
  seen: SeenOnCluster,
  since: string | null,
): EmergencyReport | null {
  const isNew = (at: string | null): at is string => at !== null && (since === null || msBetween(since, at) > 0);
  const usage = seen.usage.filter(
    ({ principalArn, username, lastAt }) => isSamePrincipal(principal, principalArn ?? username) && isNew(lastAt),
  );
  const deeds = listDeeds(principal, seen.records).filter(({ at }) => isNew(at));
  const logins = listLogins(principal, seen.records).filter(({ at }) => isNew(at));
  const times = listTimes(usage, [...deeds, ...logins])
    .filter(isNew)
    .sort(compareTimes);
  const [from, to] = [times[0], times.at(-1)];
  if (from === undefined || to === undefined) return null;
  const assumptions = listAssumptions(principal, seen, to).filter(({ at, expiresAt }) => isNew(at) || isNew(expiresAt));
  const over = judgeOver(assumptions, to, seen.at);
  if (over === null) return null;
  const calls = listDeeds(principal, seen.accountRecords).filter(({ at }) => isNew(at));
  const all = [...deeds, ...calls];
  return {
    principal,
    cluster: { arn: seen.cluster.arn, name: seen.cluster.name },
    ...{ from, to, over },
    ...listSessions(principal, assumptions, [...usage.map(readSession), ...deeds, ...logins]),
    addresses: listAddresses(assumptions, all),
    logins: Math.max(sum(usage.filter(({ source }) => source === 'authenticator-log')), logins.length),
    requests: countRequests(usage, deeds),
    ...sumDeeds(all),
    grant: judgeGrant(principal, seen),
    given: listGiven(principal, seen.access, from),
    unseen: listUnseen(principal, seen.coverage, assumptions),
  };
}

function listTimes(usage: readonly Usage[], deeds: readonly Sighting[]): readonly (string | null)[] {
  return [...usage.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]), ...deeds.map(({ at }) => at)];
}

function listAssumptions(
  principal: string,
  { records, accountRecords }: SeenOnCluster,
  to: string,
): readonly Assumption[] {
  const bySession = new Map<string, Assumption>();
  for (const record of [...records, ...accountRecords]) {
    const assumption = findAssumption(record);
    if (assumption === null || !isSamePrincipal(principal, assumption.roleArn)) continue;
    if (assumption.at !== null && msBetween(assumption.at, to) < 0) continue;
    const { accessKeyId, call } = assumption;
    const key = accessKeyId ?? call.eventId ?? JSON.stringify(call.evidence);
    // The role's own account does not know more of a caller than the account.
    if (!bySession.has(key) || call.actor.principalArn !== null) bySession.set(key, assumption);
  }
  return [...bySession.values()].sort((a, b) => compareTimes(a.at, b.at));
}

/** null while credentials that were given out still work, or somebody was there a moment ago. */
function judgeOver(assumptions: readonly Assumption[], to: string, at: string): EmergencyReport['over'] | null {
  if (msBetween(to, at) < QUIET_MS) return null;
  const ends = assumptions.flatMap(({ expiresAt }) => expiresAt ?? []);
  if (ends.some((end) => msBetween(end, at) < 0)) return null;
  return assumptions.length > 0 && ends.length === assumptions.length ? 'expired' : 'quiet';
}

type Sighting = Pick<Deed, 'sessionName' | 'at' | 'sourceIp'>;

/** Those that came by themselves, in case the log of the cluster is not read tonight. */
function listLogins(principal: string, records: readonly EvidenceRecord[]): readonly Sighting[] {
  return records.flatMap((record) => {
    if (record.source !== 'authenticator-log' || record.kind !== 'granted') return [];
    if (!isSamePrincipal(principal, record.arn ?? record.username)) return [];
    return [{ sessionName: record.sessionName, at: record.at, sourceIp: null }];
  });
}

function readSession({ sessionName, firstAt, lastAt }: Usage): Sighting {
  return { sessionName, at: firstAt ?? lastAt, sourceIp: null };
}

function listSessions(
  principal: string,
  assumptions: readonly Assumption[],
  seen: readonly Sighting[],
): Pick<EmergencyReport, 'sessions' | 'sessionsLeft'> {
  const begun = assumptions.map(({ sessionName, at, expiresAt, call }): EmergencySession => {
    const { principalArn, name, sessionName: session, sourceIp } = call.actor;
    const by = principalArn ?? name;
    return { name: sessionName, by: by === '' ? null : { name: by, session }, sourceIp, from: at, expiresAt };
  });
  const known = new Set(begun.map(({ name }) => name));
  // Nobody stands behind a user but whoever has its password or key.
  const by = isRole(principal) ? null : { name: principal, session: null };
  const others = new Map<string | null, EmergencySession>();
  for (const { sessionName: name, at, sourceIp } of seen) {
    if (known.has(name)) continue;
    const before = others.get(name);
    const from = before === undefined || compareTimes(at, before.from) < 0 ? at : before.from;
    others.set(name, { name, by, sourceIp: before?.sourceIp ?? sourceIp, from, expiresAt: null });
  }
  // A record that names no session is of one of those that others name.
  if (begun.length + others.size > 1) others.delete(null);
  const all = [...begun, ...others.values()];
  return { sessions: all.slice(0, MOST_NAMED).map(cutSession), sessionsLeft: Math.max(0, all.length - MOST_NAMED) };
}

function cutSession({ name, by, sourceIp, ...times }: EmergencySession): EmergencySession {
  return {
    ...times,
    name: name === null ? null : cut(name),
    by: by === null ? null : { name: cut(by.name), session: by.session === null ? null : cut(by.session) },
    sourceIp: sourceIp === null ? null : cut(sourceIp),
  };
}

function cut(text: string): string {
  return text.slice(0, MOST_CHARACTERS);
}

function listAddresses(assumptions: readonly Assumption[], deeds: readonly Deed[]): readonly string[] {
  const all = [...assumptions.map(({ call }) => call.actor.sourceIp), ...deeds.map(({ sourceIp }) => sourceIp)];
  return [...new Set(all.flatMap((address) => address ?? []))].slice(0, MOST_NAMED).map(cut);
}

function sum(usage: readonly Usage[]): number {
  return usage.reduce((total, { count }) => total + count, 0);
}

/** What was noted one by one is counted among the use of most sessions, and not of all. */
function countRequests(usage: readonly Usage[], deeds: readonly Deed[]): number {
  const noted = deeds.filter(({ evidence }) => evidence.source === 'audit-log').length;
  return Math.max(sum(usage.filter(({ source }) => source === 'audit-log')), noted);
}

function judgeGrant(principal: string, { access, cluster, coverage }: SeenOnCluster): EmergencyReport['grant'] {
  const held = access.find((row) => isHolder(principal, row));
  if (held !== undefined && held.grants.length > 0) {
    const ways = [...new Set(held.grants.map(({ via, detail }) => `${via} ${detail}`))];
    return { status: 'stands', detail: cut(`${held.level} by ${ways.slice(0, 3).join(', ')}`) };
  }
  if (areDoorsRead({ cluster, coverage }) && isReadInWhole(coverage, 'rbac')) return { status: 'gone', detail: '' };
  return { status: 'unknown', detail: 'not every source of grants was read' };
}

function listGiven(principal: string, access: readonly Access[], from: string): readonly string[] {
  return access
    .filter(
      ({ grantedBy, since }) =>
        grantedBy.value !== null &&
        isSamePrincipal(principal, grantedBy.value) &&
        since.value !== null &&
        msBetween(from, since.value) >= 0,
    )
    .map(({ holder, level }) => `${cut(holder.name)} (${level})`)
    .slice(0, MOST_NAMED);
}

const LOGS = ['authenticator-log', 'audit-log', 'cloudtrail'] as const;

function listUnseen(
  principal: string,
  coverage: readonly Coverage[],
  assumptions: readonly Assumption[],
): readonly string[] {
  const lacking = LOGS.flatMap((source) => {
    const row = coverage.find((candidate) => candidate.source === source);
    if (row?.status === 'complete') return [];
    return [cut(`${source}: ${row?.reason ?? 'not read'}`)];
  });
  const nobody = 'who assumed the role: no call to AssumeRole was seen, and a session name is chosen by the caller';
  return isRole(principal) && assumptions.length === 0 ? [...lacking, nobody] : lacking;
}

function isRole(principal: string): boolean {
  return principal.includes(':role/') || principal.includes(':assumed-role/');
}
