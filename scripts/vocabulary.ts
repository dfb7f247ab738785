/** The words that Keyholder itself knows by name, out of its own source, into shared/redaction/vocabulary.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';
import { isNode, listSourceFiles, type Node, type SourceFile, walk } from './source-files.ts';

const FOLDERS = ['access', 'detections', 'evidence', 'findings', 'model', 'offline', 'rules'];
/** What files of the folder hold as a matter of course and no parser asks for. */
const BESIDES = [
  'true',
  'false',
  'null',
  'kind',
  'items',
  'metadata',
  'apiVersion',
  'json',
  'gz',
  'log',
  'yml',
  'com',
  'http',
  'https',
];

/** The file's text. Prose is left out: a text with a blank in it is meant for people. */
export function renderVocabulary(root: string): string {
  const words = new Set(BESIDES.map((word) => word.toLowerCase()));
  for (const file of listSourceFiles(root).filter(isAsked)) for (const word of listWords(file)) words.add(word);
  // What Kubernetes ships is told from what was changed by every word of it.
  const shipped = readFileSync(join(root, 'shared/rules/default-rbac-kubernetes.json'), 'utf8');
  for (const word of splitWords(shipped)) words.add(word);
  const rows = fillRows([...words].sort(), 112);
  return [
    '/** Words with a meaning to Keyholder, which redaction keeps: written by npm run docs, out of the source itself. */',
    'export const VOCABULARY: ReadonlySet<string> = new Set(',
    '  `',
    ...rows,
    '`.match(/\\S+/g),',
    ');',
    '',
  ].join('\n');
}

function isAsked({ path }: SourceFile): boolean {
  return FOLDERS.some((folder) => path.startsWith(`shared/${folder}/`));
}

function listWords({ path, text }: SourceFile): readonly string[] {
  const own = path.replace(/^.*\/|\.ts$/g, '');
  // What ships with Kubernetes and EKS is written as lists, with blanks between.
  const hasLists = /\/default-[a-z-]+\.ts$/.test(path);
  return [...walk(parseAst(text, { lang: 'ts' }), '')]
    .flatMap(({ node }) => listTexts(node))
    .filter((part) => (hasLists || !/\s/.test(part)) && part !== own && !part.endsWith('.ts'))
    .flatMap(splitWords);
}

function splitWords(text: string): readonly string[] {
  return (text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []).map((word) => word.toLowerCase());
}

/** Texts, the words of patterns, and the names of fields that a node holds. */
function listTexts({ type, value, regex, key }: Node): readonly string[] {
  if (type === 'Literal' && typeof value === 'string') return [value];
  if (type === 'Literal' && isRecord(regex) && typeof regex.pattern === 'string') {
    return [regex.pattern.replace(/\\[a-zA-Z]| /g, '-')];
  }
  if (type === 'TemplateElement' && isRecord(value) && typeof value.cooked === 'string') return [value.cooked];
  return type === 'Property' && isNode(key) && typeof key.name === 'string' ? [key.name] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function fillRows(words: readonly string[], width: number): readonly string[] {
  const rows: string[] = [];
  for (const word of words) {
    const last = rows.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) rows.push(word);
    else rows[rows.length - 1] = `${last} ${word}`;
  }
  return rows;
}
