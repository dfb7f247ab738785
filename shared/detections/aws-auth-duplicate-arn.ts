/** An ARN that stands in aws-auth more than once: all rows but one are ignored. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Detection } from '../model/finding.ts';
import { groupProblems, wordProblems } from '../rules/aws-auth-problems.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';

export const awsAuthDuplicateArn: Detection = {
  id: 'aws-auth-duplicate-arn',
  ref: 'AA-009',
  title: 'aws-auth names an ARN twice',
  severity: 'low',
  needs: [['aws-auth']],
  why: 'The authenticator keeps one row an ARN, the last, and does not merge groups: whoever reads the ConfigMap believes in access that does not exist, or misses the row that counts.',
  fix: 'Merge the rows into one that holds the groups which are meant.',
  blindSpots:
    'Of user ARNs that differ in letter case alone the authenticator keeps both and uses either: which one is not known beforehand.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html'],
  attack: [],
  cis: [],
  *detect({ awsAuth, cluster }) {
    if (awsAuth === null || cluster.authenticationMode === 'API') return;
    for (const [subject, problems] of groupProblems(awsAuth.problems, 'duplicate')) {
      const differ = hasOtherGroups(awsAuth, problems[0]?.arn ?? '');
      yield {
        subject,
        severity: differ ? 'medium' : 'low',
        summary: `${problems[0]?.arn ?? 'An ARN'} has several rows in aws-auth${differ ? ' with different groups' : ''}. ${wordProblems(problems)}`,
        commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
        evidence: [awsAuth.evidence],
      };
    }
  },
};

function hasOtherGroups({ rows }: AwsAuth, arn: string): boolean {
  const same = rows.filter((row) => row.arn.toLowerCase() === arn.toLowerCase());
  return new Set(same.map(({ groups }) => JSON.stringify([...new Set(groups)].sort()))).size > 1;
}
