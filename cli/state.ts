/** What `--state` names: the folder that remembers, or the state.json of one that did. */
import { type ObjectDirectory, openObjectDirectory } from '../shared/offline/object-directory.ts';
import { openStateDirectory } from '../shared/offline/state-directory.ts';
import { recallState, renderState } from '../shared/pipeline/recall-state.ts';
import type { FindingStore } from '../shared/ports.ts';

export interface StateFolder {
  readonly store: FindingStore;
  readonly objects: ObjectDirectory;
}

/** null for a file, which is read and never written. Nobody needs to make the folder. */
export function openState(path: string | undefined): StateFolder | null {
  if (path === undefined || path.endsWith('.json')) return null;
  return { store: openStateDirectory(path), objects: openObjectDirectory(path) };
}

/** Keeps the latest snapshot of each cluster alone: a disk has no rule that clears the others away. */
export async function removeOldSnapshots({ objects }: StateFolder, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const place = key.slice(0, key.lastIndexOf('/', key.length - 2) + 1);
    const folders = (await objects.list(place)).map((found) => found.slice(0, found.indexOf('/', place.length) + 1));
    for (const other of new Set(folders)) if (other !== key) await objects.remove(other);
  }
}

/** The text of state.json for the next run; null for a file. */
export async function recallStateText(path: string | undefined): Promise<string | null> {
  const state = openState(path);
  return state === null ? null : renderState(await recallState(state.store));
}
