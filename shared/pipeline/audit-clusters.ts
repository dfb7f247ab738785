/** The clusters of evidence into what a report says of each. */
import { evaluateCluster } from '../findings/evaluate.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { ClusterReport } from '../model/report.ts';
import { resolveStandingFacts } from './cluster-facts.ts';
import { DETECTION_RULES } from './detection-rules.ts';

export function auditClusters(evidence: Evidence, now: string): readonly ClusterReport[] {
  return evidence.clusters.map((cluster) => auditCluster(cluster, evidence, now));
}

function auditCluster(evidence: ClusterEvidence, all: Evidence, now: string): ClusterReport {
  const { facts, earlier } = resolveStandingFacts(evidence, all, now);
  const { findings, verdicts } = evaluateCluster(DETECTION_RULES, facts, earlier);
  const { cluster, creator, access } = facts;
  return {
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
}
