/** The nodes and edges of a picture into places on it, worked out by Graphviz; no name ever enters it. */
import { cut, measure } from './layout.ts';
import type { PictureGraph, PictureNode } from './picture-graph.ts';

export interface DrawnNode extends PictureNode {
  /** Of its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly shown: string;
  readonly shownLead: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** May be drawn smaller where a page is narrow, but no smaller than can be read. */
  readonly isWide: boolean;
  readonly nodeHeight: number;
  readonly nodes: readonly DrawnNode[];
  /** Path data, one an edge. */
  readonly curves: readonly string[];
}

export type Draw = (graph: PictureGraph) => Drawing;

const POINTS = 72;
const NODE_HEIGHT = 40;
const MARGIN = 8;
const LONGEST_LABEL = 32;
const WIDE = 960;
const LEAD_WIDTH = 5.6;
const LABEL_WIDTH = 7.2;

/** Loads the layout engine, a megabyte of it: nothing else may import it. */
export async function openGraphviz(): Promise<Draw> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return (graph) => {
    const sized = graph.nodes.map(sizeNode);
    const widths = new Map(sized.map(({ id, width }) => [id, width]));
    const plain = viz.renderString(
      {
        directed: true,
        graphAttributes: { rankdir: 'LR', nodesep: 0.14, ranksep: 0.5 },
        nodeAttributes: { shape: 'box', fixedsize: true, height: NODE_HEIGHT / POINTS, label: '' },
        edgeAttributes: { arrowhead: 'none' },
        nodes: graph.nodes.map(({ id }) => ({ name: id, attributes: { width: (widths.get(id) ?? 0) / POINTS } })),
        edges: graph.edges.map(({ from, to }) => ({ tail: from, head: to })),
      },
      { format: 'plain', yInvert: true },
    );
    return parsePlain(plain, new Map(sized.map((node) => [node.id, node])));
  };
}

type SizedNode = Omit<DrawnNode, 'x' | 'y'>;

function sizeNode(node: PictureNode): SizedNode {
  const shown = cut(node.label, LONGEST_LABEL);
  const shownLead = cut(node.lead, LONGEST_LABEL);
  const width = Math.ceil(22 + Math.max(LABEL_WIDTH * measure(shown), LEAD_WIDTH * measure(shownLead)));
  return { ...node, shown, shownLead, width };
}

/** Graphviz's "plain" output: a line for the graph, each node and each edge, in inches. */
function parsePlain(plain: string, sized: ReadonlyMap<string, SizedNode>): Drawing {
  const nodes: DrawnNode[] = [];
  const curves: string[] = [];
  let size: readonly number[] = [];
  for (const line of plain.split('\n')) {
    const [kind, name = '', ...rest] = line.split(' ');
    if (kind === 'graph') size = rest.slice(0, 2).map(Number);
    const node = kind === 'node' ? sized.get(name) : undefined;
    if (node !== undefined) {
      const [x, y] = toPoints(rest.slice(0, 2));
      nodes.push({ ...node, x: round((x ?? 0) - node.width / 2), y: round((y ?? 0) - NODE_HEIGHT / 2) });
    }
    if (kind === 'edge') curves.push(drawCurve(toPoints(rest.slice(2, 2 + 2 * Number(rest[1])))));
  }
  const [width = 0, height = 0] = size.map((inches) => Math.ceil(inches * POINTS + 2 * MARGIN));
  return { width, height, isWide: width > WIDE, nodeHeight: NODE_HEIGHT, nodes, curves };
}

function toPoints(inches: readonly string[]): readonly number[] {
  return inches.map((number) => round(Number(number) * POINTS + MARGIN));
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** Bézier curves that follow each other: a start, then three points each. */
function drawCurve([x = 0, y = 0, ...points]: readonly number[]): string {
  return `M${x},${y}C${points.join(' ')}`;
}
