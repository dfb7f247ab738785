/** Credentials into a live run: the account that they lead to, and what one read tells the next of its clusters. */
import { setMaxListeners } from 'node:events';
import type { ClusterPlace, LiveAccess, LiveTask } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import type { EksRead } from './eks.ts';
import { type AccountEntry, type LiveTools, openAccount } from './entered-account.ts';
import type { TrailedCluster } from './live-cloudtrail.ts';

export interface LiveRun extends AccountEntry {
  readonly options: LiveAccess;
  readonly enterFor: (task: LiveTask) => Promise<AwsAccess>;
  /** What EKS said of a cluster tells the Kubernetes API where to ask, and the trail around which times to look. */
  readonly described: Map<string, EksRead>;
}

/** Makes no call yet. */
export function openLiveRun(options: LiveAccess, tools: LiveTools = {}): LiveRun {
  const entry = openAccount(options, tools);
  return {
    ...entry,
    options,
    enterFor(task) {
      // Each call under way listens to the signal: dozens of them are no leak, and need no warning on a terminal.
      setMaxListeners(0, task.signal);
      return entry.enter();
    },
    described: new Map(),
  };
}

export function describeTrailed(run: LiveRun, place: ClusterPlace, partition: string): TrailedCluster {
  const { account, region, name } = place;
  const eks = run.described.get(keyOf(place)) ?? null;
  const clusterArn = `arn:${partition}:eks:${region}:${account}:cluster/${name}`;
  const bornAtMs = eks?.cluster?.createdAt?.getTime();
  const isCreatorKnown = (run.options.knownCreators ?? []).some(
    (known) => known.clusterArn === clusterArn && Date.parse(known.life) === bornAtMs,
  );
  return { place, eks, isCreatorKnown };
}

export function keyOf({ account, region, name }: ClusterPlace): string {
  return `${account}/${region}/${name}`;
}
