/** One cluster of a nightly run: read live, joined with what its account and region gave, judged, and remembered. */
import { KeyholderError } from '../errors.ts';
import { unknownCluster } from '../evidence/describe-cluster.ts';
import type {
  ClusterPlace,
  EvidenceSink,
  FindingStore,
  LiveRead,
  LiveSources,
  LogTask,
  ObjectStore,
  Places,
  Progress,
  Readers,
} from '../ports.ts';
import { auditClusters } from './audit-clusters.ts';
import { describeUnended, type Failure } from './audit-failure.ts';
import {
  type AuditPlan,
  clusterKey,
  findRunDocument,
  parseClusterKey,
  partKey,
  planKey,
  type RunPart,
  readRunDocument,
  writeRunDocument,
} from './audit-run.ts';
import { collectEvidence } from './collect.ts';
import { attemptRead } from './live-attempt.ts';
import { joinReads, renderManifest } from './live-manifest.ts';
import { recallLoginQueries } from './login-coverage.ts';
import { openText } from './open-text.ts';
import { readWithState, recallCluster } from './recall-state.ts';
import { rememberRun } from './remember-run.ts';
import { describeLeftOut } from './run-parts.ts';
import { watchMentions } from './watch-mentions.ts';

export interface ClusterRequest {
  readonly cluster: string;
  /** Set when the machine gave it up: what is left to do is to say so. */
  readonly failure: Failure | null;
}

type ClusterSources = Pick<LiveSources, 'readEks' | 'readTrailFiles' | 'readKubernetes'>;

export interface ClusterPorts {
  readonly store: ObjectStore;
  readonly sink: EvidenceSink;
  readonly open: (account: string, now: string) => ClusterSources;
  /** The evidence of the run, of these places alone. */
  readonly openEvidence: (places: Places) => Readers;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** What earlier runs found, and this one adds to; without it nothing is remembered. */
  readonly findings?: FindingStore | null;
}

/** Gives the key of what it left for the report. */
export async function auditOneCluster(
  request: ClusterRequest,
  ports: ClusterPorts,
): Promise<{ readonly audit: string }> {
  const { run, place } = parseClusterKey(request.cluster);
  const plan = await readRunDocument(ports.store, planKey(run), 'plan');
  const task: ClusterTask = { run, place, plan, ports };
  const { account, region, name } = place;
  const read =
    request.failure === null ? await readCluster(task) : { ...unended(place, request.failure), mentions: [] };
  const findings = ports.findings ?? null;
  const asked = findings === null ? [] : await recallLoginQueries(findings, place, plan.now);
  const part: RunPart = { ...read, coverage: [...read.coverage, ...asked], scope: [], caller: null };
  await writeRunDocument(ports.store, partKey(run, account, region, name), { kind: 'part', value: part });
  const joined = await openJoined(task, { part, mentions: read.mentions });
  const known = findings === null ? null : await recallCluster(findings, unknownCluster(place).arn);
  const readers = known === null ? joined : await readWithState(joined, known);
  const evidence = await collectEvidence(readers, { progress: ports.progress });
  const [audited] = auditClusters(evidence, plan.now);
  if (audited === undefined) throw new KeyholderError('internal', `expected a report of ${name}, got none`);
  // A cluster that could not be read resolves nothing: there is nothing to remember of it.
  if (request.failure === null && findings !== null) {
    const report = { clusters: [audited.report], findings: audited.ofRegion, generatedAt: plan.now };
    const isRefresh = plan.isRefresh === true;
    await rememberRun({ store: findings, objects: ports.store }, { evidence, report, readers, isRefresh });
  }
  const files = evidence.files.filter(({ file }) => file !== MANIFEST && file !== STATE);
  const key = clusterKey(run, place);
  await writeRunDocument(ports.store, key, { kind: 'audit', value: { ...audited, files } });
  return { audit: key };
}

const MANIFEST = 'manifest.json';
/** Of this cluster alone: the run has no such file. */
const STATE = 'state.json';
/** Whatever lies with the cluster alone. */
const OF_CLUSTER = ['eks-api', 'rbac', 'aws-auth'] as const;

function unended({ account, region, name }: ClusterPlace, { reason }: Failure): LiveRead {
  return describeUnended({ account, region, cluster: name }, OF_CLUSTER, reason);
}

interface ClusterTask {
  readonly run: string;
  readonly place: ClusterPlace;
  readonly plan: AuditPlan;
  readonly ports: ClusterPorts;
}

async function readCluster({
  place,
  plan,
  ports,
}: ClusterTask): Promise<LiveRead & { readonly mentions: readonly string[] }> {
  const { account, region, name } = place;
  const { signal, progress } = ports;
  const sources = ports.open(account, plan.now);
  const watched = watchMentions(ports.sink, new Set(plan.accounts.map((planned) => planned.account)));
  const task: LogTask = { sink: watched.sink, signal, progress, window: plan.window };
  const at = { account, region, cluster: name, signal };
  const eks = await attemptRead({ ...at, sources: ['eks-api'], read: () => sources.readEks(place, task) });
  // After the EKS API, which knows the endpoint, and the times to look for in a trail.
  const [kubernetes, trail] = await Promise.all([
    attemptRead({ ...at, sources: ['rbac', 'aws-auth'], read: () => sources.readKubernetes(place, task) }),
    attemptRead({
      ...at,
      sources: ['cloudtrail'],
      read: async () => (await sources.readTrailFiles?.(place, task)) ?? NOTHING,
    }),
  ]);
  return { ...joinReads([eks, kubernetes, trail]), mentions: watched.listMentioned() };
}

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };

interface OwnPart {
  readonly part: RunPart;
  readonly mentions: readonly string[];
}

/** The run's evidence as a folder of this cluster alone, with a manifest of what was stated of it. */
async function openJoined({ run, place, plan, ports }: ClusterTask, own: OwnPart): Promise<Readers> {
  const { store } = ports;
  const { account, region } = place;
  const ofAccount = await readRunDocument(store, partKey(run, account), 'part');
  const ofRegion =
    (await findRunDocument(store, partKey(run, account, region), 'part')) ??
    describeLeftOut({ account, region, clusters: [place.name], readsIamTrail: false });
  const parts = [ofAccount, ofRegion, own.part, ...(await findIamTrail({ run, place, plan, ports }, ofRegion))];
  const callers = parts.flatMap(({ caller }) => (caller === null ? [] : [caller]));
  const accounts = listConcerned(plan, [account, ...own.mentions]);
  const places = { accounts, regions: [{ account, region }], clusters: [place], problems: [], strangers: [] };
  const results = parts.map((part) => ({ ...part, scope: [] }));
  const manifest = renderManifest({ now: plan.now, window: plan.window, callers, results });
  const readers = ports.openEvidence(places);
  return {
    ...readers,
    readTop: async (document) =>
      document === 'manifest' ? { status: 'read', files: [openText(MANIFEST, manifest)] } : readers.readTop(document),
    // Only the cluster's own account recorded calls on it.
    readAccount: async (other, document) =>
      document === 'cloudtrail' && other !== account
        ? { status: 'unavailable', reason: 'it is of another account than the cluster' }
        : readers.readAccount(other, document),
  };
}

/**
 * IAM records its calls in one region, which another region's unit reads at the same time: what it asked for counts here
 * once it has ended, and until then those calls were not asked for.
 */
async function findIamTrail({ run, place, plan, ports }: ClusterTask, ofRegion: RunPart): Promise<readonly RunPart[]> {
  const { account, region } = place;
  const unit = plan.units.find((one) => one.account === account && one.readsIamTrail && one.region !== region);
  const part =
    unit === undefined ? null : await findRunDocument(ports.store, partKey(run, account, unit.region), 'part');
  if (part === null) return [];
  const asked = new Set(ofRegion.coverage.flatMap(({ calls = [] }) => calls));
  const coverage = part.coverage.filter(({ calls = [] }) => calls.some((name) => !asked.has(name)));
  return [{ ...part, scope: [], coverage, queries: [], mends: [], caller: null }];
}

/** Accounts whose IAM may say who is behind a role: those named, those that these name, and the directories. */
function listConcerned({ accounts }: AuditPlan, named: readonly string[]): readonly string[] {
  const byId = new Map(accounts.map((planned) => [planned.account, planned]));
  const concerned = new Set<string>();
  const pending = [...named, ...accounts.filter(({ isDirectory }) => isDirectory).map(({ account }) => account)];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (concerned.has(id)) continue;
    concerned.add(id);
    pending.push(...(byId.get(id)?.mentions ?? []));
  }
  return [...concerned].sort();
}
