/** A run with a fault and one without into what the first got wrong: what it hides, and what it should have left alone. */
import { DETECTIONS } from '../../shared/detections/index.ts';
import type { Source, Verdict } from '../../shared/model/coverage.ts';
import type { Finding, Severity } from '../../shared/model/finding.ts';
import { listFindings } from './estate.ts';
import type { RunOutcome } from './faulty-run.ts';
import type { Injection } from './local-aws/faults.ts';

/** Sources that a call of the service brings: one of them must be named, and no other. */
const SOURCES: ReadonlyMap<string, readonly Source[]> = new Map([
  // What EKS says of a cluster tells the trail which files to open.
  ['eks', ['eks-api', 'cloudtrail']],
  ['logs', ['authenticator-log', 'audit-log', 'eks-api']],
  ['cloudtrail', ['cloudtrail', 'trails']],
  ['s3', ['cloudtrail']],
  ['iam', ['iam']],
  ['sso-admin', ['identity-center']],
  ['identitystore', ['identity-center']],
  ['organizations', ['organizations']],
  ['guardduty', ['guardduty']],
]);

/**
 * What is wanting is read in another way, so that nobody need be told: whole groups are scanned where their streams
 * cannot be listed, a query that ran into the time limit is asked again in halves, and a list that changed while it was
 * read was read to its end. A cluster that no list names is read by the name that was asked for.
 */
function isReadOtherwise({ operation, fault }: Injection): boolean {
  return OTHERWISE.has(operation) || fault === 'query-timeout' || fault === 'results-change';
}

const OTHERWISE: ReadonlySet<string> = new Set(['eks:ListClusters', 'logs:DescribeLogStreams']);

/** The adapter made the very same call again, and was answered: nothing at all may have changed. */
function isAskedAgain({ operation, fault }: Injection, { calls }: RunOutcome): boolean {
  const struck = calls.findIndex((call) => call.name === operation && call.fault === fault);
  const input = JSON.stringify(calls[struck]?.input);
  return calls
    .slice(struck + 1)
    .some((call) => call.name === operation && call.error === undefined && JSON.stringify(call.input) === input);
}

/**
 * Findings that need one source and are worded, or made graver, by another: without it the worse is taken to be true.
 * Nothing gets lighter this way.
 */
const REFINED: ReadonlyMap<string, readonly Source[]> = new Map([
  // An entry whose principal is gone opens nothing; until IAM was read, every entry counts.
  ['admin-policy-at-cluster-scope', ['iam']],
  // An account is foreign unless the organisation is known to hold it.
  ['access-entry-foreign-principal', ['organizations']],
]);

/** What could not be read is what they find. */
const OF_READING = new Set(['cluster-uncovered', 'evidence-gap', 'query-incomplete']);

const RANKS: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

export function* listWrongs(injection: Injection, baseline: RunOutcome, run: RunOutcome): Iterable<string> {
  if (!run.isMet) yield 'the fault met no call';
  yield* run.problems;
  // A query whose id got lost on the way cannot be stopped.
  if (run.leftBehind > 0 && injection.operation !== 'logs:StartQuery') yield `left ${run.leftBehind} queries behind`;
  const { operation } = injection;
  const own = SOURCES.get(operation.split(':')[0] ?? '') ?? [];
  const suffering = listSuffering(baseline, run);
  for (const source of suffering) if (!own.includes(source)) yield `coverage of ${source} fell`;
  if (suffering.length === 0 && isAskedAgain(injection, run)) {
    if (!isSameReport(baseline, run, [])) yield 'asked again, and the report differs';
  } else if (suffering.length === 0 && isReadOtherwise(injection)) {
    if (!isSameReport(baseline, run, ['coverage'])) yield 'the report differs, and no coverage says why';
  } else if (!suffering.some((source) => own.includes(source))) yield `no coverage names ${own.join(' or ')}`;
  for (const { id, needs } of DETECTIONS) {
    const isStruck = needs.flat().some((need) => suffering.some((source) => need.split('/')[0] === source));
    const isRefined = (REFINED.get(id) ?? []).some((source) => suffering.includes(source));
    const isEvaluated = verdictsOf(run).get(id) === 'evaluated';
    const changes = compareFindings(findingsOf(baseline, id), findingsOf(run, id), suffering);
    const { lost, added, softened, silent, altered } = changes;
    if (isEvaluated && lost.length > 0) yield `${id} counts as evaluated without ${lost.join(', ')}`;
    if (!isStruck && lost.length > 0) yield `${id} lost ${lost.join(', ')}`;
    if (!isStruck && silent.length > 0) yield `${id} takes ${silent.join(', ')} more lightly, and does not say why`;
    if (isRefined && softened.length > 0) yield `${id} is refined to take ${softened.join(', ')} more lightly`;
    if (!isStruck && !isRefined && altered.length > 0) yield `${id} changed ${altered.join(', ')}`;
    if (isEvaluated && !isRefined && !OF_READING.has(id) && added.length > 0) yield `${id} found ${added.join(', ')}`;
  }
}

/** Without coverage: the halves of a query may each bring the last event of the same caller, and scan the second between. */
function isSameReport(baseline: RunOutcome, run: RunOutcome, without: readonly 'coverage'[]): boolean {
  const [expected, got] = [baseline, run].map(({ report }) =>
    JSON.stringify([report.clusters, report.findings], (name, value) =>
      without.some((one) => one === name) ? undefined : value,
    ),
  );
  return expected === got;
}

/** Sources of which less was read than without the fault. */
function listSuffering(baseline: RunOutcome, run: RunOutcome): readonly Source[] {
  const before = new Set(listIncomplete(baseline));
  return [...new Set(listIncomplete(run))].filter((source) => !before.has(source));
}

function listIncomplete({ stated, report }: RunOutcome): readonly Source[] {
  const shown = report.clusters.flatMap(({ coverage }) => coverage);
  return [...stated, ...shown].filter(({ status }) => status !== 'complete').map(({ source }) => source);
}

type Findings = ReadonlyMap<string, Finding>;

/** By fingerprint: the same fact, in the same life of the cluster. */
function findingsOf({ report }: RunOutcome, detection: string): Findings {
  const found = listFindings(report).filter((finding) => finding.detection === detection);
  return new Map(found.map((finding: Finding) => [finding.fingerprint, finding]));
}

interface Changes {
  readonly lost: readonly string[];
  readonly added: readonly string[];
  readonly softened: readonly string[];
  /** Softened, and without a word on the source that is wanting. */
  readonly silent: readonly string[];
  /** Of those that rest on no record of a source that suffered: other than before, in whatever field. */
  readonly altered: readonly string[];
}

function compareFindings(before: Findings, after: Findings, suffering: readonly Source[]): Changes {
  const rank = (severity: Severity): number => RANKS.indexOf(severity);
  const pairs = [...before.values()].flatMap((old) => {
    const now = after.get(old.fingerprint);
    return now === undefined ? [] : [{ old, now }];
  });
  const softened = pairs.filter(({ old, now }) => rank(now.severity) < rank(old.severity));
  const isSaid = (text: string): boolean => {
    const unread = /not read in whole: (.*)\.$/.exec(text)?.[1]?.split(', ') ?? [];
    return suffering.some((source) => unread.includes(source));
  };
  const restsOn = ({ evidence }: Finding): boolean => evidence.some(({ source }) => suffering.includes(source));
  const list = (of: readonly { readonly now: Finding }[]): readonly string[] => of.map(({ now }) => now.subject);
  return {
    lost: [...before.values()].filter(({ fingerprint }) => !after.has(fingerprint)).map(({ subject }) => subject),
    added: [...after.values()].filter(({ fingerprint }) => !before.has(fingerprint)).map(({ subject }) => subject),
    softened: list(softened),
    silent: list(softened.filter(({ now }) => !isSaid(now.summary))),
    altered: list(pairs.filter(({ old, now }) => !restsOn(old) && JSON.stringify(old) !== JSON.stringify(now))),
  };
}

function verdictsOf({ report }: RunOutcome): ReadonlyMap<string, Verdict['status']> {
  const verdicts = report.clusters.flatMap((cluster) => cluster.verdicts);
  return new Map(verdicts.map(({ detection, status }) => [detection, status]));
}
