/** The findings of an aws-auth file, and its problems, into remarks at a line and column of it. */
import type { AwsAuth, AwsAuthProblem, Position } from '../model/aws-auth.ts';
import type { Detection, Finding, Severity } from '../model/finding.ts';
import { LINT_LEVELS, type LintLevel, type LintRemark } from '../model/lint.ts';
import { groupProblems, type ProblemFamily } from '../rules/aws-auth-problems.ts';
import { fingerprintOf } from './fingerprint.ts';

/** The detections whose findings put problems together: here each problem is told on its own. */
const FAMILIES: ReadonlyMap<string, ProblemFamily> = new Map([
  ['aws-auth-malformed', 'malformed'],
  ['aws-auth-arn-never-matches', 'never-matches'],
  ['aws-auth-duplicate-arn', 'duplicate'],
]);

interface Linted {
  readonly awsAuth: AwsAuth;
  readonly findings: readonly Finding[];
  readonly detections: readonly Detection[];
}

/** In the order of the file, and in one place the worst first. What does not point into the file, such as an unknown creator, is not told. */
export function listRemarks(linted: Linted): readonly LintRemark[] {
  const remarks = linted.detections.flatMap((detection) => [
    ...listProblemRemarks(detection, linted),
    ...listFindingRemarks(detection, linted),
  ]);
  return remarks.sort(compareRemarks);
}

function compareRemarks(a: LintRemark, b: LintRemark): number {
  const byPlace = a.position.line - b.position.line || a.position.column - b.position.column;
  return byPlace || LINT_LEVELS.indexOf(a.level) - LINT_LEVELS.indexOf(b.level);
}

function* listProblemRemarks({ id, severity }: Detection, { awsAuth, findings }: Linted): Iterable<LintRemark> {
  const family = FAMILIES.get(id);
  if (family === undefined) return;
  for (const [subject, problems] of groupProblems(awsAuth.problems, family)) {
    const finding = findings.find((one) => one.detection === id && one.subject === subject);
    for (const problem of problems)
      yield remarkProblem(problem, { detection: id, subject, severity: finding?.severity ?? severity });
  }
}

function remarkProblem(
  { code, message, effect, mend, losesAccess, position }: AwsAuthProblem,
  finding: Pick<Finding, 'detection' | 'subject' | 'severity'>,
): LintRemark {
  const { detection, subject } = finding;
  // The finding is graded by the worst of its problems.
  const severity = losesAccess ? finding.severity : 'low';
  return {
    detection,
    problem: code,
    level: losesAccess ? 'error' : levelOf(severity),
    severity,
    subject,
    losesAccess,
    message,
    effect,
    mend,
    position,
    fingerprint: fingerprintOf({ detection: `${detection}/${code}`, clusterArn: '', life: null, subject }),
  };
}

function* listFindingRemarks(detection: Detection, { awsAuth, findings }: Linted): Iterable<LintRemark> {
  const places = listPlaces(awsAuth);
  for (const finding of findings) {
    const position = finding.detection === detection.id ? findPosition(finding, places) : undefined;
    if (position !== undefined) yield remarkFinding(finding, detection, position);
  }
}

function remarkFinding(
  { detection, subject, severity, summary }: Finding,
  { why, fix }: Detection,
  position: Position,
): LintRemark {
  return {
    detection,
    problem: null,
    level: levelOf(severity),
    severity,
    subject,
    losesAccess: false,
    message: summary,
    effect: why,
    mend: fix,
    position,
    fingerprint: fingerprintOf({ detection, clusterArn: '', life: null, subject }),
  };
}

/** The row or account that it points at, or the file as a whole; undefined for what is told otherwise, or not in the file. */
function findPosition({ detection, evidence }: Finding, places: ReadonlyMap<string, Position>): Position | undefined {
  const refs = evidence.filter(({ source }) => source === 'aws-auth');
  const place = refs.map(({ id }) => places.get(id ?? '')).find((found) => found !== undefined);
  return place ?? (refs.length === 0 || FAMILIES.has(detection) ? undefined : { line: 1, column: 1 });
}

function listPlaces({ rows, accounts }: AwsAuth): ReadonlyMap<string, Position> {
  return new Map([...rows, ...accounts].map(({ evidence, position }) => [evidence.id ?? '', position]));
}

function levelOf(severity: Severity): LintLevel {
  return severity === 'low' || severity === 'info' ? 'note' : 'warning';
}
