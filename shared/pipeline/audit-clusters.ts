/** The clusters of evidence into what a report says of each, and of the regions that they run in. */
import { evaluateCluster } from '../findings/evaluate.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { ClusterReport } from '../model/report.ts';
import { resolveStandingFacts } from './cluster-facts.ts';
import { DETECTION_RULES } from './detection-rules.ts';

export interface JudgedCluster {
  readonly report: ClusterReport;
  /** Of its account and region, as this cluster's evidence shows them. */
  readonly ofRegion: readonly Finding[];
}

export function auditClusters(evidence: Evidence, now: string): readonly JudgedCluster[] {
  return evidence.clusters.map((cluster) => auditCluster(cluster, evidence, now));
}

function auditCluster(evidence: ClusterEvidence, all: Evidence, now: string): JudgedCluster {
  const { facts, earlier } = resolveStandingFacts(evidence, all, now);
  const { findings, ofRegion, verdicts } = evaluateCluster(DETECTION_RULES, facts, earlier);
  const { cluster, creator, access } = facts;
  const report = {
    arn: cluster.arn,
    name: cluster.name,
    account: cluster.account,
    region: cluster.region,
    createdAt: cluster.createdAt,
    version: cluster.version,
    authenticationMode: cluster.authenticationMode,
    creator,
    keyholders: access.filter((row) => row.level === 'cluster-admin' || row.level === 'admin-equivalent'),
    access,
    coverage: evidence.coverage,
    verdicts,
    findings,
  };
  return { report, ofRegion };
}
