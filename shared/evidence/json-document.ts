/** JSON text into its value, and the line on which each item of it starts. */
import { findJsonProblem } from './json-problem.ts';
import { findTooDeep, listChildren, skipBlanks } from './json-scan.ts';

/** Far beyond any real document, and shallow enough for every recursive walk that follows. */
const MAX_DEPTH = 500;

export type JsonPath = readonly (string | number)[];

export interface JsonDocument {
  readonly value: unknown;
  /** Counts from 1; for a path that does not exist, the line of its nearest ancestor. */
  readonly lineOf: (path: JsonPath) => number;
}

export interface JsonProblem {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

export function parseJsonDocument(source: string): JsonDocument | JsonProblem {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, problem } = findJsonProblem(text) ?? { offset: 0, problem: 'expected JSON, got text that is none' };
    return { problem, ...placeOf(text, offset) };
  }
  const tooDeep = findTooDeep(text, MAX_DEPTH);
  if (tooDeep !== -1) {
    return { problem: `expected at most ${MAX_DEPTH} levels of nesting, got more`, ...placeOf(text, tooDeep) };
  }
  return { value, lineOf: indexLines(text) };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return { line: text.slice(0, lineStart).split('\n').length, column: offset - lineStart + 1 };
}

/** Most documents are never asked for a line, so nothing is scanned before the first question. */
function indexLines(text: string): JsonDocument['lineOf'] {
  const childrenByStart = new Map<number, ReadonlyMap<string, number>>();
  let lineStarts: readonly number[] | null = null;
  return (path) => {
    let start = skipBlanks(text, 0);
    for (const step of path) {
      const children = childrenByStart.get(start) ?? listContainer(text, start);
      childrenByStart.set(start, children);
      const child = children.get(String(step));
      if (child === undefined) break;
      start = child;
    }
    lineStarts ??= listLineStarts(text);
    return countUpTo(lineStarts, start);
  };
}

function listContainer(text: string, start: number): ReadonlyMap<string, number> {
  return /[[{]/.test(text.charAt(start)) ? listChildren(text, start) : new Map();
}

function listLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
