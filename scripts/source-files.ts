/** The project's own source files into what its rules look at: imports, functions, names and type escapes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

export interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
  readonly parameters: number;
}

export interface SourceFile {
  /** From the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** As written; re-exports and `import()` count too. */
  readonly imports: readonly string[];
  readonly functions: readonly FunctionSize[];
  /** Member chains and bare calls, such as `process.env`, `Date.now`, `new Date()`. */
  readonly uses: ReadonlySet<string>;
  /** `as X` (`as const` is none), `<X>y`, `any` and `!`, each with its line. */
  readonly escapes: readonly string[];
  readonly hasDefaultExport: boolean;
  readonly hasReExport: boolean;
}

const FOLDERS = ['shared', 'functions', 'cli', 'scripts', 'bench', 'test'] as const;

/** Every TypeScript file of the project, in order of path. */
export function listSourceFiles(root: string): readonly SourceFile[] {
  return FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => listPaths(root, folder))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => describeSource(path, readFileSync(join(root, path), 'utf8')));
}

function listPaths(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => (entry.isDirectory() ? listPaths(root, `${folder}/${entry.name}`) : `${folder}/${entry.name}`))
    .sort();
}

export function describeSource(path: string, text: string): SourceFile {
  const nodes = [...walk(parseAst(text, { lang: 'ts' }), '')];
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const types = new Set(nodes.map(({ node }) => node.type));
  return {
    path,
    text,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: nodes.flatMap(({ node }) => importOf(node) ?? []),
    functions: nodes.filter(({ node }) => isFunction(node)).map(({ node, name }) => sizeOf(node, name, lineAt)),
    uses: new Set(nodes.flatMap(({ node }) => useOf(node) ?? [])),
    escapes: nodes.flatMap(({ node }) => {
      const found = escapeOf(node);
      return found === undefined ? [] : `${found} in line ${lineAt(node.start)}`;
    }),
    hasDefaultExport: types.has('ExportDefaultDeclaration'),
    hasReExport: nodes.some(({ node }) => node.type.startsWith('Export') && isNode(node.source)),
  };
}

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';
}

/** Every node below, with the name of the variable, key or method that holds it. */
export function* walk(value: unknown, name: string): Iterable<{ readonly node: Node; readonly name: string }> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item, name);
    return;
  }
  if (!isNode(value)) return;
  const own = nameOf(value) ?? name;
  yield { node: value, name: own };
  const inner = isFunction(value) || value.type === 'CallExpression' ? '' : own;
  for (const child of Object.values(value)) yield* walk(child, inner);
}

function nameOf(node: Node): string | undefined {
  const named = node.id ?? (node.type === 'Property' || node.type === 'MethodDefinition' ? node.key : undefined);
  return isNode(named) && typeof named.name === 'string' ? named.name : undefined;
}

function isFunction(node: Node): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function sizeOf(node: Node, name: string, lineAt: (offset: number) => number): FunctionSize {
  const line = lineAt(node.start);
  const parameters = Array.isArray(node.params) ? node.params.length : 0;
  return { name: name === '' ? 'anonymous' : name, line, lines: lineAt(node.end) - line + 1, parameters };
}

function importOf({ type, source }: Node): string | undefined {
  if (!/^(Import|Export(Named|All))/.test(type) || !isNode(source)) return undefined;
  return typeof source.value === 'string' ? source.value : undefined;
}

function useOf(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return chainOf(node);
  const isEmpty = Array.isArray(node.arguments) && node.arguments.length === 0;
  if (node.type === 'NewExpression') return `new ${chainOf(node.callee)}(${isEmpty ? '' : '…'})`;
  if (node.type === 'CallExpression') return chainOf(node.callee);
  return undefined;
}

function chainOf(node: unknown): string {
  if (!isNode(node)) return '?';
  if (node.type === 'MemberExpression') {
    const { property } = node;
    const key = isNode(property) ? (property.name ?? property.value) : undefined;
    return `${chainOf(node.object)}.${String(key)}`;
  }
  return typeof node.name === 'string' ? node.name : '?';
}

function escapeOf(node: Node): string | undefined {
  if (node.type === 'TSAnyKeyword') return 'any';
  if (node.type === 'TSNonNullExpression') return '!';
  if (node.type === 'TSTypeAssertion') return '<cast>';
  if (node.type !== 'TSAsExpression') return undefined;
  const { typeAnnotation } = node;
  const isConst = isNode(typeAnnotation) && chainOf(typeAnnotation.typeName) === 'const';
  return isConst ? undefined : 'as';
}
