/** A live run, as the flags ask for it, into an evidence folder. */
import { readFile } from 'node:fs/promises';
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceRecorder } from '../shared/offline/evidence-recorder.ts';
import { nameSystemError } from '../shared/offline/system-error.ts';
import { collectLive } from '../shared/pipeline/collect-live.ts';
import { listKnownAdmins } from '../shared/pipeline/known-admins.ts';
import { listKnownCreators } from '../shared/pipeline/known-creators.ts';
import type { LiveResult } from '../shared/pipeline/live-manifest.ts';
import type { LiveAccount, LiveRequest } from '../shared/pipeline/live-request.ts';
import type { LiveAccess, OpenLiveSources } from '../shared/ports.ts';
import { describeAccess, listRoles } from './live-access.ts';
import { DEFAULT_SINCE_MS, DEFAULT_TIMEOUT_MS, type LiveOptions, resolvePlace } from './live-options.ts';
import { createProgress } from './progress.ts';
import { recallStateText } from './state.ts';
import type { World } from './world.ts';

export interface LiveRunOptions {
  readonly dir: string;
  readonly now: string;
}

/** Fills `dir`, which is new or empty. */
export async function recordLive(
  options: LiveOptions,
  { dir, now }: LiveRunOptions,
  world: World,
): Promise<LiveResult> {
  const place = resolvePlace(options, world);
  const copies = [...(await readState(options.state)), ...(await readCopy('keyholder.yml', options.config))];
  const accounts = listAccounts(options, { now, regions: place.regions, copies }, world);
  const progress = createProgress(world);
  const request = {
    ...place,
    copies,
    sink: await openEvidenceRecorder(dir),
    window: { from: renderTime(Date.parse(now) - (options.since ?? DEFAULT_SINCE_MS)), to: now },
    now,
    signal: AbortSignal.timeout(options.timeout ?? DEFAULT_TIMEOUT_MS),
    progress,
  };
  return collectLive(accounts, request).finally(progress.end);
}

function listAccounts(
  options: LiveOptions,
  { now, regions, copies }: Pick<LiveRequest, 'now' | 'regions' | 'copies'>,
  world: World,
): readonly LiveAccount[] {
  const state = copies.find(({ file }) => file === 'state.json');
  const knownCreators = state === undefined ? [] : listKnownCreators(state.text, options.state ?? state.file);
  const config = copies.find(({ file }) => file === 'keyholder.yml');
  const knownAdmins = config === undefined ? [] : listKnownAdmins(config.text, options.config ?? config.file);
  const access = describeAccess(options, { now, regions, knownCreators, knownAdmins }, world);
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

async function readState(path: string | undefined): Promise<LiveRequest['copies']> {
  const text = await recallStateText(path);
  return text === null ? readCopy('state.json', path) : [{ file: 'state.json', text }];
}

async function readCopy(
  file: 'state.json' | 'keyholder.yml',
  path: string | undefined,
): Promise<LiveRequest['copies']> {
  if (path === undefined) return [];
  try {
    return [{ file, text: await readFile(path, 'utf8') }];
  } catch (error) {
    const message = `expected a file at ${path}, got ${nameSystemError(error)}`;
    throw new KeyholderError('unreadable-input', message, { cause: error });
  }
}

function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
