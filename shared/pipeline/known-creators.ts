/** The text of state.json into the lives of clusters whose creator is known: nobody needs to ask for them again. */
import { KeyholderError } from '../errors.ts';
import { parseState } from '../evidence/state.ts';
import type { StoredState } from '../model/state.ts';

export function listKnownCreators(
  text: string,
  file: string,
): readonly { readonly clusterArn: string; readonly life: string }[] {
  const { creators } = parseWholeState(text, file);
  return creators.map(({ clusterArn, life }) => ({ clusterArn, life }));
}

/** Throws KeyholderError for a state that is not right: it decides what silence means. */
export function parseWholeState(text: string, file: string): StoredState {
  const { state, skips } = parseState(text, file);
  const [first] = skips;
  if (first !== undefined)
    throw new KeyholderError('unreadable-input', `${file}: ${first.reason}, got ${first.sample}`);
  return state;
}
