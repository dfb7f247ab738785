/** What is wrong in an aws-auth ConfigMap, sorted by the detection that speaks of it, and in words. */
import type { AwsAuthProblem, AwsAuthProblemCode } from '../model/aws-auth.ts';
import type { Subject } from '../model/finding.ts';

export type ProblemFamily = 'malformed' | 'never-matches' | 'duplicate';

const FAMILIES: Readonly<Record<AwsAuthProblemCode, ProblemFamily>> = {
  'section-lost': 'malformed',
  'not-a-config-map': 'malformed',
  'value-not-a-string': 'malformed',
  'key-case': 'malformed',
  'row-invalid': 'malformed',
  'row-not-a-mapping': 'malformed',
  'groups-lost': 'malformed',
  'group-suspicious': 'malformed',
  'username-missing': 'malformed',
  'unknown-key': 'malformed',
  'arn-path': 'never-matches',
  'arn-assumed-role': 'never-matches',
  'arn-malformed': 'never-matches',
  'arn-wrong-list': 'never-matches',
  'sso-ineffective': 'never-matches',
  'duplicate-arn': 'duplicate',
};

/** One group for each ARN, and one for the ConfigMap itself: as many findings. */
export function groupProblems(
  problems: readonly AwsAuthProblem[],
  family: ProblemFamily,
): ReadonlyMap<Subject, readonly AwsAuthProblem[]> {
  const groups = new Map<Subject, AwsAuthProblem[]>();
  for (const problem of problems) {
    if (FAMILIES[problem.code] !== family) continue;
    const subject: Subject = problem.arn === null ? 'aws-auth' : `aws-auth:${problem.arn}`;
    const group = groups.get(subject);
    if (group === undefined) groups.set(subject, [problem]);
    else group.push(problem);
  }
  return groups;
}

const MOST_WORDED = 3;

/** Whole sentences, to stand behind one that says what the group is about. */
export function wordProblems(problems: readonly AwsAuthProblem[]): string {
  const worded = problems
    .slice(0, MOST_WORDED)
    .map(({ position, message, effect }) => `Line ${position.line}, column ${position.column}: ${message} ${effect}`);
  const others = problems.length - worded.length;
  return [...worded, ...(others > 0 ? [`And ${others} more.`] : [])].join(' ');
}
