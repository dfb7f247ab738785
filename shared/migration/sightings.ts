/** Logins and refusals into the door that a principal came in by, since its entry was made. */
import type { Mapping } from '../model/access.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { VerifiedPrincipal } from '../model/migration.ts';
import type { Identity } from '../model/principal.ts';
import type { Denial } from '../model/records.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { groupBy } from '../rules/lists-by-key.ts';
import { compareTimes } from '../rules/time.ts';
import { isOpen, listRendered } from '../rules/usernames.ts';
import { fillAccount } from './entry-names.ts';

type Seen = Usage & { readonly lastAt: string };

export interface Sightings {
  readonly lastAfter: (key: string, since: string | null) => Seen | null;
  readonly refusedAfter: (key: string, since: string | null) => Denial | null;
  /** Principals that were known before and are refused now. */
  readonly listRefused: (since: string) => readonly VerifiedPrincipal[];
  /** The row of the same principal, that would count without the entry. */
  readonly rowOf: (key: string) => Mapping | null;
  /** null where no log can show a login. */
  readonly seenFrom: string | null;
  readonly unread: string | null;
}

export function openSightings({ usage, records, mappings, coverage }: Facts): Sightings {
  const uses = groupByArn(usage.filter(isSeen), ({ principalArn }) => principalArn ?? '');
  const denials = groupByArn(
    records.filter((record) => record.source === 'authenticator-log').filter((record) => record.kind === 'denied'),
    ({ arn }) => arn ?? '',
  );
  const rows = new Map(
    mappings.flatMap((mapping) => (mapping.row === null ? [] : [[principalKey(mapping.principal), mapping] as const])),
  );
  const lastAfter: Sightings['lastAfter'] = (key, since) =>
    (uses.get(key) ?? [])
      .filter(({ lastAt }) => isAfter(lastAt, since))
      .sort(byTime)
      .at(-1) ?? null;
  const refusedAfter: Sightings['refusedAfter'] = (key, since) =>
    (denials.get(key) ?? []).findLast(({ at }) => at !== null && isAfter(at, since)) ?? null;
  return {
    lastAfter,
    refusedAfter,
    listRefused: (since) =>
      [...denials.keys()].flatMap((key) => {
        const denial = refusedAfter(key, since);
        return denial === null || !uses.has(key) ? [] : [describeRefusal(denial, since)];
      }),
    rowOf: (key) => rows.get(key) ?? null,
    ...readSight(coverage),
  };
}

function isSeen(use: Usage): use is Seen {
  return use.principalArn !== null && use.lastAt !== null;
}

function byTime(a: Seen, b: Seen): number {
  return compareTimes(a.lastAt, b.lastAt);
}

function isAfter(at: string, since: string | null): boolean {
  return since === null || compareTimes(at, since) > 0;
}

/** Leaves out what names nobody. */
function groupByArn<T>(items: readonly T[], arnOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const named = items.filter((item) => arnOf(item) !== '');
  return groupBy(named, (item) => arnKey(arnOf(item)));
}

function readSight(coverage: readonly Coverage[]): Pick<Sightings, 'seenFrom' | 'unread'> {
  const logs = coverage.filter(({ source }) => source === 'authenticator-log' || source === 'audit-log');
  const starts = logs.flatMap(({ window }) => window?.from ?? []).sort(compareTimes);
  const reasons = logs.map(({ source, reason }) => `${source}: ${reason ?? 'holds no record'}`).join('; ');
  const unread = reasons === '' ? 'neither the authenticator log nor the audit log was read' : reasons;
  return { seenFrom: starts[0] ?? null, unread: starts.length === 0 ? unread : null };
}

function describeRefusal({ arn, at, error, evidence }: Denial, since: string): VerifiedPrincipal {
  return {
    principalArn: arn ?? '',
    ...{ arrival: 'refused', isExpected: false, lastAt: at, seenFrom: since },
    because: `It came in before, and was refused at ${at ?? 'a time that is not known'}: ${error}.`,
    evidence: [evidence],
  };
}

type Judged = Omit<VerifiedPrincipal, 'principalArn' | 'isExpected'>;

/** `door`: an access entry. */
export function judgeArrival(door: Mapping, sightings: Sightings): Judged {
  const key = principalKey(door.principal);
  const since = door.entry?.createdAt ?? null;
  const last = sightings.lastAfter(key, since);
  const denial = sightings.refusedAfter(key, since);
  const seenFrom =
    [since, sightings.seenFrom]
      .filter((time) => time !== null)
      .sort(compareTimes)
      .at(-1) ?? null;
  if (denial?.at != null && (last === null || compareTimes(denial.at, last.lastAt) > 0)) {
    const because = `It was refused at ${denial.at}: ${denial.error}.`;
    return { arrival: 'refused', lastAt: denial.at, seenFrom, because, evidence: [denial.evidence] };
  }
  if (last === null) return describeUnseen(sightings, since);
  return { ...judgeUse(last, door, sightings.rowOf(key)), lastAt: last.lastAt, seenFrom, evidence: [last.evidence] };
}

function describeUnseen({ seenFrom, unread }: Sightings, since: string | null): Judged {
  if (unread !== null) {
    const because = `No log that would show it was read: ${unread}.`;
    return { arrival: 'not-seen', lastAt: null, seenFrom: null, because, evidence: [] };
  }
  const isByEntry = since !== null && (seenFrom === null || compareTimes(since, seenFrom) >= 0);
  const from = isByEntry ? since : seenFrom;
  const why = isByEntry ? 'when its entry was made' : 'the first moment that we can see';
  const because = `Not seen since ${from ?? 'a time that is not known'}, ${why}.`;
  return { arrival: 'not-seen', lastAt: null, seenFrom: from, because, evidence: [] };
}

function judgeUse(use: Seen, door: Mapping, row: Mapping | null): Pick<Judged, 'arrival' | 'because'> {
  const { username, lastAt, policyArn } = use;
  if (policyArn !== null && door.policies.some((policy) => policy.policyArn === policyArn)) {
    return { arrival: 'through-entry', because: `Its access policy allowed a request at ${lastAt}.` };
  }
  const byEntry = isAs(use, door);
  const byRow = row !== null && isAs(use, row);
  if (byEntry && byRow)
    return {
      arrival: 'through-entry',
      because: `Last seen at ${lastAt} as ${username}; the entry and the row give the same name, and the entry counts first.`,
    };
  if (byEntry)
    return { arrival: 'through-entry', because: `Last seen at ${lastAt} as ${username}, as its entry says.` };
  if (byRow)
    return {
      arrival: 'through-aws-auth',
      because: `Last seen at ${lastAt} as ${username}, as its row says, not its entry.`,
    };
  return {
    arrival: 'entry-differs',
    because: `Last seen at ${lastAt} as ${username}, which neither its entry nor a row gives.`,
  };
}

/** Everybody who is logged in has it, and one of the two logs shows it. */
const ADDED = 'system:authenticated';

function isAs(use: Usage, door: Mapping): boolean {
  const fill = (text: string): string => fillAccount(text, door);
  const identity: Identity = { username: fill(door.identity.username), groups: door.identity.groups.map(fill) };
  const isNamed = isOpen(identity.username)
    ? listRendered([identity.username], [use.username]).length > 0
    : identity.username === use.username;
  if (!isNamed) return false;
  if (identity.groups.some(isOpen)) return true;
  // Of nodes the log shows groups that no entry lists.
  if (door.entry !== null && door.entry.type !== 'STANDARD')
    return identity.groups.every((group) => use.groups.includes(group));
  const tell = (groups: readonly string[]): string =>
    [...new Set(groups.filter((group) => group !== ADDED))].sort().join('\n');
  return tell(use.groups) === tell(identity.groups);
}
