// Bundles each file of functions/ into dist/functions/<name>/, a folder that can be zipped as it is.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { detectionBundling } from './detection-bundling.mjs';
import { evaluatedModules } from './evaluated-modules.mjs';
import { yamlReading } from './yaml-reading.mjs';

const ENVIRONMENT_CREDENTIALS = join(import.meta.dirname, 'environment-credentials.mjs');

export const FUNCTION_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The SDK ships both forms; this one can be shaken, and is half as large.
  mainFields: ['module', 'main'],
  // What is imported late stays in a file of its own, so that a path that ends early loads no SDK client.
  splitting: true,
  minify: true,
  plugins: [detectionBundling, evaluatedModules, yamlReading],
  alias: {
    '@aws-sdk/credential-provider-node': ENVIRONMENT_CREDENTIALS,
    '@aws-sdk/credential-providers': ENVIRONMENT_CREDENTIALS,
    // The form for browsers is one of modules, and only what is used of it travels; the code is the same.
    yaml: join(import.meta.dirname, '../node_modules/yaml/browser/dist/index.js'),
    '@aws-crypto/sha256-js': join(import.meta.dirname, 'node-sha256.mjs'),
    bowser: join(import.meta.dirname, 'no-browser.mjs'),
  },
  legalComments: 'none',
  logLevel: 'warning',
  // Some dependencies still call require() for Node's own modules; an ESM bundle has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

export function listFunctions() {
  if (!existsSync('functions')) return [];
  return readdirSync('functions')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** One folder each: a zip must hold its own chunks, and no others. */
export async function buildFunction(name, outRoot = 'dist/functions') {
  const outdir = join(outRoot, name);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    ...FUNCTION_OPTIONS,
    entryPoints: { index: `functions/${name}.ts` },
    outdir,
    chunkNames: 'chunk-[hash]',
    metafile: true,
  });
  writeFileSync(join(outdir, 'package.json'), '{"type":"module"}\n');
  return metafile;
}

if (import.meta.filename === process.argv[1]) {
  rmSync('dist/functions', { recursive: true, force: true });
  for (const name of listFunctions()) await buildFunction(name);
}
