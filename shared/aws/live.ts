/** Credentials into the sources of a live run. */
import { setMaxListeners } from 'node:events';
import type { ClusterPlace, LiveAccess, LiveRead, LiveSources, LiveTask, LogTask } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { iamRegionOf } from './cloudtrail-events.ts';
import { readClusterLogs } from './cluster-logs.ts';
import { fillFromCollector } from './collected-evidence.ts';
import { type EksRead, listClusterNames, readEksCluster } from './eks.ts';
import { type AccountEntry, type LiveTools, openAccount } from './entered-account.ts';
import { readGuardDuty } from './guardduty.ts';
import { readIamAccount } from './iam.ts';
import { readIdentityCenter } from './identity-center.ts';
import { readIamTrail, readOlderTrail, readRegionTrail, type TrailedCluster } from './live-cloudtrail.ts';
import { readKubernetes } from './live-kubernetes.ts';
import { joinReads } from './live-read.ts';
import { readOrganization } from './organizations.ts';
import { createScanBudget, type ScanBudget } from './scan-price.ts';
import { readTrails } from './trails.ts';

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };

export function createLiveSources(options: LiveAccess, tools: LiveTools = {}): LiveSources {
  const run = openRun(options, tools);
  const enter = (task: LiveTask): Promise<AwsAccess> => {
    // Each call under way listens to the signal: dozens of them are no leak, and need no warning on a terminal.
    setMaxListeners(0, task.signal);
    return run.enter();
  };
  return {
    readCaller: run.identify,
    listClusters: async (_, region) => listClusterNames(await run.enter(), region),
    readAccount: async (account, task) => {
      const access = await enter(task);
      const readers = [readIamAccount, readIdentityCenter, readOrganization];
      return joinReads(await Promise.all(readers.map((read) => read(access, account, task))));
    },
    readRegion: async (account, region, task) => {
      const access = await enter(task);
      const readers = [readTrails, readGuardDuty];
      return joinReads(await Promise.all(readers.map((read) => read(access, { account, region }, task))));
    },
    readCloudTrail: async (clusters, task) => {
      await enter(task);
      return readCloudTrail(run, clusters, task);
    },
    readEks: async (place, task) => {
      const eks = await readEksCluster(await enter(task), place, task);
      run.described.set(keyOf(place), eks);
      return eks.read;
    },
    readTrailFiles: async (place, task) => readTrailOf(run, place, { access: await enter(task), task }),
    readKubernetes: async (place, task) => {
      const cluster = run.described.get(keyOf(place))?.cluster ?? null;
      const access = await enter(task);
      const read = await readKubernetes(access, { place, cluster }, task);
      const { evidenceBucket: bucket = null, now } = options;
      return bucket === null ? read : fillFromCollector(access, { bucket, place, now, read }, task);
    },
    readLogs: async (clusters, task) =>
      readClusterLogs(
        { access: await enter(task), budget: run.scanBudget, knownAdmins: options.knownAdmins ?? [] },
        clusters,
        task,
      ),
  };
}

interface Run extends AccountEntry {
  readonly options: LiveAccess;
  /** What EKS said of a cluster tells the Kubernetes API where to ask, and the trail around which times to look. */
  readonly described: Map<string, EksRead>;
  /** Accounts whose IAM events are being looked up, or were. */
  readonly iamTrails: Set<string>;
  /** Of all regions together. */
  readonly scanBudget: ScanBudget;
}

function openRun(options: LiveAccess, tools: LiveTools): Run {
  return {
    ...openAccount(options, tools),
    options,
    described: new Map(),
    iamTrails: new Set(),
    scanBudget: createScanBudget(options.maxScanGb),
  };
}

async function readCloudTrail(run: Run, clusters: readonly ClusterPlace[], task: LogTask): Promise<LiveRead> {
  const [first] = clusters;
  if (first === undefined) return NOTHING;
  const { account, region } = first;
  const access = await run.enter();
  const trailed = clusters.map((place) => describeTrailed(run, place, access.partition));
  const { trailBucket } = run.options;
  const reads = [readRegionTrail(access, { account, region, clusters: trailed, trailBucket }, task)];
  const iamRegion = iamRegionOf(access.partition);
  if (iamRegion !== null && task.includesIam !== false && !run.iamTrails.has(account)) {
    run.iamTrails.add(account);
    reads.push(readIamTrail(access, { account, region: iamRegion }, task));
  }
  return joinReads(await Promise.all(reads));
}

function readTrailOf(
  run: Run,
  place: ClusterPlace,
  { access, task }: { readonly access: AwsAccess; readonly task: LogTask },
): Promise<LiveRead> {
  const { account, region } = place;
  const clusters = [describeTrailed(run, place, access.partition)];
  return readOlderTrail(access, { account, region, clusters, trailBucket: run.options.trailBucket }, task);
}

function describeTrailed({ described, options }: Run, place: ClusterPlace, partition: string): TrailedCluster {
  const { account, region, name } = place;
  const eks = described.get(keyOf(place)) ?? null;
  const clusterArn = `arn:${partition}:eks:${region}:${account}:cluster/${name}`;
  const bornAtMs = eks?.cluster?.createdAt?.getTime();
  const isCreatorKnown = (options.knownCreators ?? []).some(
    (known) => known.clusterArn === clusterArn && Date.parse(known.life) === bornAtMs,
  );
  return { place, eks, isCreatorKnown };
}

function keyOf({ account, region, name }: ClusterPlace): string {
  return `${account}/${region}/${name}`;
}
