/** A live run, as the flags ask for it, into an evidence folder. */
import { openEvidenceRecorder } from '../shared/offline/evidence-recorder.ts';
import { collectLive } from '../shared/pipeline/collect-live.ts';
import type { LiveResult } from '../shared/pipeline/live-manifest.ts';
import type { LiveAccount, LiveNeeds } from '../shared/pipeline/live-request.ts';
import type { LiveAccess, OpenLiveSources } from '../shared/ports.ts';
import { readDeclared } from './declared.ts';
import { runUntil } from './interrupt.ts';
import { describeAccess, listRoles } from './live-access.ts';
import { DEFAULT_SINCE_MS, DEFAULT_TIMEOUT_MS, type LiveOptions, resolvePlace } from './live-options.ts';
import { createProgress } from './progress.ts';
import type { World } from './world.ts';

export interface LiveRunOptions {
  readonly dir: string;
  readonly now: string;
  /** Left out: everything is read. */
  readonly needs?: LiveNeeds;
}

/** Fills `dir`, which is new or empty. */
export async function recordLive(
  options: LiveOptions,
  { dir, now, needs }: LiveRunOptions,
  world: World,
): Promise<LiveResult> {
  const place = resolvePlace(options, world);
  const { copies, logsReadTo, ...known } = await readDeclared(options);
  const access = describeAccess(options, { now, regions: place.regions, ...known }, world);
  const progress = createProgress(world);
  const request = {
    ...place,
    copies,
    ...(logsReadTo === undefined ? {} : { logsReadTo }),
    ...(needs === undefined ? {} : { needs }),
    sink: await openEvidenceRecorder(dir),
    window: { from: renderTime(Date.parse(now) - (options.since ?? DEFAULT_SINCE_MS)), to: now },
    now,
    progress,
  };
  return runUntil(world, options.timeout ?? DEFAULT_TIMEOUT_MS, (signal) =>
    collectLive(listAccounts(options, access, world), { ...request, signal }).finally(progress.end),
  );
}

function listAccounts(options: LiveOptions, access: Omit<LiveAccess, 'roleArn'>, world: World): readonly LiveAccount[] {
  return listRoles(options).map(({ name, account, roleArn }) => ({
    name,
    account,
    open: () => openSources({ ...access, roleArn }, world),
  }));
}

/** The AWS SDK is loaded when it is needed: it would double the start of every command that reads a folder. */
async function openSources(access: LiveAccess, world: World) {
  const open: OpenLiveSources = world.openLiveSources ?? (await import('../shared/aws/live.ts')).createLiveSources;
  return open(access);
}

function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
