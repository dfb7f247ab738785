/** The text of state.json into the lives of clusters whose creator is known: nobody needs to ask for them again. */
import { KeyholderError } from '../errors.ts';
import { parseState } from '../evidence/state.ts';

/** Throws KeyholderError for a state that is not right: it decides what silence means. */
export function listKnownCreators(
  text: string,
  file: string,
): readonly { readonly clusterArn: string; readonly life: string }[] {
  const { state, skips } = parseState(text, file);
  const [first] = skips;
  if (first !== undefined)
    throw new KeyholderError('unreadable-input', `${file}: ${first.reason}, got ${first.sample}`);
  return state.creators.map(({ clusterArn, life }) => ({ clusterArn, life }));
}
