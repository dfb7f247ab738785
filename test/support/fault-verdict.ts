/** A run with a fault and one without into what the first got wrong: what it hides, and what it should have left alone. */
import { DETECTIONS } from '../../shared/detections/index.ts';
import type { Source, Verdict } from '../../shared/model/coverage.ts';
import type { Finding, Severity } from '../../shared/model/finding.ts';
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

/** Calls that only make reading cheaper: where the same was read without them, nobody need be told. */
const SAVING = new Set(['logs:DescribeLogStreams']);

/** A list that changed while it was read, or a query that is asked again in halves, was read nevertheless. */
const HARMLESS = new Set(['results-change', 'query-timeout']);

/**
 * Findings that stand by one source and are worded, or weighed, by another as well. Reading the other may prove an entry
 * dead, and thereby drop a finding; or put a change of access before a storm of refusals, and thereby make it graver.
 */
const REFINED: ReadonlyMap<string, readonly Source[]> = new Map([
  ['admin-policy-at-cluster-scope', ['iam']],
  ['authentication-failure-storm', ['audit-log', 'cloudtrail', 'eks-api']],
]);

const RANKS: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

export function* listWrongs(injection: Injection, baseline: RunOutcome, run: RunOutcome): Iterable<string> {
  if (!run.isMet) yield 'the fault met no call';
  yield* run.problems;
  // A query whose id got lost on the way cannot be stopped.
  if (run.leftBehind > 0 && injection.operation !== 'logs:StartQuery') yield `left ${run.leftBehind} queries behind`;
  const { operation, fault } = injection;
  const own = SOURCES.get(operation.split(':')[0] ?? '') ?? [];
  const suffering = listSuffering(baseline, run);
  for (const source of suffering) if (!own.includes(source)) yield `coverage of ${source} fell`;
  const isSilent = suffering.length === 0 && (SAVING.has(operation) || HARMLESS.has(fault));
  if (isSilent && !isSameReport(baseline, run)) yield 'the report differs, and no coverage says why';
  if (!isSilent && !suffering.some((source) => own.includes(source))) yield `no coverage names ${own.join(' or ')}`;
  for (const { id, needs } of DETECTIONS) {
    const isStruck = needs.flat().some((need) => suffering.some((source) => need.split('/')[0] === source));
    const isRefined = (REFINED.get(id) ?? []).some((source) => suffering.includes(source));
    const changes = compareFindings(findingsOf(baseline, id), findingsOf(run, id));
    const { lost, softened, added } = changes;
    const isEvaluated = verdictsOf(run).get(id) === 'evaluated';
    if (isEvaluated && lost.length > 0) yield `${id} counts as evaluated without ${lost.join(', ')}`;
    if (!isStruck && lost.length > 0) yield `${id} lost ${lost.join(', ')}`;
    if (!isStruck && !isRefined && softened.length > 0) yield `${id} takes ${softened.join(', ')} more lightly`;
    if (isEvaluated && !isRefined && added.length > 0) yield `${id} found ${added.join(', ')}`;
  }
}

/** But for how many records were read: the halves of a query may each bring the last event of the same caller. */
function isSameReport(baseline: RunOutcome, run: RunOutcome): boolean {
  const [expected, got] = [baseline, run].map(({ report }) =>
    JSON.stringify(report.clusters.map(({ coverage: _, ...rest }) => rest)),
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

type Subjects = ReadonlyMap<string, Severity>;

/** By subject: what is known of a principal beside may word its finding, not decide whether there is one. */
function findingsOf({ report }: RunOutcome, detection: string): Subjects {
  const found = report.clusters
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.detection === detection);
  return new Map(found.map(({ subject, severity }: Finding) => [subject, severity]));
}

function compareFindings(before: Subjects, after: Subjects): Readonly<Record<'lost' | 'softened' | 'added', string[]>> {
  const rank = (severity: Severity | undefined): number => (severity === undefined ? -1 : RANKS.indexOf(severity));
  return {
    lost: [...before.keys()].filter((subject) => !after.has(subject)),
    softened: [...after.keys()].filter((subject) => rank(after.get(subject)) < rank(before.get(subject))),
    added: [...after.keys()].filter((subject) => !before.has(subject)),
  };
}

function verdictsOf({ report }: RunOutcome): ReadonlyMap<string, Verdict['status']> {
  const verdicts = report.clusters.flatMap((cluster) => cluster.verdicts);
  return new Map(verdicts.map(({ detection, status }) => [detection, status]));
}
