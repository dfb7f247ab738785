/** Turns a go-yaml node tree into the JSON value that sigs.k8s.io/yaml makes of it, or into the reason why it makes none. */
import type { GoNode, GoPair, Refusal, Span } from './go-yaml.ts';
import { findExcessiveAlias, isMergeKey } from './go-yaml-aliases.ts';
import { resolveScalar } from './go-yaml-scalar.ts';

export interface JsonScalar extends Span {
  readonly kind: 'null' | 'boolean' | 'number' | 'string';
  readonly text: string;
}

export interface JsonList extends Span {
  readonly kind: 'list';
  readonly items: readonly JsonValue[];
}

export interface JsonEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonValue;
}

export interface JsonMap extends Span {
  readonly kind: 'map';
  /** One entry a key, in the order of their first appearance. */
  readonly entries: readonly JsonEntry[];
  /** Entries that a later one with the same key replaced; defaults that were merged in are none. */
  readonly replaced: readonly JsonEntry[];
}

export type JsonValue = JsonScalar | JsonList | JsonMap;

export function toJson(root: GoNode): JsonValue | Refusal {
  const bomb = findExcessiveAlias(root);
  if (bomb !== null) return { refused: 'document contains excessive aliasing', start: bomb.start, end: bomb.end };
  const converter = new Converter();
  const value = converter.convert(root);
  return converter.refusal ?? value;
}

class Converter {
  refusal: Refusal | null = null;
  private readonly done = new Map<GoNode, JsonValue>();
  private readonly open = new Set<GoNode>();

  /** Each node once: an alias shares what its anchor became. */
  convert(node: GoNode): JsonValue {
    if (node.kind === 'alias') {
      const target = node.target.node;
      if (target === null || this.open.has(target))
        return this.refuse(`anchor '${node.name}' value contains itself`, node);
      return { ...this.convert(target), start: node.start, end: node.end };
    }
    const known = this.done.get(node);
    if (known !== undefined) return known;
    this.open.add(node);
    const value = this.convertFresh(node);
    this.open.delete(node);
    this.done.set(node, value);
    return value;
  }

  private convertFresh(node: Exclude<GoNode, { kind: 'alias' }>): JsonValue {
    const { start, end } = node;
    if (node.kind === 'list') return { kind: 'list', items: node.items.map((item) => this.convert(item)), start, end };
    if (node.kind === 'map') return this.convertMap(node.pairs, node);
    const value = resolveScalar(node);
    if ('refused' in value) return this.refuse(value.refused, node);
    if (!value.isFinite) return this.refuse(`json: unsupported value: ${node.text}`, node);
    return { kind: value.kind, text: value.text, start, end };
  }

  /** A merged key replaces one that stands before the merge, and is replaced by one that stands behind it. */
  private convertMap(pairs: readonly GoPair[], { start, end }: Span): JsonMap {
    const entries = new Map<string, JsonEntry>();
    const merged = new Set<string>();
    const replaced: JsonEntry[] = [];
    const put = (entry: JsonEntry) => {
      const earlier = entries.get(entry.key);
      if (earlier !== undefined && !merged.has(entry.key)) replaced.push(earlier);
      entries.set(entry.key, entry);
      merged.delete(entry.key);
    };
    for (const { key, value } of pairs) {
      if (isMergeKey(key)) {
        for (const map of this.listMerged(value)) {
          map.entries.forEach(put);
          for (const entry of map.entries) merged.add(entry.key);
        }
      } else
        put({ key: this.convertKey(key), keySpan: { start: key.start, end: key.end }, value: this.convert(value) });
    }
    return { kind: 'map', entries: [...entries.values()], replaced, start, end };
  }

  /** Last first, since earlier maps of the list take precedence. */
  private listMerged(value: GoNode): readonly JsonMap[] {
    const items = value.kind === 'list' ? [...value.items].reverse() : [value];
    const maps: JsonMap[] = [];
    for (const item of items) {
      const target = item.kind === 'alias' ? item.target.node : item;
      if (target !== null && target.kind !== 'map') {
        this.refuse('map merge requires map or sequence of maps as the value', item);
        continue;
      }
      const merged = this.convert(item);
      if (merged.kind === 'map') maps.push(merged);
    }
    return maps;
  }

  private convertKey(key: GoNode): string {
    const target = key.kind === 'alias' ? key.target.node : key;
    if (target?.kind !== 'scalar') {
      this.refuse('invalid map key: a map or a list', key);
      return '';
    }
    const value = resolveScalar(target);
    if ('refused' in value) this.refuse(value.refused, key);
    else if (value.kind === 'null' || value.isUnsigned) this.refuse('unsupported map key', key);
    else return value.text;
    return '';
  }

  private refuse(refused: string, { start, end }: Span): JsonScalar {
    this.refusal ??= { refused, start, end };
    return { kind: 'null', text: '', start, end };
  }
}
