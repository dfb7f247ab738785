/** Ways to admin into the nodes and edges of a picture: each stop once, however many ways pass it. */

export type StopKind = 'person' | 'principal' | 'door' | 'binding' | 'role';

export interface Stop {
  readonly key: string;
  readonly kind: StopKind;
  /** What it is, in small print above its name. */
  readonly lead: string;
  readonly label: string;
}

export interface PictureNode extends Stop {
  readonly id: string;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
}

export interface PictureGraph {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Ways that found no room. */
  readonly left: number;
}

/** A way that brings more nodes than `most` in all is left out and counted. */
export function joinWays(ways: readonly (readonly Stop[])[], most: number): PictureGraph {
  const nodes = new Map<string, PictureNode>();
  const edges = new Map<string, PictureEdge>();
  let left = 0;
  for (const way of ways) {
    const fresh = new Set(way.filter(({ key }) => !nodes.has(key)).map(({ key }) => key));
    if (nodes.size + fresh.size > most) {
      left += 1;
      continue;
    }
    for (const stop of way) nodes.set(stop.key, nodes.get(stop.key) ?? { ...stop, id: `n${nodes.size}` });
    for (const [index, stop] of way.slice(1).entries())
      addEdge(edges, nodes.get(way[index]?.key ?? ''), nodes.get(stop.key));
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], left };
}

function addEdge(edges: Map<string, PictureEdge>, from: PictureNode | undefined, to: PictureNode | undefined): void {
  if (from === undefined || to === undefined || from === to) return;
  edges.set(`${from.id} ${to.id}`, { from: from.id, to: to.id });
}
