/** The EKS answers on one cluster into their part of the evidence: one coverage row, with the state of each piece. */
import { parseAccessEntries } from '../evidence/access-entries.ts';
import type { ClusterText } from '../evidence/cluster-text.ts';
import { parseDescribeCluster, unknownCluster } from '../evidence/describe-cluster.ts';
import { parseIdentityProviders } from '../evidence/identity-providers.ts';
import { parseLogGroup } from '../evidence/log-group.ts';
import { parseWorkloadRoles } from '../evidence/workload-roles.ts';
import type { Coverage, CoverageStatus, EksPart, Parsed, Skip } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { ClusterDocument } from '../ports.ts';
import type { ClusterTask } from './collect-cluster.ts';
import { type ParsedDocument, type ReadDocument, readDocument } from './read-document.ts';

type EksEvidence = Pick<
  ClusterEvidence,
  'cluster' | 'accessEntries' | 'identityProviders' | 'workloadRoles' | 'logGroup'
>;

export async function collectEks(
  task: ClusterTask,
): Promise<{ readonly evidence: EksEvidence; readonly coverage: Coverage }> {
  const cluster = await readPart(task, 'describe-cluster', (source) => {
    const { cluster: value, skips } = parseDescribeCluster(source);
    return { value, read: value === null ? 0 : 1, skips };
  });
  const entries = await readPart(task, 'access-entries', (source) => listed(parseAccessEntries(source)));
  const nodeGroups = await readPart(task, 'node-groups', (source) => listed(parseWorkloadRoles('node-group', source)));
  const fargate = await readPart(task, 'fargate-profiles', (source) =>
    listed(parseWorkloadRoles('fargate-profile', source)),
  );
  const podIdentity = await readPart(task, 'pod-identity', (source) =>
    listed(parseWorkloadRoles('pod-identity', source)),
  );
  const capabilities = await readPart(task, 'capabilities', (source) =>
    listed(parseWorkloadRoles('capability', source)),
  );
  const providers = await readPart(task, 'identity-providers', (source) => listed(parseIdentityProviders(source)));
  const logGroup = await readPart(task, 'log-group', (source) => {
    const { logGroup: value, skips } = parseLogGroup(source);
    return { value, read: value === null ? 0 : 1, skips };
  });
  const evidence: EksEvidence = {
    cluster: cluster.value ?? unknownCluster(task.place),
    accessEntries: entries.value ?? [],
    identityProviders: providers.value ?? [],
    workloadRoles: [nodeGroups, fargate, podIdentity, capabilities].flatMap(({ value }) => value ?? []),
    logGroup: logGroup.value,
  };
  const parts: Record<EksPart, ReadDocument<unknown>> = {
    cluster,
    'access-entries': withoutEntries(entries, evidence.cluster),
    'node-groups': nodeGroups,
    'fargate-profiles': fargate,
    'identity-providers': providers,
    'pod-identity': podIdentity,
    capabilities,
    'log-group': logGroup,
  };
  return { evidence, coverage: coverEksApi(parts) };
}

async function readPart<T>(
  { readers, place, journal }: ClusterTask,
  document: ClusterDocument,
  parse: (source: ClusterText) => ParsedDocument<T>,
): Promise<ReadDocument<T>> {
  return readDocument(
    await readers.readCluster(place, document),
    (text, file) => parse({ text, file, place }),
    journal,
  );
}

/** A text of which nothing could be used was no such document. */
function listed<T>({ records, skips }: Parsed<T>): ParsedDocument<readonly T[]> {
  return { value: records.length === 0 && skips.length > 0 ? null : records, read: records.length, skips };
}

/** In mode CONFIG_MAP the EKS API answers calls on access entries with an error: there are none to read. */
function withoutEntries<T>(entries: ReadDocument<T>, cluster: Cluster): ReadDocument<T> {
  return cluster.authenticationMode === 'CONFIG_MAP' && entries.status === 'unavailable' && entries.skips.length === 0
    ? { ...entries, status: 'complete', reason: null }
    : entries;
}

/** Without these two nothing can be said of who holds access; the other pieces each serve a few questions. */
const CORE: readonly EksPart[] = ['cluster', 'access-entries'];

function coverEksApi(parts: Readonly<Record<EksPart, ReadDocument<unknown>>>): Coverage {
  const core = CORE.map((part) => parts[part]);
  // An answer that nobody collected leaves its questions open; one that is there and cannot be read is damage.
  const damaged = Object.values(parts).filter(({ status, skips }) => status === 'partial' || skips.length > 0);
  const lacking = [...new Set([...core.filter(({ status }) => status !== 'complete'), ...damaged])];
  const status: CoverageStatus = lacking.length === 0 ? 'complete' : mergeStatus(core.map((part) => part.status));
  const skips: readonly Skip[] = Object.values(parts).flatMap((part) => part.skips);
  return {
    source: 'eks-api',
    status,
    window: null,
    read: Object.values(parts).reduce((sum, part) => sum + part.read, 0),
    skipped: skips.reduce((sum, skip) => sum + skip.count, 0),
    skips,
    reason: lacking.length === 0 ? null : lacking.map(({ reason }) => reason ?? 'not read').join('; '),
    parts: {
      cluster: parts.cluster.status,
      'access-entries': parts['access-entries'].status,
      'node-groups': parts['node-groups'].status,
      'fargate-profiles': parts['fargate-profiles'].status,
      'identity-providers': parts['identity-providers'].status,
      'pod-identity': parts['pod-identity'].status,
      capabilities: parts.capabilities.status,
      'log-group': parts['log-group'].status,
    },
  };
}

/** Of two pieces, one read and one not, the source was read in part. */
function mergeStatus(statuses: readonly CoverageStatus[]): CoverageStatus {
  const [first = 'unavailable'] = statuses;
  return first !== 'complete' && statuses.every((status) => status === first) ? first : 'partial';
}
