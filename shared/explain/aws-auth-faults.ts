/** Rows of aws-auth that were meant for a principal and never match it, or were lost before they became rows. */
import type { Mapping } from '../model/access.ts';
import type { AwsAuthProblem, AwsAuthProblemCode, AwsAuthRow } from '../model/aws-auth.ts';
import type { BrokenLink } from '../model/explanation.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { SHOW_AWS_AUTH } from '../rules/identity-checks.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';
import type { Arrival, Broken } from './broken.ts';
import type { Mend } from './grants.ts';

/** null where aws-auth is not read, or no row and no text of it is about the principal. */
export function findRowFault(arrival: Arrival): Broken | null {
  if (arrival.question.facts.cluster.authenticationMode === 'API') return null;
  return findNeverMatching(arrival) ?? findOtherPath(arrival) ?? findSsoRow(arrival) ?? findLostRow(arrival);
}

/** The rows themselves are not printed: they may hold groups that nobody should paste. */
export function mendAwsAuth(advice: string): Mend {
  return { commands: [SHOW_AWS_AUTH, BACK_UP_AWS_AUTH, EDIT_AWS_AUTH], advice };
}

const LINK_OF_CODE: Readonly<Partial<Record<AwsAuthProblemCode, BrokenLink>>> = {
  'arn-path': 'mapping:path',
  'arn-assumed-role': 'mapping:assumed-role-arn',
};

const WHY_OF_LINK: Readonly<Partial<Record<BrokenLink, string>>> = {
  'mapping:path': 'is written with the path of the role, which STS never prints',
  'mapping:assumed-role-arn': 'names a session, and the authenticator compares with the role',
};

function findNeverMatching({ question, doors }: Arrival): Broken | null {
  const mapping = doors.rows.find(({ inert }) => inert === 'arn-never-matches');
  if (mapping?.row == null) return null;
  const { row } = mapping;
  const problem = question.facts.awsAuth?.problems.find(
    ({ code, arn, section }) => arn === row.arn && section === row.section && /^arn-(?!wrong-list)/.test(code),
  );
  const link = (problem && LINK_OF_CODE[problem.code]) ?? 'mapping:row-invalid';
  return {
    link,
    why: `its row in line ${row.position.line} of aws-auth ${WHY_OF_LINK[link] ?? 'can match nobody as it is spelt'}`,
    evidence: mapping.evidence,
    ...mendAwsAuth(`Line ${row.position.line}: ${problem?.mend ?? `Write ${doors.stsArn}.`}`),
  };
}

/** STS prints the path of a user, so that here a row without it is the one that never matches. */
function findOtherPath({ doors }: Arrival): Broken | null {
  const mapping = doors.rows.find(({ inert }) => inert === null);
  if (mapping?.row == null) return null;
  return {
    link: 'mapping:path',
    why: `its row in line ${mapping.row.position.line} of aws-auth is for ${mapping.row.arn}, and STS prints ${doors.stsArn}`,
    evidence: mapping.evidence,
    ...mendAwsAuth(`Line ${mapping.row.position.line}: write ${doors.stsArn}.`),
  };
}

function findSsoRow({ question, asker, doors }: Arrival): Broken | null {
  const row = question.facts.awsAuth?.rows.find(
    (each) => each.inertBecause === 'sso' && isPatternOf(each, doors.stsArn),
  );
  if (row === undefined || asker.principal.type !== 'role') return null;
  return {
    link: 'mapping:row-invalid',
    why: `its row in line ${row.position.line} of aws-auth has an sso field, which EKS does not read`,
    evidence: [row.evidence],
    ...mendAwsAuth(`Line ${row.position.line}: write rolearn: ${doors.stsArn} in place of sso.`),
  };
}

/** The row's ARN is shown as a pattern that ends in a star. */
function isPatternOf({ arn }: AwsAuthRow, stsArn: string): boolean {
  return arn.endsWith('*') && stsArn.toLowerCase().startsWith(arn.slice(0, -1).toLowerCase());
}

/** Further lines than this from where it is named, a mistake is in another row. */
const NEAR = 6;

function findLostRow({ question, asker }: Arrival): Broken | null {
  const { awsAuth } = question.facts;
  const key = principalKey(asker.principal);
  const mention = question.mentions.find(({ arn }) => arnKey(arn) === key);
  if (awsAuth === null || mention === undefined) return null;
  const { line } = mention;
  const found = findRowProblem(awsAuth.problems, line) ?? findSectionProblem(awsAuth.problems, line);
  if (found === null) return null;
  const { link, problem } = found;
  const section = problem.section ?? 'its section';
  const whys: Readonly<Partial<Record<BrokenLink, string>>> = {
    'mapping:row-invalid': `the authenticator drops its row in line ${line} of aws-auth`,
    'mapping:key-case': `its row in line ${line} of aws-auth stands below a key that the authenticator does not know`,
    'mapping:section-lost': `its row in line ${line} of aws-auth was lost with all of ${section}`,
  };
  const at = { ...awsAuth.evidence, line: problem.position.line };
  return {
    link,
    why: `${whys[link] ?? ''}: ${problem.message.replace(/\.$/, '')}`,
    evidence: [{ ...awsAuth.evidence, line }, ...(at.line === line ? [] : [at])],
    ...mendAwsAuth(`Line ${problem.position.line}: ${problem.mend}`),
  };
}

interface FoundProblem {
  readonly link: BrokenLink;
  readonly problem: AwsAuthProblem;
}

function findRowProblem(problems: readonly AwsAuthProblem[], line: number): FoundProblem | null {
  const near = problems
    .filter(({ code, position }) => code.startsWith('row-') && Math.abs(position.line - line) <= NEAR)
    .sort((a, b) => Math.abs(a.position.line - line) - Math.abs(b.position.line - line));
  return near[0] === undefined ? null : { link: 'mapping:row-invalid', problem: near[0] };
}

function findSectionProblem(problems: readonly AwsAuthProblem[], line: number): FoundProblem | null {
  const misspelt = problems.findLast(({ code, position }) => code === 'key-case' && position.line <= line);
  if (misspelt !== undefined) return { link: 'mapping:key-case', problem: misspelt };
  const lost = problems.find(
    ({ code }) => code === 'section-lost' || code === 'value-not-a-string' || code === 'not-a-config-map',
  );
  return lost === undefined ? null : { link: 'mapping:section-lost', problem: lost };
}

/** The row that the authenticator keeps without the groups that were meant for it. */
export function findGroupsFault({ question }: Pick<Arrival, 'question'>, { row }: Mapping): AwsAuthProblem | null {
  if (row === null) return null;
  const { line } = row.position;
  const problems = question.facts.awsAuth?.problems ?? [];
  return (
    problems.find(
      ({ code, arn, position }) =>
        (code === 'groups-lost' || code === 'group-suspicious') && arn === row.arn && position.line >= line,
    ) ?? null
  );
}
