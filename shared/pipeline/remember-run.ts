/** A finished run over one or many clusters into what is remembered of each. */
import { listAdminKeys } from '../access/admin-keys.ts';
import { readAwsAuthData } from '../evidence/aws-auth-data.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { RememberedSnapshot } from '../model/remembered.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import type { FindingStore, ObjectStore, Readers } from '../ports.ts';
import { listAdminAccounts } from './admin-index.ts';
import { rememberBreakGlass } from './break-glass-report.ts';
import { keepSnapshot } from './keep-snapshot.ts';
import { readText } from './read-text.ts';
import { recallCluster, replaceState } from './recall-state.ts';
import { type Remembering, rememberAudit } from './remember-audit.ts';
import { rememberRegion } from './remember-region.ts';

export interface FinishedRun {
  readonly evidence: Evidence;
  readonly report: Pick<Report, 'clusters' | 'findings' | 'generatedAt'>;
  /** What the evidence was read from. */
  readonly readers: Readers;
  /** Of clusters that were asked to be read again, beside the nightly run. */
  readonly isRefresh?: boolean;
}

export interface Memory {
  readonly store: FindingStore;
  /** Where snapshots go. */
  readonly objects: ObjectStore;
}

export interface RememberedRunResult extends Remembering {
  readonly clusterArn: string;
  /** null where a later one stands. */
  readonly snapshot: RememberedSnapshot | null;
}

/** One cluster after the other; the same run again writes nothing. */
export async function rememberRun(
  { store, objects }: Memory,
  run: FinishedRun,
): Promise<readonly RememberedRunResult[]> {
  const { evidence, report, isRefresh = false } = run;
  const at = evidence.window?.to ?? report.generatedAt;
  const results: RememberedRunResult[] = [];
  for (const cluster of report.clusters) {
    const found = evidence.clusters.find((candidate) => candidate.cluster.arn === cluster.arn);
    const records = found === undefined ? [] : [...found.cloudTrail, ...found.audit];
    const usage = found?.usage ?? [];
    const awsAuth = found === undefined ? null : await readGoodAwsAuth(found, run.readers);
    const remembering = await rememberAudit(store, { report: cluster, at, records, usage, awsAuth, isRefresh });
    const isLatest = remembering.supersededBy === null;
    const ofRegion = isLatest ? await rememberRegion(store, { report: cluster, findings: report.findings, at }) : 0;
    if (isLatest && found !== undefined) await rememberBreakGlass(store, { evidence, found, report: cluster, at });
    // Last: an event that meets the new snapshot finds what it showed remembered.
    const snapshot = isLatest ? await keepLatest({ store, objects }, cluster, { at, readers: run.readers }) : null;
    const written = remembering.written + ofRegion;
    results.push({ clusterArn: cluster.arn, ...remembering, written, snapshot });
  }
  return results;
}

/** With the state as it is now: a run that broke off and is made again leaves the same snapshot. */
async function keepLatest(
  memory: Memory,
  place: ClusterReport,
  { at, readers }: { readonly at: string; readonly readers: Readers },
): Promise<RememberedSnapshot> {
  const state = await recallCluster(memory.store, place.arn);
  return keepSnapshot(memory, {
    clusterArn: place.arn,
    place,
    at,
    readers: replaceState(readers, state),
    accounts: listAdminAccounts(listAdminKeys(place.access)),
  });
}

/** As it lies in the ConfigMap: rows that were parsed cannot be put back. */
async function readGoodAwsAuth({ cluster, awsAuth }: ClusterEvidence, readers: FinishedRun['readers']) {
  if (awsAuth === null || awsAuth.lostSections.length > 0) return null;
  const raw = await readers.readCluster(cluster, 'aws-auth');
  const [file] = raw.status === 'read' ? raw.files : [];
  if (file === undefined) return null;
  return readAwsAuthData((await readText(file, MOST_BYTES)).text, file.file);
}

const MOST_BYTES = 16_000_000;
