/** Reports for tests: one audited cluster without findings, but for what the test names. */
import type { Finding } from '../../shared/model/finding.ts';
import type { ClusterReport, Report } from '../../shared/model/report.ts';
import { coverageBut, ref } from './coverage.ts';
import { cluster, NOW } from './facts.ts';

export function finding(more: Partial<Finding> = {}): Finding {
  const { arn, name, createdAt } = cluster();
  return {
    fingerprint: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
    detection: 'admin-policy-at-cluster-scope',
    cluster: { arn, name, life: createdAt },
    severity: 'critical',
    subject: 'iam:arn:aws:iam::111122223333:role/platform-admin',
    summary: 'AmazonEKSClusterAdminPolicy is associated at cluster scope.',
    status: 'open',
    firstSeenAt: '2026-08-23T10:00:00Z',
    lastSeenAt: NOW,
    actor: 'arn:aws:iam::111122223333:role/pipeline',
    at: '2026-08-23T10:00:00Z',
    fix: [
      'aws eks disassociate-access-policy --cluster-name payments --principal-arn arn:aws:iam::111122223333:role/x',
    ],
    evidence: [ref('eks-api')],
    acceptance: null,
    ...more,
  };
}

/** `keyholders` follows `access`. */
export function clusterReport(more: Partial<ClusterReport> = {}): ClusterReport {
  const { arn, name, account, region, createdAt, version, authenticationMode } = cluster();
  const access = more.access ?? [];
  return {
    ...{ arn, name, account, region, createdAt, version, authenticationMode },
    creator: {
      principalArn: 'arn:aws:iam::111122223333:role/pipeline',
      confidence: 'proven',
      exists: true,
      candidates: [],
      evidence: [ref('cloudtrail')],
      reason: 'CreateCluster of 2026-03-02T09:05:00Z.',
    },
    keyholders: access.filter(({ level }) => level === 'cluster-admin' || level === 'admin-equivalent'),
    access,
    coverage: coverageBut(),
    verdicts: [],
    findings: [],
    ...more,
  };
}

export function report(more: Partial<Report> = {}): Report {
  const clusters = more.clusters ?? [clusterReport()];
  return {
    schema: 'keyholder.report/v1',
    generatedAt: NOW,
    window: { from: '2026-08-23T00:00:00Z', to: NOW },
    provenance: { version: '0.1.0', caller: null, evidence: [], queries: [], strangers: [], notConsulted: [] },
    scope: [
      { account: '111122223333', region: 'eu-central-1', status: 'audited', clusters: 1, reason: null, mend: null },
    ],
    summary: {
      clusters: clusters.length,
      keyholders: clusters.flatMap(({ keyholders }) => keyholders).length,
      findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      notEvaluated: 0,
      notAudited: 0,
    },
    clusters,
    findings: [],
    acceptances: [],
    ...more,
  };
}
