/** Detections over the facts of one cluster into findings and verdicts: always all of them, whatever could be read. */
import { type Coverage, type Need, SOURCES, type Verdict } from '../model/coverage.ts';
import type { Facts } from '../model/facts.ts';
import type { DetectionRule, Finding, Match } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { groupBy } from '../rules/lists-by-key.ts';
import { compareText } from '../rules/text-order.ts';
import { compareTimes } from '../rules/time.ts';
import { findAcceptance } from './acceptance.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { EarlierLife } from './lives.ts';
import { compareSeverity, gradeForProduction } from './severity.ts';
import { judge, limitToCalls } from './verdict.ts';

export interface Evaluation {
  readonly findings: readonly Finding[];
  /** Those of its account and region, of no single cluster: every cluster there gives the same. */
  readonly ofRegion: readonly Finding[];
  readonly verdicts: readonly Verdict[];
}

/** `facts.records` are those of the life that stands. Findings come worst first. */
export function evaluateCluster(
  detections: readonly DetectionRule[],
  facts: Facts,
  earlier: readonly EarlierLife[] = [],
): Evaluation {
  const findings = detections.flatMap((detection) => [
    ...listFindings(detection, facts),
    // Lives are of clusters: what concerns their region is not split by them.
    ...(detection.scope === 'region' ? [] : earlier.flatMap((life) => listPastFindings(detection, facts, life))),
  ]);
  const sorted = findings.sort(compareFindings);
  return {
    findings: sorted.filter(({ cluster }) => cluster !== null),
    ofRegion: sorted.filter(({ cluster }) => cluster === null),
    verdicts: detections.map((detection) => judgeOn(facts, detection)),
  };
}

function judgeOn(facts: Facts, detection: DetectionRule): Verdict {
  const coverage = limitToCalls(facts.coverage, detection.listCalls?.(facts) ?? []);
  const verdict = judge(detection, coverage, facts.cluster.createdAt);
  if (verdict.status === 'not-evaluated') return verdict;
  const whole = detection.findLack?.(facts) ?? null;
  const lack = whole ?? detection.findPartLack?.(facts) ?? null;
  if (lack === null) return verdict;
  const reason = verdict.reason === null ? lack : `${verdict.reason}; ${lack}`;
  // Read this time: what is missing is of an earlier time, or of another place.
  const missing = verdict.missing.length > 0 ? verdict.missing : listSources(detection);
  return { ...verdict, status: whole === null ? 'partly-evaluated' : 'not-evaluated', missing, reason, lack };
}

function listSources({ needs }: DetectionRule): Verdict['missing'] {
  const named = new Set<string>(needs.flat().map((need) => need.replace(/\/.*/, '')));
  return SOURCES.filter((source) => named.has(source));
}

export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    compareText(a.detection, b.detection) ||
    compareText(a.subject, b.subject) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** One fact, one finding: what stands, and the events that show it being made. */
function listFindings(detection: DetectionRule, facts: Facts): readonly Finding[] {
  const standing = groupBySubject(detection.detect?.(facts) ?? []);
  const seen = groupBySubject([
    ...observeAll(detection, facts.records, facts),
    ...correlateAll(detection, facts.records, facts),
  ]);
  const wouldShow = detection.detect !== undefined && isStateRead(detection, facts.coverage);
  const subjects = new Set([...standing.keys(), ...seen.keys()]);
  return [...subjects].map((subject) => {
    const stands = standing.get(subject);
    const events = seen.get(subject) ?? [];
    return makeFinding({
      detection,
      facts,
      life: facts.cluster.createdAt,
      matches: [...(stands ?? []), ...events],
      events,
      // The read of state would have shown it, and did not: what the event made has been undone.
      isOver: stands === undefined && wouldShow && !events.some((match) => match.isPast === true),
    });
  });
}

function listPastFindings(detection: DetectionRule, facts: Facts, life: EarlierLife): readonly Finding[] {
  const seen = groupBySubject([
    ...observeAll(detection, life.records, null),
    ...correlateAll(detection, life.records, null),
  ]);
  return [...seen.values()].map((matches) =>
    makeFinding({ detection, facts, life: life.createdAt, matches, events: matches, isOver: true }),
  );
}

function* observeAll(
  detection: DetectionRule,
  records: readonly EvidenceRecord[],
  facts: Facts | null,
): Iterable<Match> {
  if (detection.observe === undefined) return;
  for (const record of records) {
    for (const match of detection.observe(record, facts)) {
      yield { at: record.at, ...match };
    }
  }
}

function* correlateAll(
  detection: DetectionRule,
  records: readonly EvidenceRecord[],
  facts: Facts | null,
): Iterable<Match> {
  if (detection.correlate === undefined) return;
  const correlator = detection.correlate(facts);
  for (const record of records) correlator.add(record);
  yield* correlator.matches();
}

/** Detections whose silence shows that what they found is gone: they show what stands, and it was read in whole. */
export function listResolvable(
  detections: readonly DetectionRule[],
  coverage: readonly Coverage[],
): ReadonlySet<string> {
  return new Set(
    detections.filter((one) => one.detect !== undefined && isStateRead(one, coverage)).map(({ id }) => id),
  );
}

/** True when one alternative of state sources alone was read in whole, so that what stands would be seen. */
function isStateRead({ id, needs, standsIn }: DetectionRule, coverage: readonly Coverage[]): boolean {
  const alternatives = standsIn === undefined ? needs : [standsIn];
  const ofState = alternatives.filter((alternative) => alternative.every(isStateNeed));
  return ofState.length > 0 && judge({ id, needs: ofState }, coverage).status === 'evaluated';
}

const EVENT_SOURCES: ReadonlySet<string> = new Set<(typeof SOURCES)[number]>([
  'authenticator-log',
  'audit-log',
  'cloudtrail',
]);

function isStateNeed(need: Need): boolean {
  return !EVENT_SOURCES.has(need);
}

function groupBySubject(matches: Iterable<Match>): ReadonlyMap<string, readonly Match[]> {
  return groupBy(matches, ({ subject }) => subject);
}

interface Parts {
  readonly detection: DetectionRule;
  readonly facts: Facts;
  readonly life: string | null;
  /** Never empty; the one that words the finding comes first. */
  readonly matches: readonly Match[];
  readonly events: readonly Match[];
  readonly isOver: boolean;
}

const MOST_REFERENCES = 20;

function makeFinding({ detection, facts, life, matches, events, isOver }: Parts): Finding {
  const latest = [...events].sort((a, b) => compareTimes(a.at ?? null, b.at ?? null)).at(-1);
  // Each time is news: the last of them words it.
  const worded = detection.recurs === true && matches.length === events.length ? latest : matches[0];
  if (worded === undefined) throw new RangeError('expected at least one match, got none');
  const { now } = facts;
  const isOfRegion = detection.scope === 'region';
  const cluster = isOfRegion ? null : { arn: facts.cluster.arn, name: facts.cluster.name, life };
  const { subject } = worded;
  const fingerprint = fingerprintOf({
    detection: detection.id,
    clusterArn: cluster?.arn ?? '',
    life: cluster?.life ?? null,
    subject,
  });
  const acceptance = findAcceptance({ fingerprint, subject, detection }, isOfRegion ? null : facts.cluster, facts);
  const worst = [...matches].map((match) => match.severity ?? detection.severity).sort(compareSeverity)[0];
  const stored = facts.state.findings.find((finding) => finding.fingerprint === fingerprint);
  const isAccepted = acceptance?.isInForce === true;
  return {
    fingerprint,
    detection: detection.id,
    cluster,
    // A region is no production: clusters of either kind may run there.
    severity: gradeForProduction(worst ?? detection.severity, !isOfRegion && facts.isProduction),
    subject,
    summary: worded.summary,
    status: isOver ? 'resolved' : isAccepted ? 'accepted' : 'open',
    firstSeenAt: stored?.firstSeenAt ?? events.map((match) => match.at ?? now).sort(compareTimes)[0] ?? now,
    lastSeenAt: isOver || matches.length === events.length ? (latest?.at ?? now) : now,
    actor: latest?.actor ?? worded.actor ?? null,
    at: latest?.at ?? worded.at ?? null,
    fix: worded.commands ?? [],
    evidence: uniteReferences(matches),
    ...(worded.gainers === undefined ? {} : { gainers: worded.gainers }),
    acceptance,
  };
}

function uniteReferences(matches: readonly Match[]): Finding['evidence'] {
  const byPlace = new Map(
    matches
      .flatMap((match) => match.evidence)
      .map((ref) => [JSON.stringify([ref.file, ref.line, ref.id, ref.at]), ref]),
  );
  return [...byPlace.values()].slice(0, MOST_REFERENCES);
}
