/** What --state and --config name into the files of a recording, and into what of them steers the reading. */
import { readFile } from 'node:fs/promises';
import { KeyholderError } from '../shared/errors.ts';
import { nameSystemError } from '../shared/offline/system-error.ts';
import { listKnownAdmins } from '../shared/pipeline/known-admins.ts';
import { listKnownCreators, parseWholeState } from '../shared/pipeline/known-creators.ts';
import type { LiveRequest } from '../shared/pipeline/live-request.ts';
import type { LiveAccess } from '../shared/ports.ts';
import type { LiveOptions } from './live-options.ts';
import { recallStateText } from './state.ts';

export interface Declared
  extends Pick<LiveRequest, 'copies' | 'logsReadTo'>,
    Required<Pick<LiveAccess, 'knownCreators' | 'knownAdmins'>> {}

/** Throws KeyholderError for a file that is not there or not right. */
export async function readDeclared({ state, config, since }: LiveOptions): Promise<Declared> {
  const stateText = state === undefined ? null : ((await recallStateText(state)) ?? (await readDeclaration(state)));
  const configText = config === undefined ? null : await readDeclaration(config);
  const stored = stateText === null ? null : parseWholeState(stateText, state ?? 'state.json');
  return {
    copies: [
      ...(stateText === null ? [] : [{ file: 'state.json', text: stateText } as const]),
      ...(configText === null ? [] : [{ file: 'keyholder.yml', text: configText } as const]),
    ],
    knownCreators: stateText === null ? [] : listKnownCreators(stateText, state ?? 'state.json'),
    knownAdmins: configText === null ? [] : listKnownAdmins(configText, config ?? 'keyholder.yml'),
    // Whoever says how far back wants that, whatever was read before.
    ...(stored?.logsReadTo === undefined || since !== undefined ? {} : { logsReadTo: stored.logsReadTo }),
  };
}

async function readDeclaration(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const message = `expected a file at ${path}, got ${nameSystemError(error)}`;
    throw new KeyholderError('unreadable-input', message, { cause: error });
  }
}
