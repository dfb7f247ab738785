/** The story of looking back: a store, and a question about other days, into its answer. */
import { KeyholderError } from '../errors.ts';
import { describeDiff, type Span } from '../findings/diff.ts';
import { describeHistory } from '../findings/history.ts';
import { isOfRegion } from '../findings/region-findings.ts';
import { isOfOtherVersion, REMEMBERED_SCHEMA, unwrapRemembered } from '../findings/remembered.ts';
import type { ClusterHistory, ClusterMemory, EstateDiff } from '../model/history.ts';
import type { RememberedCluster, RememberedFinding } from '../model/remembered.ts';
import type { FindingStore, StoredItem } from '../ports.ts';
import { partitionOfRegion } from './region-rows.ts';

/** Throws KeyholderError('usage') for a cluster that is not remembered, or not the only one of its name. */
export async function tellHistory(
  store: FindingStore,
  { cluster, at, now }: { readonly cluster: string; readonly at: string; readonly now: string },
): Promise<ClusterHistory> {
  return describeHistory(await recallMemory(store, findNamed(await listClusters(store), cluster)), at, now);
}

/** Of all clusters, unless one is named. */
export async function tellDiff(
  store: FindingStore,
  { cluster, now, ...span }: Span & { readonly cluster: string | undefined; readonly now: string },
): Promise<EstateDiff> {
  if (Date.parse(span.from) >= Date.parse(span.to)) {
    throw new KeyholderError('usage', `expected --from before --to, got ${span.from} and ${span.to}`);
  }
  const known = await listClusters(store);
  const asked = cluster === undefined ? known : [findNamed(known, cluster)];
  const memories: ClusterMemory[] = [];
  for (const one of asked) memories.push(await recallMemory(store, one));
  return describeDiff({ clusters: memories, findings: await recallOthers(store, asked) }, span, now);
}

async function listClusters(store: FindingStore): Promise<readonly RememberedCluster[]> {
  const rows = await store.list('estate', 'cluster#');
  if (rows.length > 0) return rows.flatMap(({ body }) => unwrapRemembered('cluster', body) ?? []);
  const expected = 'clusters that an earlier audit remembered with --state or on AWS';
  throw new KeyholderError('unreadable-input', `expected ${expected}, got a state that remembers none`);
}

const MOST_NAMES = 20;

function findNamed(clusters: readonly RememberedCluster[], wanted: string): RememberedCluster {
  const found = clusters.filter(({ arn, name }) => arn === wanted || name === wanted);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const got = JSON.stringify(wanted);
  if (first !== undefined) {
    const arns = found.map(({ arn }) => arn).join(', ');
    throw new KeyholderError(
      'usage',
      `expected the ARN of one cluster for --cluster, got ${got}, which may be ${arns}`,
    );
  }
  const names = [...new Set(clusters.map(({ name }) => name))];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const known = `one of ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
  throw new KeyholderError('usage', `expected the name of a cluster for --cluster, ${known}, got ${got}`);
}

/** Of the accounts of these clusters, and of their own regions. */
async function recallOthers(
  store: FindingStore,
  clusters: readonly RememberedCluster[],
): Promise<readonly RememberedFinding[]> {
  const found: RememberedFinding[] = [];
  for (const account of new Set(clusters.map((cluster) => cluster.account))) {
    const rows = await store.list(partitionOfRegion({ account }), 'finding#');
    found.push(...rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []));
  }
  return found.filter(
    (finding) => !finding.subject.startsWith('region:') || clusters.some((cluster) => isOfRegion(finding, cluster)),
  );
}

/** An answer without them would be one of fewer grants. */
function refuseOthers(rows: readonly StoredItem[], arn: string): void {
  const others = rows.filter(({ body }) => isOfOtherVersion(body)).length;
  if (others === 0) return;
  const got = `${others} of another version of Keyholder, which can answer`;
  throw new KeyholderError('unreadable-input', `expected rows of ${REMEMBERED_SCHEMA} of ${arn}, got ${got}`);
}

async function recallMemory(
  store: FindingStore,
  { arn, name, account, region }: RememberedCluster,
): Promise<ClusterMemory> {
  const rows = await store.list(arn, '');
  refuseOthers(rows, arn);
  const bodyOf = (key: string): unknown => rows.find((row) => row.key === key)?.body;
  const run = unwrapRemembered('run', bodyOf('run'));
  return {
    cluster: { arn, name, account, region },
    grants: rows.flatMap(({ body }) => unwrapRemembered('grant', body) ?? []),
    findings: rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []),
    lives: rows.flatMap(({ body }) => unwrapRemembered('life', body) ?? []),
    firstAuditAt: unwrapRemembered('first-audit', bodyOf('first-audit'))?.at ?? null,
    lastAuditAt: run?.at ?? null,
    grantsReadAt: run?.grantsReadAt ?? null,
    viaReadAt: run?.viaReadAt ?? {},
  };
}
