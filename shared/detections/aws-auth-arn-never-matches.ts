/** A row of aws-auth with an ARN that no caller ever presents. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { parseArn } from '../rules/arn.ts';
import { groupProblems, wordProblems } from '../rules/aws-auth-problems.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';

export const awsAuthArnNeverMatches: Detection = {
  id: 'aws-auth-arn-never-matches',
  ref: 'AA-008',
  title: 'aws-auth row with an ARN that never matches',
  severity: 'medium',
  needs: [['aws-auth']],
  why: 'The authenticator compares the ARN as text with what STS prints, and STS prints roles without their path: the row looks right, and whoever relies on it is locked out.',
  fix: 'Write the ARN as arn:aws:iam::ACCOUNT:role/NAME, without the path, whatever letter case. Access entries are the other way round: there the path stays.',
  blindSpots: 'A well-formed ARN with a mistyped name is only seen where IAM was read: aws-auth-orphaned-mapping.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ],
  attack: [],
  cis: [],
  *detect(facts) {
    const { awsAuth, cluster } = facts;
    if (awsAuth === null || cluster.authenticationMode === 'API') return;
    for (const [subject, problems] of groupProblems(awsAuth.problems, 'never-matches')) {
      const isHarmless = problems.every(({ code }) => code === 'arn-wrong-list');
      yield {
        subject,
        severity: isHarmless ? 'low' : 'medium',
        summary: `${problems[0]?.arn ?? 'A row of aws-auth'} ${isHarmless ? 'stands in the wrong list' : 'never matches a caller'}. ${wordProblems(problems)}`,
        commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
        evidence: [awsAuth.evidence],
      };
    }
    for (const { arn, evidence } of listOtherPartitions(facts)) {
      yield {
        subject: `aws-auth:${arn}`,
        summary: `${arn} never matches a caller: it is of another partition than the cluster, which is in ${cluster.partition}.`,
        commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
        evidence: [evidence],
      };
    }
  },
};

/** Well-formed rows that only the cluster's own partition shows to be wrong. */
function listOtherPartitions({ awsAuth, cluster }: Facts) {
  return (awsAuth?.rows ?? []).filter(
    ({ arn, matches }) => matches && (parseArn(arn)?.partition ?? cluster.partition) !== cluster.partition,
  );
}
