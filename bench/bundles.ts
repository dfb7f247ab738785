/** How much each function's bundle is, and how long its import takes, above one of the SDK commands that it sends. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { FUNCTION_OPTIONS, listFunctions } from '../scripts/build-functions.mjs';
import { weighParts } from './bundle-parts.ts';
import { type Benchmark, type Figure, median } from './figure.ts';
import { run } from './processes.ts';

const ROOT = join(import.meta.dirname, '..');
const RUNS = 20;
const MOST_ABOVE_KB = 120;
const MOST_KB = 400;
/** It alone carries the layout engine of the picture. */
const DRAWS = 'publish-report';
const MOST_ABOVE_MS = 25;
/** Where aws-auth is parsed, and so a parser of YAML is there. */
const MOST_ABOVE_WITH_YAML_MS = 45;

export const benchBundles: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-bundles-'));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const figures: Figure[] = [];
    for (const name of listFunctions()) figures.push(...(await benchFunction(name, folder)));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Bundle {
  readonly kilobytes: number;
  readonly metafile: Metafile;
  /** What a call loads: the entry, and whatever files of ours it imports late. */
  readonly entries: readonly string[];
}

async function benchFunction(name: string, folder: string): Promise<readonly Figure[]> {
  const whole = await bundle(join(ROOT, 'functions', `${name}.ts`), join(folder, name));
  const source = join(folder, `${name}-bare.ts`);
  writeFileSync(source, renderBare(whole.metafile));
  const bare = await bundle(source, join(folder, `${name}-bare`));
  const isDrawing = name === DRAWS;
  const usesYaml = listKept(whole.metafile).some((path) => path.startsWith('node_modules/yaml/'));
  const { wholeMs, bareMs } = await timeImports(whole, bare);
  const aboveBare = whole.kilobytes - bare.kilobytes;
  return [
    figure(`${name}: KB (gzipped)`, whole.kilobytes, isDrawing ? null : MOST_KB),
    figure(`${name}: KB above its bare SDK commands`, aboveBare, isDrawing ? null : MOST_ABOVE_KB),
    ...(isDrawing || aboveBare <= MOST_ABOVE_KB ? [] : listParts(name, whole, aboveBare)),
    figure(
      `${name}: ms of import above bare (of a processor, median of ${RUNS})`,
      wholeMs - bareMs,
      usesYaml ? MOST_ABOVE_WITH_YAML_MS : MOST_ABOVE_MS,
    ),
    figure(`${name}: SDK clients loaded by a call that ends early`, countEarlyClients(whole.metafile), 0),
  ];
}

/** Of what is too much, where it comes from. */
function listParts(name: string, { metafile }: Bundle, aboveBare: number): readonly Figure[] {
  const parts = [...weighParts(metafile, (path) => gzipSync(readFileSync(join(ROOT, path))).length / 1000)];
  const own = parts.reduce((sum, [, kilobytes]) => sum + kilobytes, 0);
  return [
    ...parts.sort(([, one], [, other]) => other - one),
    ['of the SDK beyond the bare', aboveBare - own] as const,
  ].map(([part, kilobytes]) => figure(`${name}: KB of these, ${part}`, kilobytes, null));
}

function figure(what: string, measured: number, limit: number | null): Figure {
  return { what, measured: Math.round(measured), unit: '', limit };
}

async function bundle(entry: string, outdir: string): Promise<Bundle> {
  const { metafile } = await build({
    ...FUNCTION_OPTIONS,
    absWorkingDir: ROOT,
    entryPoints: { index: entry },
    outdir,
    chunkNames: 'chunk-[hash]',
    metafile: true,
  });
  const paths = Object.keys(metafile.outputs).map((path) => join(ROOT, path));
  const bytes = paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
  const late = Object.entries(metafile.outputs).filter(([, { entryPoint = '' }]) => entryPoint.startsWith('shared/'));
  const entries = [join(outdir, 'index.js'), ...late.map(([path]) => join(ROOT, path))];
  return { kilobytes: bytes / 1000, metafile, entries };
}

/** A client of each service and its commands, with nothing around them. */
function renderBare(metafile: Metafile): string {
  const commands = listKept(metafile).flatMap((path) => {
    const [, name, command] = /@aws-sdk\/(client-[\w-]+)\/.*\/commands\/(\w+Command)\.js$/.exec(path) ?? [];
    return name === undefined || command === undefined ? [] : [{ name, command }];
  });
  const clients = listKept(metafile).flatMap((path) => {
    const [, name, client] = /@aws-sdk\/(client-[\w-]+)\/dist-es\/(\w+Client)\.js$/.exec(path) ?? [];
    return name === undefined || client === undefined ? [] : [{ name, client }];
  });
  return [
    ...commands.map(({ name, command }) => `export { ${command} } from '@aws-sdk/${name}';`),
    ...clients.map(({ name, client }) => `export { ${client} } from '@aws-sdk/${name}';`),
  ].join('\n');
}

function listKept({ outputs }: Metafile): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return [...new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path))];
}

/** In turns, so that a busy moment of the machine meets both. */
async function timeImports(whole: Bundle, bare: Bundle) {
  const wholeRuns: number[] = [];
  const bareRuns: number[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    wholeRuns.push(await timeImport(whole.entries));
    bareRuns.push(await timeImport(bare.entries));
  }
  return { wholeMs: median(wholeRuns), bareMs: median(bareRuns) };
}

/** Time of a processor: on a machine that does nothing else a little more than by the clock, on a busy one the same. */
async function timeImport(entries: readonly string[]): Promise<number> {
  const list = JSON.stringify(entries);
  const code = `const s = process.cpuUsage(); for (const e of ${list}) await import(e); const { user, system } = process.cpuUsage(s); console.log((user + system) / 1000);`;
  const { stdout, stderr, exitCode } = await run(process.execPath, ['--input-type=module', '-e', code]);
  if (exitCode !== 0) throw new Error(`expected an import, got ${stderr}`);
  return Number(stdout);
}

/** In what the entry imports before it is called. */
function countEarlyClients({ outputs }: Metafile): number {
  const entry = Object.keys(outputs).find((path) => path.endsWith('/index.js'));
  const early = new Set(entry === undefined ? [] : [entry]);
  for (const path of early) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') early.add(next);
  }
  const inputs = [...early].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  return inputs.filter((path) => /@aws-sdk\/client-[\w-]+\/dist-es\/\w+Client\.js$/.test(path)).length;
}
