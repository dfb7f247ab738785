/** A notice and a telling for tests: a new admin, but for what the test names. */
import type { Notice, Telling } from '../../shared/model/notice.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { accessPolicyArn, dissociatePolicy } from '../../shared/rules/remedies.ts';

export const CLUSTER = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const PLACE = { name: 'payments', region: 'eu-west-1', partition: 'aws' };
const NEWCOMER = 'arn:aws:iam::111122223333:role/newcomer';
export const FINGERPRINT = '51b8899080db39394f86e5e6f5ea7b76';

export function remembered(more: Partial<RememberedFinding> = {}): RememberedFinding {
  return {
    fingerprint: FINGERPRINT,
    detection: 'admin-policy-at-cluster-scope',
    cluster: { arn: CLUSTER, name: 'payments', life: '2026-01-01T00:00:00Z' },
    severity: 'critical',
    subject: 'iam:arn:aws:iam::111122223333:role/newcomer',
    summary: 'arn:aws:iam::111122223333:role/newcomer administers the whole cluster.',
    status: 'new',
    firstSeenAt: '2026-11-21T08:01:00Z',
    actor: 'arn:aws:iam::111122223333:role/deployer',
    at: '2026-11-21T08:01:00Z',
    fix: [dissociatePolicy(PLACE, NEWCOMER, accessPolicyArn(PLACE, 'AmazonEKSClusterAdminPolicy'))],
    evidence: [{ source: 'cloudtrail', id: 'event-1', at: '2026-11-21T08:01:00Z', file: null, line: 0 }],
    acceptance: null,
    change: { number: 1, kind: 'new', cause: 'AssociateAccessPolicy', at: '2026-11-21T08:01:00Z' },
    basis: '2026-11-21T00:00:00Z',
    ...more,
  };
}

export function notice(more: Partial<Notice> = {}): Notice {
  return {
    finding: remembered(),
    title: 'Cluster-admin access policy at cluster scope',
    fix: 'Take the policy away.',
    isGrant: true,
    gainers: ['arn:aws:iam::111122223333:role/newcomer'],
    origin: { actor: 'arn:aws:iam::111122223333:role/deployer', session: 'alice', sourceIp: '192.0.2.10' },
    ...more,
  };
}

export function telling(more: Partial<Telling> = {}): Telling {
  return {
    deduplicationId: `${FINGERPRINT}-1`,
    head: notice(),
    others: [],
    overtaken: [],
    severity: 'critical',
    account: '111122223333',
    region: 'eu-west-1',
    ...more,
  };
}
