/** A report into everything that its pages show: what stands at the top, the list of clusters, and each cluster in whole. */
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import { sortClusters } from './order.ts';
import { type ClusterView, type ReportView, viewReport } from './view.ts';
import { type BandView, viewBand } from './view-band.ts';
import { type CaseGroup, viewCases } from './view-cases.ts';
import { type ComplianceView, viewCompliance } from './view-compliance.ts';
import { type KeysView, viewKeys } from './view-keys.ts';
import { type PictureView, viewPicture } from './view-picture.ts';
import { type ScopeView, viewScope } from './view-scope.ts';
import { type TimelineView, viewTimeline } from './view-timeline.ts';

export interface PageView {
  readonly title: string;
  readonly evidence: string;
  readonly band: BandView;
  readonly clusters: readonly ClusterPage[];
  /** Findings of no single cluster. */
  readonly elsewhere: readonly CaseGroup[];
  readonly doubtTitle: string;
  readonly doubts: readonly string[];
  readonly compliance: ComplianceView;
  readonly scope: ScopeView;
  readonly acceptances: readonly string[];
  /** Keyholders of an earlier report that are gone. */
  readonly gone: readonly string[];
}

export interface ClusterPage {
  /** Names the cluster within the page, and its file where it has one of its own. */
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly facts: readonly string[];
  readonly creator: string;
  /** Where the proofs of this cluster lie, so that each need not say it. */
  readonly folder: string;
  readonly counts: readonly SeverityCount[];
  readonly keyholders: number;
  readonly doubtful: string;
  readonly keys: KeysView;
  readonly picture: PictureView;
  readonly timeline: TimelineView;
  readonly cases: readonly CaseGroup[];
  /** Said in place of an empty list of findings. */
  readonly none: string;
  readonly coverage: ClusterView['coverage'];
}

export interface SeverityCount {
  readonly severity: Severity;
  readonly count: number;
}

export function viewPage(report: Report): PageView {
  const view = viewReport(report, Number.POSITIVE_INFINITY);
  const { title, evidence, doubtTitle, doubts, acceptances, gone } = view;
  return {
    title,
    evidence,
    band: viewBand(report, view),
    clusters: listPages(report, view),
    elsewhere: viewCases(report.findings, '', ''),
    doubtTitle,
    doubts,
    compliance: viewCompliance(report),
    scope: viewScope(report, view),
    acceptances,
    gone,
  };
}

function listPages(report: Report, { clusters }: ReportView): readonly ClusterPage[] {
  return sortClusters(report.clusters).flatMap((cluster, index) => {
    const view = clusters[index];
    return view === undefined ? [] : [viewClusterPage(cluster, view, { report, id: `cluster-${index + 1}` })];
  });
}

function viewClusterPage(
  cluster: ClusterReport,
  { facts, creator, coverage, findings }: ClusterView,
  { report, id }: { readonly report: Report; readonly id: string },
): ClusterPage {
  const { name, account, region, verdicts } = cluster;
  const folder = `${account}/${region}/${name}/`;
  const doubtful = verdicts.filter(({ status }) => status !== 'evaluated').length;
  const keys = viewKeys(cluster, folder);
  return {
    id,
    name,
    place: `${account} ${region}`,
    facts,
    creator,
    folder,
    counts: countSeverities(cluster),
    keyholders: cluster.keyholders.length,
    doubtful: `${doubtful} of ${verdicts.length}`,
    keys,
    picture: viewPicture(cluster),
    timeline: viewTimeline(cluster, report),
    cases: viewCases(cluster.findings, account, folder),
    none: findings.none,
    coverage,
  };
}

/** Of the open findings, worst first, and only those that there are. */
function countSeverities({ findings }: ClusterReport): readonly SeverityCount[] {
  const open = findings.filter(({ status }) => status === 'open');
  return [...SEVERITIES]
    .reverse()
    .map((severity) => ({ severity, count: open.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
}
