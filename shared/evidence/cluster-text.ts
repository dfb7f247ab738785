/** What a describe or list command of EKS printed into its items, whichever of its forms it has. */
import type { Ref } from '../model/coverage.ts';
import { parseJsonDocument } from './json-document.ts';
import { fieldIn, isRecord, itemsIn, textIn } from './json-fields.ts';
import { type SkipTally, tallySkips } from './skip-tally.ts';

export interface ClusterPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** One file of a cluster's folder. */
export interface ClusterText {
  readonly text: string;
  readonly file: string;
  readonly place: ClusterPlace;
}

export interface OutputShape {
  /** Field that holds the object of a describe output. */
  readonly one: string;
  /** Fields that hold a list, of objects or of bare names. */
  readonly many: readonly string[];
  /** The command whose output is wanted, for the reason of a skip. */
  readonly command: string;
}

export interface Item {
  readonly value: Readonly<Record<string, unknown>>;
  readonly line: number;
}

export interface Items {
  readonly items: readonly Item[];
  readonly skips: SkipTally;
}

export function listDescribed(source: ClusterText, shape: OutputShape): Items {
  const skips = tallySkips(source.file);
  const document = parseJsonDocument(source.text);
  if ('problem' in document) {
    const { problem, line, column } = document;
    skips.add(
      `not JSON: ${problem}`,
      source.text
        .split('\n', line)
        .at(-1)
        ?.slice(Math.max(0, column - 40)),
      { line },
    );
    return { items: [], skips };
  }
  const found = listLeaves(document.value, shape);
  const items: Item[] = [];
  for (const { value, path } of found) {
    const line = document.lineOf(path);
    if (typeof value === 'string') skips.add(namesOnly(shape), value, { line });
    else if (!isRecord(value)) skips.add(`expected the output of ${shape.command}`, value, { line });
    else if (isOfAnotherCluster(value, source.place)) {
      skips.add(`belongs to another cluster than its folder, ${source.place.name}`, value, { line });
    } else items.push({ value, line });
  }
  if (hasMorePages(document.value)) skips.add('more pages follow (nextToken): the list is not whole', document.value);
  return { items, skips };
}

/** For an item that a list command names without describing it. */
export function namesOnly({ command }: OutputShape): string {
  return `lists names only: ${command} prints the rest`;
}

export function eksRef({ file }: ClusterText, line: number, { id, at }: { id: string | null; at: string | null }): Ref {
  return { source: 'eks-api', id, at, file, line };
}

interface Leaf {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/** Outputs may be collected in a list, and a list may hold whole outputs: two levels, no deeper. */
function listLeaves(value: unknown, shape: OutputShape): readonly Leaf[] {
  if (!Array.isArray(value)) return unwrap({ value, path: [] }, shape);
  return value.flatMap((item: unknown, index) => unwrap({ value: item, path: [index] }, shape));
}

function unwrap(leaf: Leaf, shape: OutputShape): readonly Leaf[] {
  const key = shape.many.find((field) => itemsIn(leaf.value, field) !== null);
  if (key === undefined) return [unwrapOne(leaf, shape)];
  const items = itemsIn(leaf.value, key) ?? [];
  return items.map((value, index) => unwrapOne({ value, path: [...leaf.path, key, index] }, shape));
}

/** A describe output may carry fields beside its object; they are kept, and the object's own come first. */
function unwrapOne({ value, path }: Leaf, { one }: OutputShape): Leaf {
  const inner = fieldIn(value, one);
  if (!isRecord(value) || !isRecord(inner)) return { value, path };
  const { [one]: _, ...beside } = value;
  return { value: { ...beside, ...inner }, path: [...path, one] };
}

function isOfAnotherCluster(value: unknown, place: ClusterPlace): boolean {
  const name = textIn(value, 'clusterName');
  return name !== null && name !== place.name;
}

function hasMorePages(value: unknown): boolean {
  return textIn(value, 'nextToken') !== null || textIn(value, 'NextToken') !== null;
}
