// Leaves out of the bundles of functions what writes YAML, and schemas by which nothing is read there.
import { readFile } from 'node:fs/promises';

/** Parts of the library that its reader imports, for methods that only whoever writes, or wants plain objects, calls. */
const UNUSED =
  /[\\/]yaml[\\/]browser[\\/]dist[\\/](?:(?:stringify|doc|nodes|parse)[\\/])?(?:stringify\w*|foldFlowLines|anchors|applyReviver|createNode|addPairToJSMap|toJS|cst-\w+|visit)\.js$/;
/** Ours read by `core`, or by `failsafe` and rules of their own. */
const SCHEMAS = /[\\/]yaml[\\/]browser[\\/]dist[\\/]schema[\\/](yaml-1\.1|json)[\\/]schema\.js$/;

export const yamlReading = {
  name: 'reading of YAML',
  setup({ onLoad }) {
    onLoad({ filter: UNUSED }, async ({ path }) => ({
      contents: listExports(await readFile(path, 'utf8'))
        .map((name) => `export function ${name}() { throw new Error('expected YAML to be read here, and no more'); }`)
        .join('\n'),
      loader: 'js',
    }));
    onLoad({ filter: SCHEMAS }, () => ({ contents: 'export const schema = [];', loader: 'js' }));
  },
};

/** The library ends each module with one list of them. */
function listExports(text) {
  const [, names = ''] = /export \{([^}]*)\};\s*$/.exec(text) ?? [];
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
