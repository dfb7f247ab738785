// Leaves out of a function's bundle what no function reads of a detection: nobody renders the catalogue in one.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/** Who takes detections as rules, whose type has none of the texts. */
const RULES = join(import.meta.dirname, '..', 'shared', 'pipeline', 'detection-rules.ts');

/** What `Detection` of shared/model/finding.ts has, and `DetectionRule` has not. */
export const UNREAD = ['ref', 'title', 'why', 'fix', 'blindSpots', 'references', 'attack', 'shownElsewhere'];

export const detectionBundling = {
  name: 'detections',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/detections\/index\.ts$/ }, ({ importer }) => {
      if (importer === RULES) return undefined;
      return { errors: [{ text: `expected a function to take detections from ${RULES}, got them in ${importer}` }] };
    });
    onLoad({ filter: /[\\/]shared[\\/]detections[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: withoutTexts(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** Of the objects that a module exports. */
export function withoutTexts(text) {
  const cuts = parseAst(text, { lang: 'ts' })
    .body.filter(({ type, declaration }) => type === 'ExportNamedDeclaration' && declaration !== null)
    .flatMap(({ declaration }) => declaration.declarations ?? [])
    .flatMap(({ init }) => (init?.type === 'ObjectExpression' ? listCuts(init) : []));
  // From the end, so that what is before stays where it was.
  return cuts.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** Each with the comma behind it: up to the next property, or to the brace. */
function listCuts({ properties, end }) {
  return properties.flatMap(({ key, start }, index) => {
    const isUnread = key?.type === 'Identifier' && UNREAD.includes(key.name);
    return isUnread ? [{ start, end: properties[index + 1]?.start ?? end - 1 }] : [];
  });
}
