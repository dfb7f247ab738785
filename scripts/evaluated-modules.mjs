// Runs, while functions are bundled, modules that export the same data at every start: the data travels, not what made it.
import { build } from 'esbuild';

/** What a message says of each detection, without the detections; the version, without the rest of package.json. */
const EVALUATED = /[\\/]shared[\\/]pipeline[\\/](notice-texts|version)\.ts$/;

export const evaluatedModules = {
  name: 'evaluated modules',
  setup({ onLoad }) {
    onLoad({ filter: EVALUATED }, async ({ path }) => ({
      contents: renderExports(await evaluate(path)),
      loader: 'js',
    }));
  },
};

/** With all that it imports, as it stands in the source. */
async function evaluate(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'warning',
  });
  const [{ contents }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
}

function renderExports(module) {
  return Object.entries(module)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
}
