/** Turns JSON text that breaks off into the value of all that came whole before the break. */
import { skipString } from './json-scan.ts';
import { parseJson } from './parse-json.ts';

/** Deeper than any record; beyond it nothing is mended. */
const MAX_DEPTH = 500;

/** undefined when the text is broken in another way than by its end. */
export function parseCutJson(text: string): unknown {
  const closers: string[] = [];
  let whole = 0; // up to here every member is complete
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '"') at = skipString(text, at) - 1;
    else if (mark === ',') whole = at;
    else if (mark === '{' || mark === '[') {
      closers.push(mark === '{' ? '}' : ']');
      if (closers.length > MAX_DEPTH) return undefined;
      whole = at + 1;
    } else if (mark === '}' || mark === ']') {
      if (closers.pop() !== mark) return undefined;
      whole = at + 1;
    }
  }
  return parseJson(text.slice(0, whole) + closers.toReversed().join(''));
}
