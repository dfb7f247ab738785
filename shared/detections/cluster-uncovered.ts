/** A cluster that is there, and into which nobody here can look. */
import type { Coverage } from '../model/coverage.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { findPartGap } from '../rules/coverage-gaps.ts';

export const clusterUncovered: Detection = {
  id: 'cluster-uncovered',
  ref: 'EV-012',
  title: 'Cluster that is not covered',
  severity: 'high',
  needs: [['eks-api/cluster']],
  why: 'Whoever looks for a place where a grant stays unseen finds it in the cluster that nobody audits; most of them were set up before the audit was, or beside it.',
  fix: 'Give the auditor its access entry with the ClusterRole of this project, and the right to read the EKS API of the account; preflight names what is missing, one line a right.',
  blindSpots:
    'Clusters that could not even be listed stand in the scope of the report, not here. Whether events of the cluster reach the alerts is not seen from the evidence, nor are log subscriptions.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html'],
  attack: [],
  cis: [],
  *detect(facts) {
    const { cluster } = facts;
    if (cluster.status === 'DELETING' || !isKnown(facts)) return;
    const unread = facts.coverage.filter((row) => isOfAccess(row, facts) && isUnread(row));
    if (unread.length === 0) return;
    const sources = unread.map(
      ({ source, status, reason }) => `${source} ${status}${reason === null ? '' : ` (${reason})`}`,
    );
    yield {
      subject: 'cluster',
      summary: `${cluster.name} exists and who holds it cannot be told: ${sources.join(', ')}.`,
      evidence: cluster.evidence,
    };
  },
};

function isKnown({ coverage }: Facts): boolean {
  return findPartGap(coverage, 'cluster') === null;
}

/** What decides who is in: aws-auth does not in mode API. */
function isOfAccess({ source }: Coverage, { cluster }: Facts): boolean {
  return source === 'rbac' || source === 'eks-api' || (source === 'aws-auth' && cluster.authenticationMode !== 'API');
}

function isUnread({ source, status, parts }: Coverage): boolean {
  const read = source === 'eks-api' ? (parts?.['access-entries'] ?? status) : status;
  return read === 'denied' || read === 'unavailable';
}
