/** mapAccounts in aws-auth: every IAM principal of an account logs in. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { watchAwsAuth } from '../rules/aws-auth-watch.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';

export const mapAccountsUsed: Detection = {
  id: 'map-accounts-used',
  ref: 'AA-004',
  title: 'aws-auth lets a whole account log in',
  severity: 'high',
  needs: [['aws-auth'], ['audit-log']],
  why: 'Every user and role of the account is authenticated under its own ARN, those of tomorrow included: whatever is bound to such an ARN, or to all who are logged in, is theirs, and mapAccounts has no list of who that is.',
  fix: 'Map the principals that are meant, one by one, then take the account out. Access entries have no such thing, so it stands in the way of a migration as well.',
  blindSpots: 'Which principals the account has is only known where its IAM was read.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html'],
  attack: ['T1098.006'],
  cis: ['4.1.7'],
  *detect({ awsAuth, cluster }) {
    if (awsAuth === null || cluster.authenticationMode === 'API') return;
    for (const { account, evidence } of awsAuth.accounts) yield { ...tell(account, cluster), evidence: [evidence] };
  },
  correlate: (facts) =>
    watchAwsAuth(facts, function* ({ accounts }) {
      for (const account of accounts) yield tell(account, facts?.cluster ?? null);
    }),
};

function tell(account: string, cluster: Facts['cluster'] | null): Match {
  const whose = cluster === null || cluster.account === account ? '' : ", which is not the cluster's own,";
  return {
    subject: `account:${account}`,
    summary: `aws-auth lets every IAM principal of account ${account}${whose} log in.`,
    commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
    evidence: [],
  };
}
