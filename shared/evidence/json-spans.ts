/** JSON text into a value in which everything knows where it stands, repeated keys included. */
import type { JsonEntry, JsonScalar, JsonValue } from './go-json.ts';
import { findTooDeep, skipBlanks, skipString, skipValue } from './json-scan.ts';

/** Far beyond any ConfigMap, and shallow enough to recurse. */
const MAX_DEPTH = 200;

/** null when the text is not JSON, or nested beyond reason. */
export function parseJsonSpans(text: string): JsonValue | null {
  if (findTooDeep(text, MAX_DEPTH) !== -1) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return readValue(text, skipBlanks(text, 0));
}

function readValue(text: string, start: number): JsonValue {
  const mark = text.charAt(start);
  if (mark === '[') return readList(text, start);
  if (mark === '{') return readMap(text, start);
  const end = skipValue(text, start);
  return { ...readScalar(text.slice(start, end)), start, end };
}

function readScalar(source: string): Pick<JsonScalar, 'kind' | 'text'> {
  if (source.startsWith('"')) return { kind: 'string', text: String(JSON.parse(source)) };
  if (source === 'null') return { kind: 'null', text: '' };
  return { kind: source === 'true' || source === 'false' ? 'boolean' : 'number', text: source };
}

function readList(text: string, start: number): JsonValue {
  const items: JsonValue[] = [];
  let at = skipBlanks(text, start + 1);
  while (text.charAt(at) !== ']') {
    const item = readValue(text, at);
    items.push(item);
    at = skipComma(text, item.end);
  }
  return { kind: 'list', items, start, end: at + 1 };
}

function readMap(text: string, start: number): JsonValue {
  const entries = new Map<string, JsonEntry>();
  const replaced: JsonEntry[] = [];
  let at = skipBlanks(text, start + 1);
  while (text.charAt(at) !== '}') {
    const keyEnd = skipString(text, at);
    const key = String(JSON.parse(text.slice(at, keyEnd)));
    const colon = skipBlanks(text, keyEnd);
    const value = readValue(text, skipBlanks(text, colon + 1));
    const earlier = entries.get(key);
    if (earlier !== undefined) replaced.push(earlier);
    entries.set(key, { key, keySpan: { start: at, end: keyEnd }, value });
    at = skipComma(text, value.end);
  }
  return { kind: 'map', entries: [...entries.values()], replaced, start, end: at + 1 };
}

function skipComma(text: string, from: number): number {
  const at = skipBlanks(text, from);
  return text.charAt(at) === ',' ? skipBlanks(text, at + 1) : at;
}
