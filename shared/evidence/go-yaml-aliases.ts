/** Finds the alias at which go-yaml v2 gives a document up as an alias bomb, by counting what expanding would cost. */
import type { GoAlias, GoNode } from './go-yaml.ts';

const LOW = 400_000;
const HIGH = 4_000_000;

/** The share of decoding that aliases may take: 99 % of a small document, 10 % of a very large one. */
function allowedShare(decoded: number): number {
  if (decoded <= LOW) return 0.99;
  if (decoded >= HIGH) return 0.1;
  return 0.99 - (0.89 * (decoded - LOW)) / (HIGH - LOW);
}

export function isMergeKey(key: GoNode): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<') return false;
  return key.tag === '' ? key.isPlain : key.tag === '!' || key.tag === 'tag:yaml.org,2002:merge';
}

/** Nothing is expanded: the steps below an anchor are counted once and added at each of its aliases. */
export function findExcessiveAlias(root: GoNode): GoAlias | null {
  const counter = new StepCounter();
  counter.count(root);
  return counter.excessive;
}

class StepCounter {
  excessive: GoAlias | null = null;
  private decoded = 0;
  private aliased = 0;
  private readonly steps = new Map<GoNode, number>();

  /** Steps to decode the node, its aliases expanded. */
  count(node: GoNode): number {
    this.decoded += 1;
    let steps = 1;
    if (node.kind === 'alias') steps += this.countAlias(node);
    if (node.kind === 'list') for (const item of node.items) steps += this.count(item);
    if (node.kind === 'map') for (const pair of node.pairs) steps += this.countPair(pair.key, pair.value);
    this.steps.set(node, steps);
    return steps;
  }

  private countPair(key: GoNode, value: GoNode): number {
    if (!isMergeKey(key)) return this.count(key) + this.count(value);
    if (value.kind !== 'list') return this.count(value);
    let steps = 0;
    for (const item of value.items) steps += this.count(item);
    return steps;
  }

  private countAlias(alias: GoAlias): number {
    const target = alias.target.node;
    // An alias inside its own anchor has no count yet; it is refused elsewhere.
    const steps = target === null ? 0 : (this.steps.get(target) ?? 0);
    this.decoded += steps;
    this.aliased += steps;
    const isExcessive = this.aliased > 100 && this.decoded > 1000;
    if (isExcessive && this.aliased / this.decoded > allowedShare(this.decoded)) this.excessive ??= alias;
    return steps;
  }
}
