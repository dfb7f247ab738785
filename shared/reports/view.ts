/** A report into what people read: sorted, grouped and folded. Every format for people is a rendering of this one view. */
import type { Finding, Severity } from '../model/finding.ts';
import { SEVERITIES } from '../model/finding.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import { compareText } from '../rules/text-order.ts';
import { sortClusters } from './order.ts';
import { type SourceView, viewCoverage } from './view-coverage.ts';
import { foldDoubts } from './view-doubts.ts';
import { type FindingsView, viewFindings } from './view-findings.ts';
import { type HoldersView, viewHolders } from './view-holders.ts';
import { tellCount, tellDay, tellHolder, tellMoment } from './words.ts';

export interface ReportView {
  readonly title: string;
  /** One line: clusters, keyholders, open findings by severity. */
  readonly outcome: string;
  /** One line: the days that the evidence covers. */
  readonly evidence: string;
  readonly clusters: readonly ClusterView[];
  /** Findings of no single cluster. */
  readonly elsewhere: FindingsView;
  /** Verdicts that are not to be trusted, of all. */
  readonly doubtTitle: string;
  /** What could not be judged, by cause. */
  readonly doubts: readonly string[];
  /** Places that were not audited in whole, and how to mend that. */
  readonly places: readonly string[];
  /** What was read beside the sources, and what lay in the folder and was not. */
  readonly besides: readonly string[];
  /** What an earlier report had and this one has no more; empty where nothing was compared. */
  readonly gone: readonly string[];
  /** Accepted risks of keyholder.yml that hold no longer, or that nothing matches. */
  readonly acceptances: readonly string[];
}

export interface ClusterView {
  readonly name: string;
  readonly facts: readonly string[];
  readonly creator: string;
  readonly holders: HoldersView;
  readonly findings: FindingsView;
  readonly coverage: SourceView;
}

/** `mostFindings` of each cluster are listed, the others counted. */
export function viewReport(report: Report, mostFindings: number): ReportView {
  const { window, generatedAt } = report;
  const clusters = sortClusters(report.clusters);
  return {
    title: `Keyholder report of ${tellMoment(generatedAt)}`,
    evidence:
      window === null
        ? 'The evidence states no window.'
        : `The evidence reaches from ${tellDay(window.from)} to ${tellDay(window.to)}.`,
    outcome: tellOutcome(report),
    clusters: clusters.map((cluster) => viewCluster(cluster, mostFindings)),
    elsewhere: viewFindings(report.findings, { account: '', most: mostFindings, doubtful: 0 }),
    doubtTitle: tellDoubts(clusters),
    doubts: foldDoubts(clusters),
    places: listPlaces(report),
    besides: listBesides(report),
    gone: listGone(report),
    acceptances: listAcceptances(report),
  };
}

function tellOutcome({ summary, clusters, findings }: Report): string {
  const all: readonly Finding[] = [...clusters.flatMap((cluster) => cluster.findings), ...findings];
  const worstFirst: readonly Severity[] = [...SEVERITIES].reverse();
  const counts = worstFirst
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => `${summary.findings[severity]} ${severity}`);
  const accepted = all.filter(({ status }) => status === 'accepted').length;
  return [
    tellCount(summary.clusters, 'cluster'),
    tellCount(summary.keyholders, 'keyholder'),
    counts.length === 0 ? 'no open findings' : `open findings: ${counts.join(', ')}`,
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
  ].join(' · ');
}

function viewCluster(cluster: ClusterReport, mostFindings: number): ClusterView {
  const { name, account, region, version, authenticationMode, verdicts } = cluster;
  const doubtful = verdicts.filter(({ status }) => status !== 'evaluated').length;
  return {
    name,
    facts: [
      region,
      account,
      version === null ? 'version not known' : `Kubernetes ${version}`,
      authenticationMode ?? 'authentication mode not known',
    ],
    creator: tellCreator(cluster),
    holders: viewHolders(cluster),
    findings: viewFindings(cluster.findings, { account, most: mostFindings, doubtful }),
    coverage: viewCoverage(cluster.coverage),
  };
}

function tellCreator({ creator, createdAt }: ClusterReport): string {
  const when = createdAt === null ? 'Created at a time not known' : `Created ${tellDay(createdAt)}`;
  const { principalArn, confidence, exists, reason, candidates } = creator;
  if (principalArn === null) {
    const maybe = candidates.length === 0 ? '' : ` (perhaps ${candidates.join(' or ')})`;
    return `${when}, creator not known${maybe}: ${reason}`;
  }
  const fate = exists === false ? ', which no longer exists' : exists === null ? ', not checked against IAM' : '';
  return `${when} by ${principalArn} (${confidence})${fate}`;
}

/** Of keyholders alone: the access review has the others. */
function listGone({ comparison }: Report): readonly string[] {
  if (comparison === undefined) return [];
  const keys = comparison.gone.filter(({ level }) => level === 'cluster-admin' || level === 'admin-equivalent');
  const since = tellDay(comparison.earlierAt);
  if (keys.length === 0) return [`No keyholder of ${since} is gone.`];
  return keys.map(({ cluster, holder, level, doubt }) => {
    const perhaps = doubt === null ? '' : `, perhaps: ${doubt}`;
    return `${cluster.name}: ${tellHolder(holder, cluster.account)}, ${level} on ${since}${perhaps}`;
  });
}

const MOST_STRANGERS = 5;

/** keyholder.yml decides what is accepted and the others what is known from before: a reader must see whether they were there. */
function listBesides({ provenance }: Report): readonly string[] {
  const files = new Set(provenance.evidence.map(({ file }) => file.replace(/\.gz$/, '')));
  const tops = ['keyholder.yml', 'manifest.json', 'state.json'];
  const read = tops.filter((file) => files.has(file));
  const absent = tops.filter((file) => !files.has(file));
  const { strangers, notConsulted } = provenance;
  const more = strangers.length - MOST_STRANGERS;
  return [
    ...(notConsulted.length > 0
      ? [`Never consulted, and able to forbid what is allowed here: ${notConsulted.join(', ')}`]
      : []),
    ...(read.length > 0 ? [`Read as well: ${read.join(', ')}`] : []),
    ...(absent.length > 0 ? [`Not in the folder: ${absent.join(', ')}`] : []),
    ...strangers.slice(0, MOST_STRANGERS).map((file) => `Not read, for it belongs to no place of the folder: ${file}`),
    ...(more > 0 ? [`and ${more} more such files: see the JSON report`] : []),
  ];
}

function tellDoubts(clusters: readonly ClusterReport[]): string {
  const verdicts = clusters.flatMap((cluster) => cluster.verdicts);
  const doubtful = verdicts.filter(({ status }) => status !== 'evaluated');
  return `What could not be judged in whole: ${doubtful.length} of ${tellCount(verdicts.length, 'question')}`;
}

function listPlaces({ scope }: Report): readonly string[] {
  return scope
    .filter(({ status }) => status !== 'audited')
    .map(({ account, region, status, reason, mend }) => {
      const why = reason === null ? '' : `: ${reason}`;
      return `${account} ${region} ${status}${why}${mend === null ? '' : `. ${mend}`}`;
    })
    .sort(compareText);
}

function listAcceptances({ acceptances }: Report): readonly string[] {
  return acceptances
    .filter(({ status }) => status !== 'in-force')
    .map(({ finding, owner, expires, status }) =>
      status === 'expired'
        ? `${finding} ran out on ${tellDay(expires)}; ask ${owner}`
        : `${finding} matches no finding of this run; ask ${owner} whether it can go`,
    );
}
