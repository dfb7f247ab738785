/** A live run into what lies with one cluster. */
import type { Cluster } from '@aws-sdk/client-eks';
import type { LiveRead, LiveSources } from '../ports.ts';
import { fillFromCollector } from './collected-evidence.ts';
import { readEksCluster } from './eks.ts';
import { readOlderTrail } from './live-cloudtrail.ts';
import { readKubernetes } from './live-kubernetes.ts';
import { describeTrailed, keyOf, type LiveRun } from './live-run.ts';

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };

/** For a function that reads no more: it carries these clients alone. */
export type ClusterSources = Pick<LiveSources, 'readEks' | 'readTrailFiles' | 'readKubernetes'>;

export function openClusterSources(run: LiveRun): ClusterSources {
  const { evidenceBucket: bucket = null, trailBucket, now } = run.options;
  return {
    readEks: async (place, task) => {
      const tell = (cluster: Cluster): void => {
        run.described.set(keyOf(place), { read: NOTHING, cluster, entries: null });
      };
      const eks = await readEksCluster(await run.enterFor(task), place, { ...task, tell });
      run.described.set(keyOf(place), eks);
      return eks.read;
    },
    readTrailFiles: async (place, task) => {
      const access = await run.enterFor(task);
      const { account, region } = place;
      const clusters = [describeTrailed(run, place, access.partition)];
      return readOlderTrail(access, { account, region, clusters, trailBucket }, task);
    },
    readKubernetes: async (place, task) => {
      const cluster = run.described.get(keyOf(place))?.cluster ?? null;
      const access = await run.enterFor(task);
      const read = await readKubernetes(access, { place, cluster }, task);
      return bucket === null ? read : fillFromCollector(access, { bucket, place, now, read }, task);
    },
  };
}
