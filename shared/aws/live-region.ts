/** A live run into what lies with a region: its trails, its event history, the logs of its clusters. */
import type { ClusterPlace, LiveRead, LiveSources, LogTask } from '../ports.ts';
import { iamRegionOf } from './cloudtrail-events.ts';
import { readClusterLogs } from './cluster-logs.ts';
import { readGuardDuty } from './guardduty.ts';
import { readIamTrail, readRegionTrail } from './live-cloudtrail.ts';
import { joinReads } from './live-read.ts';
import { describeTrailed, type LiveRun } from './live-run.ts';
import { createScanBudget } from './scan-price.ts';
import { readTrails } from './trails.ts';

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };

/** For a function that reads no more: it carries these clients alone. */
export type RegionSources = Pick<LiveSources, 'readRegion' | 'readCloudTrail' | 'readLogs'>;

export function openRegionSources(run: LiveRun): RegionSources {
  return {
    ...openRecordSources(run),
    readRegion: async (account, region, task) => {
      const access = await run.enterFor(task);
      const readers = [readTrails, readGuardDuty];
      return joinReads(await Promise.all(readers.map((read) => read(access, { account, region }, task))));
    },
  };
}

/** What was recorded of clusters, without how the recording is set up. */
export function openRecordSources(run: LiveRun): Pick<RegionSources, 'readCloudTrail' | 'readLogs'> {
  const { knownAdmins = [], maxScanGb } = run.options;
  /** Of all regions together. */
  const budget = createScanBudget(maxScanGb);
  /** Accounts whose IAM events are being looked up, or were. */
  const iamTrails = new Set<string>();
  return {
    readCloudTrail: (clusters, task) => readCloudTrail({ run, iamTrails }, clusters, task),
    readLogs: async (clusters, task) =>
      readClusterLogs({ access: await run.enterFor(task), budget, knownAdmins }, clusters, task),
  };
}

async function readCloudTrail(
  { run, iamTrails }: { readonly run: LiveRun; readonly iamTrails: Set<string> },
  clusters: readonly ClusterPlace[],
  task: LogTask,
): Promise<LiveRead> {
  const access = await run.enterFor(task);
  const [first] = clusters;
  if (first === undefined) return NOTHING;
  const { account, region } = first;
  const trailed = clusters.map((place) => describeTrailed(run, place, access.partition));
  const trailBucket = task.calls === undefined ? run.options.trailBucket : null;
  const reads = [readRegionTrail(access, { account, region, clusters: trailed, trailBucket }, task)];
  const iamRegion = iamRegionOf(access.partition);
  if (iamRegion !== null && task.includesIam !== false && !iamTrails.has(account)) {
    iamTrails.add(account);
    reads.push(readIamTrail(access, { account, region: iamRegion }, task));
  }
  return joinReads(await Promise.all(reads));
}
