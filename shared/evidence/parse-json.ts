/** Turns JSON text that others wrote into a value, without a throw, and none that a recursive walk could not bear. */
import { findTooDeep } from './json-scan.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Far beyond any real record. */
const MAX_DEPTH = 500;

/** undefined when the text is not JSON, or nested beyond reason (JSON itself has no undefined). */
export function parseJson(text: string): unknown {
  if (text.length > 2 * MAX_DEPTH && findTooDeep(text, MAX_DEPTH) !== -1) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
