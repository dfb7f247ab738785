/** What happened to a cluster since it was read into the findings that one of these events makes new, or worse. */
import { isDeepStrictEqual } from 'node:util';
import {
  changesState,
  inTimeOrder,
  isReadSince,
  MANY_HAPPENED,
  momentOf,
  type Standing,
  standNow,
} from '../evidence/stand-now.ts';
import { hasNewGainers } from '../findings/gained.ts';
import { compareSeverity } from '../findings/severity.ts';
import type { Verdict } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Happening } from '../model/happening.ts';
import { isRecurring } from './detection-rules.ts';
import { type Evaluated, evaluateStanding } from './evaluate-standing.ts';
import type { OpenSnapshot } from './open-standing.ts';

/** A finding, and the event after which it stood. */
export interface News {
  readonly finding: Finding;
  readonly shownBy: Happening;
}

export interface Listed {
  readonly news: readonly News[];
  /** What only another read shows. */
  readonly unknown: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** Those that are none without the event, and were none when the cluster was read. */
  readonly newAdmins: readonly string[];
}

/**
 * The cluster as it stood after the event, and after each later one that changed it: an event that comes late is judged
 * among those that came before it, so that the order of deliveries does not matter. The worst account of a fact counts.
 */
export function listNews(snapshot: OpenSnapshot, happened: readonly Happening[], happening: Happening): Listed {
  const inOrder = inTimeOrder(recognize(snapshot, happened));
  const news = new Map<string, News>();
  const { lengths, isCut } = listStates(inOrder, happening, snapshot.at);
  const states = lengths.map((length) => {
    const known = inOrder.slice(0, length);
    const shownBy = known.at(-1) ?? happening;
    const { standing, evaluated } = judgeState(snapshot, known);
    const others = known.filter(({ id }) => id !== happening.id);
    const without = others.length === 0 ? snapshot : judgeState(snapshot, others).evaluated;
    for (const finding of evaluated.findings.values()) {
      // What stands without it is told by the events that made it so.
      if (isSame(finding, without.findings.get(finding.fingerprint)) || !isNews(finding, snapshot.findings)) continue;
      note(news, { finding, shownBy: findOldShower(finding, known, snapshot.at) ?? shownBy });
    }
    return { standing, evaluated, admins: [...evaluated.admins].filter((admin) => !without.admins.has(admin)) };
  });
  const last = states.at(-1);
  return {
    news: [...news.values()],
    unknown: [...(last?.standing.unknown ?? []), ...(isCut ? ['an event that came after many of a later time'] : [])],
    verdicts: last?.evaluated.verdicts ?? [],
    newAdmins: [...new Set(states.flatMap(({ admins }) => admins))].filter((admin) => !snapshot.admins.has(admin)),
  };
}

interface Judged {
  readonly known: readonly Happening[];
  readonly standing: Standing;
  readonly evaluated: Evaluated;
}

/** Events that were read before, of each snapshot: their rows never change. */
const READ = new WeakMap<OpenSnapshot, ReadonlyMap<string, Happening>>();

/** The same objects as the last time, so that what was made of them is known again. */
function recognize(snapshot: OpenSnapshot, happened: readonly Happening[]): readonly Happening[] {
  const before = READ.get(snapshot);
  const pairs = happened.map((one) => {
    const key = `${one.at} ${one.id}`;
    return [key, before?.get(key) ?? one] as const;
  });
  READ.set(snapshot, new Map(pairs));
  return pairs.map(([, one]) => one);
}

/** States that were judged last, of each snapshot: what stood before an event is what stood after the one before it. */
const JUDGED = new WeakMap<OpenSnapshot, readonly Judged[]>();
const MOST_JUDGED = 4;

function judgeState(snapshot: OpenSnapshot, known: readonly Happening[]): Judged {
  const states = JUDGED.get(snapshot) ?? [];
  const judged = states.find((one) => isSameList(one.known, known));
  if (judged !== undefined) return judged;
  const standing = standNow(snapshot.standing, snapshot.at, known);
  const last = known.at(-1);
  const now = last === undefined ? (snapshot.at ?? '') : momentOf(last, snapshot.at);
  const made = { known, standing, evaluated: evaluateStanding(standing, now) };
  JUDGED.set(snapshot, [made, ...states].slice(0, MOST_JUDGED));
  return made;
}

function isSameList(one: readonly Happening[], other: readonly Happening[]): boolean {
  return one.length === other.length && one.every((happening, index) => happening === other[index]);
}

/** Whatever the moment at which it was looked at. */
function isSame(finding: Finding, other: Finding | undefined): boolean {
  if (other === undefined) return false;
  const { firstSeenAt, lastSeenAt } = finding;
  return isDeepStrictEqual(finding, { ...other, firstSeenAt, lastSeenAt });
}

interface States {
  /** How many of the events make each state that this one takes part in and that differs from the one before it. */
  readonly lengths: readonly number[];
  /** There are more of them. */
  readonly isCut: boolean;
}

/** Of the states between its own and the last; in a storm none, for then the cluster is read again in any case. */
const MOST_STATES = 8;

function listStates(inOrder: readonly Happening[], happening: Happening, readAt: string | null): States {
  const first = inOrder.findIndex(({ id }) => id === happening.id);
  const last = inOrder.length - 1;
  if (first === last || isReadSince(happening, readAt)) return { lengths: [last + 1], isCut: false };
  const between = inOrder.flatMap(({ record }, index) =>
    index > first && index < last && changesState(record) ? [index + 1] : [],
  );
  const most = inOrder.length < MANY_HAPPENED ? MOST_STATES : 0;
  return { lengths: [first + 1, ...between.slice(0, most), last + 1], isCut: between.length > most };
}

function note(news: Map<string, News>, told: News): void {
  const known = news.get(told.finding.fingerprint);
  if (known === undefined) news.set(told.finding.fingerprint, told);
  else if (compareSeverity(told.finding.severity, known.finding.severity) <= 0) {
    const { firstSeenAt } = known.finding;
    news.set(told.finding.fingerprint, { finding: { ...told.finding, firstSeenAt }, shownBy: known.shownBy });
  }
}

/**
 * Findings that did not stand before, and those that are worse than they were. What is of no consequence waits for the
 * next audit, and so does what no event shows unless it is grave: it tells of a state that may last for a minute.
 */
function isNews(finding: Finding, before: ReadonlyMap<string, Finding>): boolean {
  if (compareSeverity(finding.severity, finding.at === null ? 'high' : 'low') > 0) return false;
  const earlier = before.get(finding.fingerprint);
  if (earlier === undefined || earlier.status !== finding.status) return finding.status !== 'resolved';
  if (finding.status !== 'resolved' && hasNewGainers(earlier, finding)) return true;
  if (isRecurring(finding) && Date.parse(earlier.at ?? '') < Date.parse(finding.at ?? '')) return true;
  return compareSeverity(finding.severity, earlier.severity) < 0;
}

/** What happened before the read changed nothing since: it is itself what shows the finding that points at it. */
function findOldShower(finding: Finding, known: readonly Happening[], readAt: string | null): Happening | undefined {
  const ids = new Set(finding.evidence.map(({ id, at }) => JSON.stringify([id, at])));
  return known.find(
    (one) => isReadSince(one, readAt) && ids.has(JSON.stringify([one.record.evidence.id, one.record.evidence.at])),
  );
}
