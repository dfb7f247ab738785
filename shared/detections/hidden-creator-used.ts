/** The hidden admin of a cluster in mode CONFIG_MAP, seen at work. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { Login } from '../model/records.ts';
import { arnKey, parsePrincipal } from '../rules/arn.ts';
import { isPipeline } from '../rules/creator-kind.ts';
import { findIamRole } from '../rules/iam-roles.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { enableAccessEntries } from '../rules/remedies.ts';

export const hiddenCreatorUsed: Detection = {
  id: 'hidden-creator-used',
  ref: 'CR-006',
  title: 'The hidden creator of the cluster logged in',
  severity: 'high',
  needs: [['authenticator-log', 'aws-auth', 'eks-api/cluster']],
  why: 'In mode CONFIG_MAP the creator is in system:masters without a line anywhere that says so: work done through it passes every review of aws-auth and RBAC.',
  fix: 'Give whoever works here a door of its own, then enable access entries and take admin off the creator.',
  blindSpots:
    'The username kubernetes-admin is no proof, for anyone may map it: a login counts when no known content of aws-auth puts the principal into system:masters. Aggregated or missing log lines hide logins.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  *observe(record, facts) {
    if (record.source !== 'authenticator-log' || record.kind !== 'granted' || record.arn === null) return;
    if (!record.groups.includes(MASTERS)) return;
    const isCreator = facts === null ? record.username === 'kubernetes-admin' : isHiddenCreator(record, facts);
    if (!isCreator) return;
    const isByMachine = facts !== null && isPipeline(findIamRole(facts.accounts, parsePrincipal(record.arn)));
    const session = record.sessionName === null ? '' : ` (session ${record.sessionName})`;
    yield {
      subject: `iam:${record.arn}`,
      severity: isByMachine ? 'medium' : 'high',
      summary:
        facts === null
          ? `${record.arn}${session} logged in as kubernetes-admin in system:masters, as the creator of a cluster does; whether aws-auth maps it so could not be compared.`
          : `${record.arn}${session} logged in as ${record.username} in system:masters, which no row of aws-auth gives it: it is the creator of the cluster.`,
      commands: facts === null ? [] : [enableAccessEntries(facts.cluster)],
      actor: record.arn,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

function isHiddenCreator({ arn }: Login, { cluster, creator, awsAuth }: Facts): boolean {
  if (cluster.authenticationMode !== 'CONFIG_MAP' || arn === null) return false;
  const key = arnKey(arn);
  const isMapped = awsAuth?.rows.some((row) => row.groups.includes(MASTERS) && arnKey(row.arn) === key) ?? false;
  return !isMapped && [creator.principalArn ?? '', ...creator.candidates].some((name) => arnKey(name) === key);
}
