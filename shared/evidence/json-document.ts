/** JSON text into its value, and the line on which each item of it starts. */
import { findJsonProblem } from './json-problem.ts';
import { findTooDeep, listChildren, skipBlanks } from './json-scan.ts';
import { type Locate, locateIn } from './text-positions.ts';

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
    return { problem, ...locateIn(text)(offset) };
  }
  const tooDeep = findTooDeep(text, MAX_DEPTH);
  if (tooDeep !== -1) {
    return { problem: `expected at most ${MAX_DEPTH} levels of nesting, got more`, ...locateIn(text)(tooDeep) };
  }
  return { value, lineOf: indexLines(text) };
}

/** Most documents are never asked for a line, so nothing is scanned before the first question. */
function indexLines(text: string): JsonDocument['lineOf'] {
  const childrenByStart = new Map<number, ReadonlyMap<string, number>>();
  let locate: Locate | null = null;
  return (path) => {
    let start = skipBlanks(text, 0);
    for (const step of path) {
      const children = childrenByStart.get(start) ?? listContainer(text, start);
      childrenByStart.set(start, children);
      const child = children.get(String(step));
      if (child === undefined) break;
      start = child;
    }
    locate ??= locateIn(text);
    return locate(start).line;
  };
}

function listContainer(text: string, start: number): ReadonlyMap<string, number> {
  return /[[{]/.test(text.charAt(start)) ? listChildren(text, start) : new Map();
}
