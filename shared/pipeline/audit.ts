/** The whole story of an audit: evidence in, report out. Pure, so a laptop, a Lambda and a test tell it alike. */
import { listAcceptances } from '../findings/acceptance.ts';
import { judgeControls } from '../findings/compliance.ts';
import { isOfRegion, uniteFindings } from '../findings/region-findings.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { auditClusters, type JudgedCluster } from './audit-clusters.ts';
import { DETECTION_RULES } from './detection-rules.ts';
import { VERSION } from './version.ts';

const NOT_CONSULTED = ['service control policies', 'resource control policies', 'session policies'];

/** The same evidence and `now` (ISO) give the same report. */
export function auditEvidence(evidence: Evidence, now: string): Report {
  return composeReport(evidence, auditClusters(evidence, now), now);
}

/** What a report says beside its clusters, whoever audited them. */
export type ReportFrame = Omit<Evidence, 'clusters' | 'accounts' | 'regions' | 'state'>;

export function composeReport(frame: ReportFrame, judged: readonly JudgedCluster[], now: string): Report {
  const clusters = judged.map(({ report }) => report);
  const ofRegions = uniteFindings(judged.flatMap(({ ofRegion }) => ofRegion));
  const findings = [...clusters.flatMap((cluster) => cluster.findings), ...ofRegions];
  const concerned = clusters.map((cluster) => ({
    ...cluster,
    findings: [...cluster.findings, ...ofRegions.filter((finding) => isOfRegion(finding, cluster))],
  }));
  return {
    schema: 'keyholder.report/v1',
    generatedAt: now,
    window: frame.window,
    provenance: {
      version: VERSION,
      caller: frame.caller,
      evidence: frame.files,
      queries: frame.queries,
      strangers: frame.strangers,
      notConsulted: NOT_CONSULTED,
    },
    scope: frame.scope,
    summary: {
      clusters: clusters.length,
      keyholders: clusters.reduce((sum, cluster) => sum + cluster.keyholders.length, 0),
      findings: countOpen(findings),
      notEvaluated: clusters.flatMap((cluster) => cluster.verdicts).filter((v) => v.status !== 'evaluated').length,
      notAudited: frame.scope.filter((place) => place.status !== 'audited').length,
    },
    clusters,
    findings: ofRegions,
    acceptances: listAcceptances(frame.config, findings, now),
    compliance: judgeControls(DETECTION_RULES, concerned, frame.scope),
  };
}

function countOpen(findings: readonly Finding[]): Report['summary']['findings'] {
  const open = findings.filter((finding) => finding.status === 'open');
  const count = (severity: Severity): number => open.filter((f) => f.severity === severity).length;
  return {
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    info: count('info'),
  };
}
