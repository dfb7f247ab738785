/** What is remembered of clusters, and two dates, into what changed between them and who changed it. */
import type {
  ChangedFinding,
  ChangedGrant,
  ChangedLevel,
  ClusterMemory,
  EstateDiff,
  EstateMemory,
} from '../model/history.ts';
import type { RememberedFinding, RememberedGrant } from '../model/remembered.ts';
import { compareText } from '../rules/text-order.ts';
import { msBetween } from '../rules/time.ts';
import { describeGrant, notePartialReads } from './history.ts';

/** ISO; `from` itself is left out, `to` belongs to it. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export function describeDiff(
  { clusters: memories, findings: others }: EstateMemory,
  span: Span,
  now: string,
): EstateDiff {
  const parts = memories.map((memory) => diffCluster(memory, span));
  const begun = parts.flatMap((part) => part.begun).sort(compareChanges);
  const ended = parts.flatMap((part) => part.ended).sort(compareChanges);
  const levels = parts.flatMap((part) => part.levels);
  const findings = [...parts.flatMap((part) => part.findings), ...listFindings(null, others, span)];
  return {
    schema: 'keyholder.diff/v1',
    generatedAt: now,
    ...span,
    answer: `Between ${span.from} and ${span.to}: ${begun.length} grants given, ${ended.length} ended, ${levels.length} of another level, ${findings.length} findings changed`,
    clusters: memories.map(({ cluster }) => cluster),
    begun,
    ended,
    levels,
    firstSeen: parts.flatMap((part) => part.firstSeen),
    findings: findings.sort(compareFindings),
    notes: memories.flatMap((memory) => listNotes(memory, span)),
  };
}

function diffCluster(memory: ClusterMemory, span: Span) {
  const begun = memory.grants.filter(({ from }) => isWithin(from, span)).map((grant) => describeBegin(grant, memory));
  const ended = memory.grants.flatMap((grant) =>
    grant.until !== null && isWithin(grant.until, span) ? [describeEnd(grant, grant.until, memory)] : [],
  );
  const levels = pairLevels(begun, ended);
  const paired = new Set(levels.flatMap(({ made, over }) => [made, over]));
  const news = begun.filter((grant) => !paired.has(grant));
  const isKnown = ({ isFromKnown, notBefore }: ChangedGrant): boolean => isFromKnown || notBefore !== null;
  return {
    begun: news.filter(isKnown),
    firstSeen: news.filter((grant) => !isKnown(grant)),
    ended: ended.filter((grant) => !paired.has(grant)),
    levels: levels.map(({ made, over }): ChangedLevel => ({ before: over.level, grant: made })),
    findings: listFindings(memory.cluster, memory.findings, span),
  };
}

function describeBegin(grant: RememberedGrant, { cluster }: ClusterMemory): ChangedGrant {
  return {
    ...describeGrant(grant, null),
    cluster,
    changedAt: grant.from,
    notBefore: grant.isFromKnown ? null : (grant.absentAt ?? null),
    changedBy: grant.grantedBy,
  };
}

function describeEnd(grant: RememberedGrant, until: string, { cluster }: ClusterMemory): ChangedGrant {
  return {
    ...describeGrant(grant, null),
    cluster,
    changedAt: until,
    notBefore: grant.isUntilKnown === true ? null : (grant.lastSeenAt ?? null),
    changedBy: grant.endedBy ?? null,
  };
}

/** The same grant that ended and began at one moment has only changed its level. */
function pairLevels(begun: readonly ChangedGrant[], ended: readonly ChangedGrant[]) {
  const byKey = new Map(ended.map((grant) => [keyOf(grant), grant]));
  return begun.flatMap((made) => {
    const over = byKey.get(keyOf(made));
    return over === undefined || over.level === made.level ? [] : [{ made, over }];
  });
}

function keyOf({ holder, via, detail, scope, changedAt }: ChangedGrant): string {
  return JSON.stringify([holder.kind, holder.name, via, detail, scope, changedAt]);
}

function listFindings(
  cluster: ChangedFinding['cluster'],
  findings: readonly RememberedFinding[],
  span: Span,
): readonly ChangedFinding[] {
  return findings
    .filter(({ change, firstSeenAt }) => isWithin(change.at, span) || isWithin(firstSeenAt, span))
    .map(({ fingerprint, detection, severity, subject, summary, status, actor, firstSeenAt, change }) => {
      return { fingerprint, detection, severity, subject, summary, status, actor, cluster, firstSeenAt, change };
    });
}

function compareFindings(a: ChangedFinding, b: ChangedFinding): number {
  return msBetween(b.change.at, a.change.at) || compareText(a.fingerprint, b.fingerprint);
}

function isWithin(at: string, { from, to }: Span): boolean {
  return msBetween(from, at) > 0 && msBetween(at, to) >= 0;
}

function compareChanges(a: ChangedGrant, b: ChangedGrant): number {
  return msBetween(b.changedAt, a.changedAt) || compareText(a.holder.name, b.holder.name);
}

function listNotes(memory: ClusterMemory, { from, to }: Span): readonly string[] {
  const { cluster, firstAuditAt, lastAuditAt } = memory;
  const notes: string[] = [];
  if (firstAuditAt === null) notes.push(`${cluster.arn}: no audit has read every source of grants yet.`);
  else if (msBetween(firstAuditAt, from) < 0) {
    notes.push(`${cluster.arn}: not seen before ${firstAuditAt}, the first day we can see.`);
  }
  if (lastAuditAt !== null && msBetween(lastAuditAt, to) > 0) {
    notes.push(`${cluster.arn}: last audited at ${lastAuditAt}; what changed since is not here.`);
  }
  const partial = notePartialReads(memory, to);
  if (partial !== null) notes.push(`${cluster.arn}: ${partial}`);
  return notes;
}
