/** Turns YAML text into the node tree that go-yaml v2 builds of its first document, or into its refusal. */
import { Composer, isAlias, isMap, isPair, isScalar, isSeq, Parser } from 'yaml';
import { type Layout, layOut } from './go-yaml-layout.ts';

export interface Span {
  /** Offsets into the text that was parsed. */
  readonly start: number;
  readonly end: number;
}

export interface GoScalar extends Span {
  readonly kind: 'scalar';
  readonly text: string;
  readonly tag: string;
  readonly isPlain: boolean;
}

export interface GoList extends Span {
  readonly kind: 'list';
  readonly items: readonly GoNode[];
}

export interface GoPair {
  readonly key: GoNode;
  readonly value: GoNode;
}

export interface GoMap extends Span {
  readonly kind: 'map';
  readonly pairs: readonly GoPair[];
}

export interface GoAlias extends Span {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: GoAnchor;
}

/** Filled when its node is complete: an alias inside the node that points at it finds it still empty. */
export interface GoAnchor {
  node: GoNode | null;
}

export type GoNode = GoScalar | GoList | GoMap | GoAlias;

export interface Refusal extends Span {
  readonly refused: string;
}

export interface GoDocument {
  readonly root: GoNode;
  /** Where text begins that go-yaml never reads, without a word; null when it reads all. */
  readonly ignoredFrom: number | null;
}

const OPTIONS = {
  version: '1.1',
  // Scalars stay text here: go-yaml's own rules give them their types.
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
} as const;

/** With `base`, the text is a part of a larger one, and all offsets are given in that. */
export function parseGoYaml(text: string, base = 0): GoDocument | Refusal {
  const layout = layOut(text);
  if ('refused' in layout) return { refused: layout.refused, start: base + layout.at, end: base + layout.at + 1 };
  const tokens = new Parser().parse(layout.text);
  for (const document of new Composer(OPTIONS).compose(tokens, true, layout.text.length)) {
    const error = document.errors[0];
    if (error !== undefined) return { refused: error.message, start: base + error.pos[0], end: base + error.pos[1] };
    const builder = new TreeBuilder(layout, base);
    const root = builder.build(document.contents);
    const ignoredFrom = layout.ignoredFrom === null ? null : base + layout.ignoredFrom;
    return builder.refusal ?? { root, ignoredFrom };
  }
  return { root: emptyScalar(base), ignoredFrom: null };
}

function emptyScalar(at: number): GoScalar {
  return { kind: 'scalar', text: '', tag: '', isPlain: true, start: at, end: at };
}

class TreeBuilder {
  refusal: Refusal | null = null;
  private readonly layout: Layout;
  private readonly base: number;
  private readonly anchors = new Map<string, GoAnchor>();

  constructor(layout: Layout, base: number) {
    this.layout = layout;
    this.base = base;
  }

  build(node: unknown): GoNode {
    if (isAlias(node)) return this.buildAlias(node.source, this.spanOf(node.range));
    const anchor: GoAnchor = { node: null };
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor !== undefined) this.anchors.set(node.anchor, anchor);
    }
    const built = this.buildAnchored(node);
    anchor.node = built;
    return built;
  }

  private buildAlias(name: string, span: Span): GoAlias {
    const target = this.anchors.get(name);
    if (target === undefined) this.refusal ??= { refused: `unknown anchor '${name}' referenced`, ...span };
    return { kind: 'alias', name, target: target ?? { node: null }, ...span };
  }

  private buildAnchored(node: unknown): GoNode {
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => this.build(item)), ...this.spanOf(node.range) };
    if (isMap(node)) {
      const pairs = node.items
        .filter(isPair)
        .map(({ key, value }) => ({ key: this.build(key), value: this.build(value) }));
      return { kind: 'map', pairs, ...this.spanOf(node.range) };
    }
    if (!isScalar(node)) return emptyScalar(this.base);
    const { start } = this.spanOf(node.range);
    const scalar = this.layout.scalars.get(start - this.base);
    const tag = node.tag ?? '';
    if (scalar === undefined) return { ...emptyScalar(start), tag };
    return { kind: 'scalar', text: scalar.value, tag, isPlain: scalar.isPlain, start, end: this.base + scalar.end };
  }

  private spanOf(range: readonly [number, number, number] | null | undefined): Span {
    return { start: this.base + (range?.[0] ?? 0), end: this.base + (range?.[1] ?? 0) };
  }
}
