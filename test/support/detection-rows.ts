/** The text of a detection's test into how many rows each of its three lists has. */
import { parseAst } from 'vitest/node';
import { isNode, type Node, walk } from '../../scripts/source-files.ts';

const LISTS = ['fires', 'staysQuiet', 'cannotTell'] as const;
export type RowCounts = Readonly<Record<(typeof LISTS)[number], number>>;

/** null when the test does not call describeDetection. */
export function countRows(text: string): RowCounts | null {
  const nodes = [...walk(parseAst(text, { lang: 'ts' }), '')].map(({ node }) => node);
  const call = nodes.find(({ type, callee }) => type === 'CallExpression' && nameIn(callee) === 'describeDetection');
  if (call === undefined || !Array.isArray(call.arguments)) return null;
  const rows: unknown = call.arguments[1];
  const count = (list: string): number => countElements(rows, list);
  return { fires: count('fires'), staysQuiet: count('staysQuiet'), cannotTell: count('cannotTell') };
}

function countElements(rows: unknown, list: string): number {
  if (!isNode(rows) || !Array.isArray(rows.properties)) return 0;
  const properties: readonly unknown[] = rows.properties;
  const property = properties.filter(isNode).find(({ key }) => nameIn(key) === list);
  const value: unknown = property?.value;
  return isNode(value) && Array.isArray(value.elements) ? value.elements.length : 0;
}

function nameIn(value: unknown): string | undefined {
  const node: Node | undefined = isNode(value) ? value : undefined;
  return typeof node?.name === 'string' ? node.name : undefined;
}
