/** Fields of a YAML tree into typed values, noting every one that is not what it should be. */
import { findNearestName } from './nearest-name.ts';
import type { Spot, YamlTree } from './yaml-tree.ts';

export interface ConfigProblem extends Spot {
  /** Such as acceptedRisks[0].expires; empty for the file as a whole. */
  readonly key: string;
  readonly message: string;
}

/** A value, the way to it for messages, and where problems are noted. */
export interface Place {
  readonly tree: YamlTree;
  readonly key: string;
  readonly problems: ConfigProblem[];
}

export interface FieldNames {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface TextForm {
  readonly expected: string;
  readonly pattern: RegExp;
  /** A number or true stands for its own letters, as in the value of a tag. */
  readonly plain?: boolean;
}

export const ANY_TEXT: TextForm = { expected: 'text', pattern: /\S/ };

/** Notes that a value is not what it should be; null stands for it. */
export function refusePlace({ tree, key, problems }: Place, expected: string): null {
  const { line, column } = tree;
  problems.push({ line, column, key, message: `expected ${expected}, got ${nameTree(tree)}` });
  return null;
}

/** Every field of a map whose names are free; an absent map has none. */
export function mapFields(place: Place | undefined): ReadonlyMap<string, Place> {
  if (place === undefined || place.tree.kind === 'nothing') return new Map();
  const { tree, key, problems } = place;
  if (tree.kind === 'map') {
    return new Map(
      tree.fields.map((field) => [field.key, { tree: field.value, key: joinKey(key, field.key), problems }]),
    );
  }
  refusePlace(place, 'a map');
  return new Map();
}

/** The fields of a map by name; unknown and missing names are noted. */
export function namedFields(place: Place | undefined, names: FieldNames): ReadonlyMap<string, Place> {
  const found = mapFields(place);
  if (place === undefined) return found;
  const { tree, key, problems } = place;
  const known = [...names.required, ...names.optional];
  for (const field of tree.kind === 'map' ? tree.fields : []) {
    if (known.includes(field.key)) continue;
    problems.push({ ...field.at, key: joinKey(key, field.key), message: renderUnknown(field.key, known) });
  }
  for (const name of tree.kind === 'map' || tree.kind === 'nothing' ? names.required : []) {
    if (found.has(name)) continue;
    const { line, column } = tree;
    problems.push({ line, column, key: joinKey(key, name), message: 'expected a value, got nothing' });
  }
  return found;
}

/** An absent list is empty. */
export function listPlaces(place: Place | undefined): readonly Place[] {
  if (place === undefined || place.tree.kind === 'nothing') return [];
  const { tree, key, problems } = place;
  if (tree.kind === 'list') return tree.items.map((item, index) => ({ tree: item, key: `${key}[${index}]`, problems }));
  refusePlace(place, 'a list');
  return [];
}

/** null when there is no text, or none of the form. */
export function parseText(place: Place | undefined, form: TextForm = ANY_TEXT): string | null {
  if (place === undefined) return null;
  const { tree, key, problems } = place;
  if (tree.kind !== 'scalar') return refusePlace(place, form.expected);
  const isText = typeof tree.value === 'string';
  if (!isText && form.plain !== true) {
    const message = `expected ${form.expected}, got ${cut(tree.source)}, which is text only in quotes`;
    problems.push({ line: tree.line, column: tree.column, key, message });
    return null;
  }
  const text = isText ? String(tree.value) : tree.source;
  return form.pattern.test(text) ? text : refusePlace(place, form.expected);
}

function joinKey(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}

function renderUnknown(name: string, known: readonly string[]): string {
  const nearest = findNearestName(name, known);
  const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`;
  return `expected one of ${known.join(', ')}, got ${JSON.stringify(cut(name))}${hint}`;
}

function nameTree(tree: YamlTree): string {
  switch (tree.kind) {
    case 'nothing':
      return 'nothing';
    case 'alias':
      return `the alias *${cut(tree.source)}, which is not followed here`;
    case 'scalar':
      return JSON.stringify(cut(tree.source));
    default:
      return `a ${tree.kind}`;
  }
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
