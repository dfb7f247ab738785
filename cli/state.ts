/** What `--state` names: the folder that remembers, or the state.json of one that did. */
import { openStateDirectory } from '../shared/offline/state-directory.ts';
import { recallState, renderState } from '../shared/pipeline/recall-state.ts';
import type { FindingStore } from '../shared/ports.ts';

/** null for a file, which is read and never written. Nobody needs to make the folder. */
export function openState(path: string | undefined): FindingStore | null {
  return path === undefined || path.endsWith('.json') ? null : openStateDirectory(path);
}

/** The text of state.json for the next run; null for a file. */
export async function recallStateText(path: string | undefined): Promise<string | null> {
  const store = openState(path);
  return store === null ? null : renderState(await recallState(store));
}
