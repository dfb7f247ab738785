/** Credentials into all sources of a live run. */
import type { LiveAccess, LiveSources } from '../ports.ts';
import type { LiveTools } from './entered-account.ts';
import { openAccountSources } from './live-account.ts';
import { openClusterSources } from './live-cluster.ts';
import { openRegionSources } from './live-region.ts';
import { openLiveRun } from './live-run.ts';

export function createLiveSources(options: LiveAccess, tools: LiveTools = {}): LiveSources {
  const run = openLiveRun(options, tools);
  return { ...openAccountSources(run), ...openRegionSources(run), ...openClusterSources(run) };
}
