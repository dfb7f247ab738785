// Bundles the CLI, the library entry and the functions into dist/, so that no command compiles anything at start.
import { mkdirSync, rmSync } from 'node:fs';
import { installBuildTools } from './build-tools.mjs';

installBuildTools();
const { build } = await import('esbuild');
const { buildFunction, listFunctions } = await import('./build-functions.mjs');

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'linked',
  // A third less to compile at every start; names stay, for stacks in bug reports.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
await build({
  ...shared,
  entryPoints: { 'cli/keyholder': 'cli/keyholder.ts', 'lib/index': 'shared/index.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Some dependencies still call require() for Node's own modules; an ESM bundle has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
for (const name of listFunctions()) await buildFunction(name);
