/** YAML text into a tree in which every value knows its line, and scalars are still as written. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { isNestedTooDeep } from './yaml-depth.ts';

export interface Spot {
  readonly line: number;
  readonly column: number;
}

export type YamlTree = Spot &
  (
    | { readonly kind: 'map'; readonly fields: readonly YamlField[] }
    | { readonly kind: 'list'; readonly items: readonly YamlTree[] }
    | { readonly kind: 'scalar'; readonly value: unknown; readonly source: string }
    | { readonly kind: 'nothing' }
    | { readonly kind: 'alias'; readonly source: string }
  );

export interface YamlField {
  readonly key: string;
  readonly at: Spot;
  readonly value: YamlTree;
}

export interface YamlProblem extends Spot {
  readonly problem: string;
}

/** The YAML 1.2 core schema, one document. Aliases are shown, not followed: few lines of them make gigabytes. */
export function parseYamlTree(text: string): YamlTree | YamlProblem {
  const lines = new LineCounter();
  const spotOf = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (isNestedTooDeep(text)) {
    return { line: 1, column: 1, problem: 'expected YAML of ordinary depth, got deeper nesting' };
  }
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    schema: 'core',
  });
  const [first, second] = Array.isArray(documents) ? documents : [];
  if (first === undefined) return { kind: 'nothing', line: 1, column: 1 };
  const [error] = [...first.errors, ...first.warnings];
  if (error !== undefined)
    return { ...spotOf(error.pos[0]), problem: `expected YAML, got an error in it: ${error.message}` };
  if (second !== undefined) {
    return { ...spotOf(second.range?.[0] ?? 0), problem: 'expected one YAML document, got a second' };
  }
  return toTree(first.contents, { line: 1, column: 1 }, spotOf);
}

function toTree(node: unknown, fallback: Spot, spotOf: (offset: number) => Spot): YamlTree {
  if (!isNode(node)) return { kind: 'nothing', ...fallback };
  const at = node.range ? spotOf(node.range[0]) : fallback;
  if (isAlias(node)) return { kind: 'alias', source: node.source, ...at };
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => toTree(item, at, spotOf)), ...at };
  if (isMap(node)) {
    const fields = node.items.map(({ key, value }) => {
      const keyAt = isNode(key) && key.range ? spotOf(key.range[0]) : at;
      return { key: isScalar(key) ? String(key.value) : '(no name)', at: keyAt, value: toTree(value, keyAt, spotOf) };
    });
    return { kind: 'map', fields, ...at };
  }
  if (!isScalar(node)) return { kind: 'nothing', ...at };
  if (node.value === null) return { kind: 'nothing', ...at };
  return { kind: 'scalar', value: node.value, source: node.source ?? String(node.value), ...at };
}

function isNode(value: unknown): value is Node {
  return isAlias(value) || isSeq(value) || isMap(value) || isScalar(value);
}
