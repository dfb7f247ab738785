/** What is remembered of a cluster, and a date, into who held what on it. */
import { LEVELS, type Level } from '../model/access.ts';
import type { ClusterHistory, ClusterMemory, HeldByHolder, HeldGrant } from '../model/history.ts';
import type { RememberedGrant } from '../model/remembered.ts';
import { isAdminLevel } from '../rules/keyholders.ts';
import { groupBy } from '../rules/lists-by-key.ts';
import { compareText } from '../rules/text-order.ts';
import { msBetween } from '../rules/time.ts';

/** All times ISO. */
export function describeHistory(memory: ClusterMemory, at: string, now: string): ClusterHistory {
  const { cluster, grants, firstAuditAt, lastAuditAt } = memory;
  const held = grants.flatMap((grant) => holdAt(grant, at, memory) ?? []);
  const holders = groupByHolder(held);
  return {
    schema: 'keyholder.history/v1',
    generatedAt: now,
    cluster,
    at,
    answer: answer(memory, holders, at),
    firstAuditAt,
    lastAuditAt,
    holders,
    notes: listNotes(memory, at),
  };
}

/** null where it is certain that the grant did not stand. */
function holdAt(grant: RememberedGrant, at: string, memory: ClusterMemory): HeldGrant | null {
  const begun = judgeBegun(grant, at);
  const standing = grant.until === null ? judgeOpen(grant, at, memory) : judgeStanding(grant, at);
  if (begun === 'no' || standing === 'no') return null;
  const doubts = [begun, standing].filter((one) => one !== 'yes');
  return describeGrant(grant, doubts.length === 0 ? null : doubts.join('; '));
}

export function describeGrant(grant: RememberedGrant, doubt: string | null): HeldGrant {
  const { holder, principalArn, via, detail, scope, level, reason, evidence, from, isFromKnown, until } = grant;
  const { grantedBy, endedBy = null, isUntilKnown = false } = grant;
  const what = { holder, principalArn, via, detail, scope, level, reason, evidence };
  const certainty = doubt === null ? 'held' : 'maybe';
  return { ...what, certainty, doubt, from, isFromKnown, until, isUntilKnown, grantedBy, endedBy };
}

/** `yes`, `no`, or why neither can be said. */
type Judgement = 'yes' | 'no' | (string & {});

function judgeBegun({ from, isFromKnown, absentAt = null, life = null }: RememberedGrant, at: string): Judgement {
  if (msBetween(from, at) >= 0) return 'yes';
  if (isFromKnown || (life !== null && msBetween(life, at) < 0)) return 'no';
  if (absentAt === null) return `first seen ${from}, and nothing tells since when it stood`;
  return msBetween(absentAt, at) <= 0 ? 'no' : `first seen ${from}, and not there yet at ${absentAt}`;
}

function judgeStanding({ until, isUntilKnown = false, lastSeenAt = null }: RememberedGrant, at: string): Judgement {
  if (until === null) return 'yes';
  if (msBetween(until, at) >= 0) return 'no';
  if (isUntilKnown || (lastSeenAt !== null && msBetween(at, lastSeenAt) >= 0)) return 'yes';
  return `no longer seen at ${until}${lastSeenAt === null ? '' : `, and last seen ${lastSeenAt}`}`;
}

/** Nobody saw the end of it: which says something only where an audit looked. */
function judgeOpen({ via, from }: RememberedGrant, at: string, { viaReadAt, lastAuditAt }: ClusterMemory): Judgement {
  const readAt = Object.hasOwn(viaReadAt, via) ? (viaReadAt[via] ?? null) : null;
  const seenAt = readAt === null || msBetween(from, readAt) < 0 ? from : readAt;
  const wasMissed = lastAuditAt !== null && msBetween(seenAt, lastAuditAt) > 0;
  return wasMissed && msBetween(seenAt, at) > 0 ? `no audit since ${seenAt} could see whether it still stood` : 'yes';
}

function groupByHolder(grants: readonly HeldGrant[]): readonly HeldByHolder[] {
  const groups = groupBy(grants, ({ holder }) => `${holder.kind} ${holder.name}`);
  return [...groups.values()].map(describeHolder).sort(compareHolders);
}

function describeHolder(grants: readonly HeldGrant[]): HeldByHolder {
  const sorted = [...grants].sort(
    (a, b) =>
      rankOf(b.level) - rankOf(a.level) || compareText(a.certainty, b.certainty) || compareText(a.detail, b.detail),
  );
  const [first] = sorted;
  if (first === undefined) throw new RangeError('expected at least one grant, got none');
  return { holder: first.holder, level: first.level, certainty: first.certainty, grants: sorted };
}

function compareHolders(a: HeldByHolder, b: HeldByHolder): number {
  return (
    rankOf(b.level) - rankOf(a.level) ||
    // `held` stands before `maybe` in the alphabet too.
    compareText(a.certainty, b.certainty) ||
    compareText(`${a.holder.kind} ${a.holder.name}`, `${b.holder.kind} ${b.holder.name}`)
  );
}

function rankOf(level: Level): number {
  return LEVELS.indexOf(level);
}

function answer({ cluster, firstAuditAt }: ClusterMemory, holders: readonly HeldByHolder[], at: string): string {
  const admins = holders.filter(({ level }) => isAdminLevel(level));
  const sure = admins.filter(({ certainty }) => certainty === 'held').length;
  const more = admins.length - sure;
  const perhaps = more === 0 ? '' : `, and ${more} more that may have`;
  if (sure > 0 || more > 0) return `${sure} could administer ${cluster.name} on ${at}${perhaps}`;
  // What was never looked at is not empty.
  return firstAuditAt === null || msBetween(firstAuditAt, at) < 0
    ? `Who could administer ${cluster.name} on ${at} is not known: ${nameFirstDay(firstAuditAt)}`
    : `No grant that administers ${cluster.name} was seen on ${at}`;
}

function nameFirstDay(firstAuditAt: string | null): string {
  if (firstAuditAt === null) return 'no audit has read every source of grants yet';
  return `not seen before ${firstAuditAt}, the first day we can see`;
}

function listNotes({ firstAuditAt, lastAuditAt, grantsReadAt, lives }: ClusterMemory, at: string): readonly string[] {
  const notes: string[] = [];
  const isBefore = firstAuditAt === null || msBetween(firstAuditAt, at) < 0;
  if (isBefore) {
    notes.push(`What had ended before the first audit is not here: ${nameFirstDay(firstAuditAt)}.`);
  }
  if (lastAuditAt !== null && msBetween(lastAuditAt, at) > 0) {
    notes.push(`The cluster was last audited at ${lastAuditAt}: what changed since is not here.`);
  }
  const partial = notePartialReads({ lastAuditAt, grantsReadAt }, at);
  if (partial !== null) notes.push(partial);
  if (lives.length > 0 && !lives.some(({ createdAt }) => msBetween(createdAt, at) >= 0)) {
    notes.push('No cluster of this name that we know of had been created yet.');
  }
  for (const { createdAt, until } of lives) {
    if (until !== null) notes.push(`A cluster of this name, created ${createdAt}, was gone by ${until}.`);
  }
  return notes;
}

/** What was not read has not changed for all that anybody knows; null where the last audit before `at` read it all. */
export function notePartialReads(
  { lastAuditAt, grantsReadAt }: Pick<ClusterMemory, 'lastAuditAt' | 'grantsReadAt'>,
  at: string,
): string | null {
  const isPartial = grantsReadAt !== null && lastAuditAt !== null && msBetween(grantsReadAt, lastAuditAt) > 0;
  if (!isPartial || msBetween(grantsReadAt, at) <= 0) return null;
  return `Since ${grantsReadAt} no audit has read every source of grants: there may be more, and some may be over.`;
}
