import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BUDGETS, listLargeFiles, listLargeFunctions, listLongSignatures } from '../scripts/budgets.ts';
import { describeSource, listSourceFiles, type SourceFile } from '../scripts/source-files.ts';
import { isWithin, LAYERS, listForbiddenImports, STAGES } from './support/import-law.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILES = listSourceFiles(ROOT);

interface Rule {
  readonly rule: string;
  readonly why: string;
  readonly breaks: (file: SourceFile) => readonly string[];
  /** A file that breaks the rule: path, then text. */
  readonly planted: readonly [path: string, text: string];
}

const PURE = ['shared/model', 'shared/rules', ...STAGES];
/** Calculation alone: of node:net that is isIP, since WORLD forbids the rest. */
const PURE_NODE_MODULES = new Set(['node:buffer', 'node:crypto', 'node:net', 'node:util', 'node:zlib']);
const WORLD =
  /^(Date\.now|new Date\(\)|Math\.random|performance\.now|fetch|setTimeout|setInterval|console\.|process\.)|random(UUID|Bytes|Int|FillSync)|getRandomValues|^(createConnection|createServer|connect|new Socket)/;
// In pieces, so that this file does not name them.
const SILENCERS = new RegExp(`@${'ts-'}(ignore|expect-error|nocheck)|biome-${'ignore'}`);
const NAMELESS = /(^|[/-])(utils?|helpers?|common|misc|manager|service|impl)\.ts$/i;

const isPage = ({ path }: SourceFile): boolean => /^shared\/reports\/html(-.+)?\.ts$/.test(path);
/** Types of views and drawings, the template, and constants of its own; node:crypto is for the hashes of the policy. */
const PAGE_IMPORTS = /^(node:crypto|\.\/(escape|html(-[a-z]+)?|view-[a-z]+|graphviz)\.ts)$/;
const CALCULATION =
  /^Math\.|\.(sort|toSorted|filter|reduce|find|findLast|some|every|flatMap|localeCompare)$|^(Number|Date|parseInt)/;
const DRAWS = new Set([
  'shared/reports/graphviz.ts',
  'shared/reports/html-page.ts',
  'shared/reports/html-cluster.ts',
  'shared/reports/html-picture.ts',
  'shared/pipeline/tell-html.ts',
]);

function isIn(folders: readonly string[], { path }: SourceFile): boolean {
  return folders.some((folder) => isWithin(folder, path));
}

const isShipped = (file: SourceFile): boolean => isIn(['shared', 'functions', 'cli'], file);
const isTest = ({ path }: SourceFile): boolean => /\.(test|walk)\.ts$/.test(path);

/** The file's path and what it does, where it does it. */
function listed(file: SourceFile, isBroken: boolean, what: string): readonly string[] {
  return isBroken ? [`${file.path}: ${what}`] : [];
}

function linesOf(count: number): string {
  return 'x();\n'.repeat(count);
}

const RULES: readonly Rule[] = [
  {
    rule: 'only shared/aws imports the AWS SDK, and tests that ask a local AWS',
    why: 'The middle then runs without it, and an SDK change stays in one folder.',
    breaks: (file) =>
      file.imports
        .filter((name) => /^(@aws-sdk|@smithy)\//.test(name) && !isIn(['shared/aws', 'test'], file))
        .map((name) => `${file.path} imports ${name}`),
    planted: ['shared/pipeline/audit.ts', "import { EKSClient } from '@aws-sdk/client-eks';"],
  },
  {
    rule: 'only shared/config.ts reads the environment',
    why: 'All settings are named at one place, and missing ones all at once.',
    breaks: (file) =>
      listed(file, isShipped(file) && file.path !== 'shared/config.ts' && reads(file, /^process\.env/), 'process.env'),
    planted: ['shared/aws/clients.ts', 'export const region = process.env.AWS_REGION;'],
  },
  {
    rule: 'a pure stage has no clock, no randomness, no timer and no console',
    why: 'Same folder and same --now give the same bytes.',
    breaks: (file) => listed(file, isIn(PURE, file) && reads(file, WORLD), 'touches the world'),
    planted: ['shared/findings/lifecycle.ts', 'export const now = (): Date => new Date();'],
  },
  {
    rule: 'a pure stage opens no file, process or connection',
    why: 'Disk and network come in through ports.',
    breaks: (file) =>
      file.imports
        .filter((name) => isIn(PURE, file) && name.startsWith('node:') && !PURE_NODE_MODULES.has(name))
        .map((name) => `${file.path} imports ${name}`),
    planted: ['shared/evidence/rbac.ts', "import { readFileSync } from 'node:fs';"],
  },
  {
    rule: 'a renderer of pages calculates nothing and knows only the view',
    why: 'Everything on a page then stands in the view of the JSON, where every other format finds it too.',
    breaks: (file) =>
      isPage(file)
        ? [
            ...file.imports.filter((name) => !PAGE_IMPORTS.test(name)).map((name) => `${file.path} imports ${name}`),
            ...listed(file, reads(file, CALCULATION), 'calculates'),
          ]
        : [],
    planted: ['shared/reports/html-cases.ts', "import { sortFindings } from './order.ts';"],
  },
  {
    rule: 'only the pipeline of pages loads the layout engine',
    why: 'It is a megabyte, which no function needs that draws nothing.',
    breaks: (file) =>
      file.imports
        .filter(
          (name) =>
            (name === '@viz-js/viz' || /\/graphviz\.ts$/.test(name)) && !DRAWS.has(file.path) && isShipped(file),
        )
        .map((name) => `${file.path} imports ${name}`),
    planted: ['shared/pipeline/tell.ts', "import { openGraphviz } from '../reports/graphviz.ts';"],
  },
  {
    rule: 'no default exports',
    why: 'A thing has one name, and a search for it finds every use.',
    breaks: (file) => listed(file, file.hasDefaultExport, 'default export'),
    planted: ['cli/keyholder.ts', 'export default 1;'],
  },
  {
    rule: 'no barrel but detections/index.ts and the library entry',
    why: 'A barrel hides where a thing lives and loads everything.',
    breaks: (file) => {
      const isEntry = ['shared/detections/index.ts', 'shared/index.ts'].includes(file.path);
      return listed(file, file.hasReExport && !isEntry, 're-exports');
    },
    planted: ['shared/access/index.ts', "export { findPeople } from './people.ts';"],
  },
  {
    rule: 'no any and no cast outside shared/aws, and ! in tests alone',
    why: 'Input is hostile: a guard proves what a cast only claims.',
    breaks: (file) =>
      isIn(['shared/aws'], file)
        ? []
        : file.escapes
            .filter((found) => !isIn(['test'], file) || !found.startsWith('!'))
            .map((found) => `${file.path}: ${found}`),
    planted: ['shared/evidence/iam.ts', 'export const role = (raw: unknown): string => raw as string;'],
  },
  {
    rule: 'nothing switches the compiler or the linter off',
    why: 'A silenced rule is a rule that nobody keeps.',
    breaks: (file) => listed(file, SILENCERS.test(file.text), 'silences a tool'),
    planted: ['shared/access/people.ts', `// ${'@ts'}-ignore\nexport const x = 1;`],
  },
  {
    rule: `a source file has at most ${BUDGETS.sourceLines} lines, a test ${BUDGETS.testLines}`,
    why: 'A reader holds a file in the head, or not at all.',
    breaks: (file) => listLargeFiles([file]),
    planted: ['shared/access/people.ts', linesOf(BUDGETS.sourceLines + 1)],
  },
  {
    rule: `a function has at most ${BUDGETS.functionLines} lines`,
    why: 'Longer ones do two things.',
    breaks: (file) => listLargeFunctions([file]),
    planted: ['shared/access/people.ts', `export function long(): void {\n${linesOf(BUDGETS.functionLines)}}`],
  },
  {
    rule: `a function takes at most ${BUDGETS.parameters} parameters`,
    why: 'A fourth is confused with its neighbour; an object names it.',
    breaks: (file) => listLongSignatures([file]),
    planted: ['shared/access/people.ts', 'export const f = (a: 1, b: 2, c: 3, d: 4): number => a + b + c + d;'],
  },
  {
    rule: 'file names are kebab-case and say what is inside',
    why: 'Upper case breaks on Linux alone; "utils" says nothing.',
    breaks: (file) => listed(file, !/^[a-z0-9/.-]+$/.test(file.path) || NAMELESS.test(file.path), 'is no good name'),
    planted: ['shared/access/Helpers.ts', 'export const x = 1;'],
  },
  {
    rule: 'every file under test/ is a test or support for one',
    why: 'A test whose name does not match is never run, and nobody notices.',
    breaks: (file) => {
      const isElsewhere = isIn(['test/support', 'test/contracts', 'test/fixtures'], file);
      return listed(file, isIn(['test'], file) && !isElsewhere && !isTest(file), 'is not collected');
    },
    planted: ['test/access/people.tests.ts', 'export const x = 1;'],
  },
  {
    rule: 'every test belongs to a source file or folder that exists',
    why: 'The tree of tests mirrors the tree of sources, so either is found from the other.',
    breaks: (file) => listed(file, isTest(file) && !hasSource(file.path), 'mirrors nothing'),
    planted: ['test/access/no-such-source.test.ts', 'export const x = 1;'],
  },
];

function reads(file: SourceFile, pattern: RegExp): boolean {
  return [...file.uses].some((use) => pattern.test(use));
}

/** test/x/y.test.ts mirrors shared/x/y.ts, cli/x/y.ts, x/y.ts or such a folder; tests at the top are about the whole. */
function hasSource(path: string): boolean {
  const name = path.slice('test/'.length, -'.test.ts'.length);
  if (!name.includes('/') || /^(walks|schema|estate)\//.test(name)) return true;
  return ['shared/', 'cli/', ''].some((base) =>
    FILES.some((file) => file.path === `${base}${name}.ts` || isWithin(`${base}${name}`, file.path)),
  );
}

describe('architecture', () => {
  test('sees the files it judges', () => {
    expect(FILES.length).toBeGreaterThan(40);
    expect(FILES.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  });

  for (const { rule, why, breaks, planted } of RULES) {
    test(`${rule}: ${why}`, () => {
      expect(FILES.flatMap(breaks)).toEqual([]);
    });

    test(`bites on a planted violation: ${rule}`, () => {
      expect(breaks(describeSource(...planted))).not.toEqual([]);
    });
  }

  for (const layer of LAYERS) {
    test(`${layer.layer} imports only what it may: ${layer.why}`, () => {
      expect(FILES.flatMap((file) => listForbiddenImports(layer, file))).toEqual([]);
    });

    test(`bites when ${layer.layer} imports what it may not`, () => {
      const path = layer.layer.endsWith('.ts') ? layer.layer : `${layer.layer}/planted.ts`;
      const up = '../'.repeat(path.split('/').length - 1);
      const file = describeSource(path, `import { x } from '${up}elsewhere/x.ts';`);

      expect(listForbiddenImports(layer, file)).toEqual([`${path} imports elsewhere/x.ts`]);
    });
  }

  test('gives every file a layer', () => {
    const strangers = FILES.filter(({ path }) => !LAYERS.some(({ layer }) => isWithin(layer, path)));

    expect(strangers.map(({ path }) => path)).toEqual([]);
  });

  test('knows every folder at the top', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !IGNORED.has(entry.name))
      .map(({ name }) => name);

    expect(folders.filter((name) => !TOP_FOLDERS.has(name))).toEqual([]);
  });
});

const IGNORED = new Set(['node_modules', 'dist', 'out', 'coverage', '.git', '.serverless']);
const TOP_FOLDERS = new Set([
  '.ci',
  '.github',
  'bench',
  'cli',
  'docs',
  'events',
  'functions',
  'resources',
  'schema',
  'scripts',
  'shared',
  'test',
]);
