/** A finished run over one or many clusters into what is remembered of each. */
import { readAwsAuthData } from '../evidence/aws-auth-data.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { Report } from '../model/report.ts';
import type { FindingStore, Readers } from '../ports.ts';
import { readText } from './read-text.ts';
import { type Remembering, rememberAudit } from './remember-audit.ts';

export interface FinishedRun {
  readonly evidence: Evidence;
  readonly report: Report;
  /** What the evidence was read from. */
  readonly readers: Pick<Readers, 'readCluster'>;
}

export interface RememberedRunResult extends Remembering {
  readonly clusterArn: string;
}

/** One cluster after the other; the same run again writes nothing. */
export async function rememberRun(store: FindingStore, run: FinishedRun): Promise<readonly RememberedRunResult[]> {
  const { evidence, report } = run;
  const at = evidence.window?.to ?? report.generatedAt;
  const results: RememberedRunResult[] = [];
  for (const cluster of report.clusters) {
    const found = evidence.clusters.find((candidate) => candidate.cluster.arn === cluster.arn);
    const records = found === undefined ? [] : [...found.cloudTrail, ...found.audit];
    const awsAuth = found === undefined ? null : await readGoodAwsAuth(found, run.readers);
    const remembering = await rememberAudit(store, { report: cluster, at, records, awsAuth });
    results.push({ clusterArn: cluster.arn, ...remembering });
  }
  return results;
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
