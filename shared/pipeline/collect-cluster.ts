/** Everything the readers have on one cluster into its evidence, with a coverage row for each source. */
import { emptyAwsAuth } from '../evidence/apply-audit-event.ts';
import { parseAwsAuth } from '../evidence/aws-auth.ts';
import { isNotFound } from '../evidence/config-map.ts';
import { createDigest, type Digester } from '../evidence/digest.ts';
import { parseRbac } from '../evidence/rbac.ts';
import type { Coverage, Source, Window } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { ClusterPlace, Readers } from '../ports.ts';
import { collectEks } from './collect-eks.ts';
import { type Journal, type ReadDocument, readDocument } from './read-document.ts';
import { readLog } from './read-log.ts';

export interface ClusterTask {
  readonly place: ClusterPlace;
  readonly readers: Readers;
  readonly journal: Journal;
  /** What the manifest states for a log; null where it states nothing. */
  readonly windowOf: (source: Source) => Window | null;
}

/** CloudTrail and IAM lie with the account: the caller adds them. */
export async function collectCluster(task: ClusterTask): Promise<ClusterEvidence> {
  const { readers, place, journal } = task;
  const eks = await collectEks(task);
  const awsAuth = await readDocument(await readers.readCluster(place, 'aws-auth'), parseAwsAuthText, journal);
  const rbac = await readDocument(await readers.readCluster(place, 'rbac'), parseRbacText, journal);
  const digest = createDigest();
  const authenticatorLog = await readClusterLog(task, 'authenticator-log', digest);
  const auditLog = await readClusterLog(task, 'audit-log', digest);
  const { authenticator, audit, cloudTrail, usage } = digest.finish();
  return {
    ...eks.evidence,
    awsAuth: awsAuth.value,
    rbac: rbac.value ?? { roles: [], bindings: [] },
    authenticator,
    audit,
    cloudTrail,
    usage,
    coverage: [
      withLogType(authenticatorLog, eks.evidence.cluster, 'authenticator'),
      withLogType(auditLog, eks.evidence.cluster, 'audit'),
      eks.coverage,
      withMode(coverState('aws-auth', awsAuth), eks.evidence.cluster),
      coverState('rbac', rbac),
    ],
  };
}

function parseAwsAuthText(text: string, file: string) {
  // A cluster without the ConfigMap maps nobody by it: that is known, not unread.
  if (isNotFound(text))
    return { value: emptyAwsAuth({ source: 'aws-auth', id: null, at: null, file, line: 0 }), read: 0, skips: [] };
  const { awsAuth, skips } = parseAwsAuth(text, file);
  return { value: awsAuth, read: awsAuth === null ? 0 : awsAuth.rows.length + awsAuth.accounts.length, skips };
}

function parseRbacText(text: string, file: string) {
  const { rbac, records, skips } = parseRbac(text, file);
  return { value: records.length === 0 && skips.length > 0 ? null : rbac, read: records.length, skips };
}

async function readClusterLog(
  { readers, place, journal, windowOf }: ClusterTask,
  source: 'authenticator-log' | 'audit-log',
  digest: Digester,
): Promise<Coverage> {
  return readLog(await readers.readCluster(place, source), source, { digest, journal, window: windowOf(source) });
}

/** A log that EKS does not write has no file to be missing; one that is off now may still show what it once wrote. */
function withLogType(row: Coverage, cluster: Cluster, type: 'authenticator' | 'audit'): Coverage {
  if (cluster.logTypes === null || cluster.logTypes.includes(type)) return row;
  const off = `the ${type} log type of the cluster is off`;
  if (row.status === 'unavailable') return { ...row, status: 'disabled', reason: off };
  return { ...row, status: 'partial', reason: row.reason === null ? off : `${row.reason}; ${off}` };
}

/** In mode API nothing reads the ConfigMap, so that it is missing takes nothing away from the answer. */
function withMode(row: Coverage, { authenticationMode }: Cluster): Coverage {
  const isMissing = row.status === 'unavailable' && row.skipped === 0;
  return authenticationMode === 'API' && isMissing ? { ...row, status: 'complete', reason: null } : row;
}

export function coverState(source: Source, document: ReadDocument<unknown>): Coverage {
  const { status, read, skips, reason } = document;
  return {
    source,
    status,
    window: null,
    read,
    skipped: skips.reduce((sum, skip) => sum + skip.count, 0),
    skips,
    reason,
  };
}
