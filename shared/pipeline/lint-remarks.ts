/** The findings of an aws-auth file, and its problems, into remarks at a line and column of it. */
import { awsAuthArnNeverMatches } from '../detections/aws-auth-arn-never-matches.ts';
import { awsAuthDuplicateArn } from '../detections/aws-auth-duplicate-arn.ts';
import { awsAuthMalformed } from '../detections/aws-auth-malformed.ts';
import { DETECTIONS } from '../detections/index.ts';
import { fingerprintOf } from '../findings/fingerprint.ts';
import type { AwsAuth, AwsAuthProblem, Position } from '../model/aws-auth.ts';
import type { Detection, Finding, Severity } from '../model/finding.ts';
import type { LintLevel, LintRemark } from '../model/lint.ts';
import { groupProblems, type ProblemFamily } from '../rules/aws-auth-problems.ts';

/** The detections whose findings put problems together: here each problem is told on its own. */
const FAMILIES: readonly (readonly [ProblemFamily, Detection])[] = [
  ['malformed', awsAuthMalformed],
  ['never-matches', awsAuthArnNeverMatches],
  ['duplicate', awsAuthDuplicateArn],
];

/** In the order of the file. What does not point into the file, such as an unknown creator, is not told. */
export function listRemarks(awsAuth: AwsAuth, findings: readonly Finding[]): readonly LintRemark[] {
  const remarks = [...listProblemRemarks(awsAuth, findings), ...listFindingRemarks(awsAuth, findings)];
  return remarks.sort(({ position: a }, { position: b }) => a.line - b.line || a.column - b.column);
}

function* listProblemRemarks(awsAuth: AwsAuth, findings: readonly Finding[]): Iterable<LintRemark> {
  for (const [family, { id, severity }] of FAMILIES) {
    for (const [subject, problems] of groupProblems(awsAuth.problems, family)) {
      const finding = findings.find((one) => one.detection === id && one.subject === subject);
      for (const problem of problems)
        yield remarkProblem(problem, { detection: id, subject, severity: finding?.severity ?? severity });
    }
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

function* listFindingRemarks(awsAuth: AwsAuth, findings: readonly Finding[]): Iterable<LintRemark> {
  const places = listPlaces(awsAuth);
  for (const finding of findings) {
    const detection = DETECTIONS.find(({ id }) => id === finding.detection);
    const position = findPosition(finding, places);
    if (detection !== undefined && position !== undefined) yield remarkFinding(finding, detection, position);
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
  const isToldByProblems = FAMILIES.some(([, { id }]) => id === detection);
  return place ?? (refs.length === 0 || isToldByProblems ? undefined : { line: 1, column: 1 });
}

function listPlaces({ rows, accounts }: AwsAuth): ReadonlyMap<string, Position> {
  return new Map([...rows, ...accounts].map(({ evidence, position }) => [evidence.id ?? '', position]));
}

function levelOf(severity: Severity): LintLevel {
  return severity === 'low' || severity === 'info' ? 'note' : 'warning';
}
