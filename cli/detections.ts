/** `keyholder detections`: the catalogue of what Keyholder looks for. */
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import { CATALOGUE_FORMATS, type CatalogueFormat, tellCatalogue } from '../shared/pipeline/tell-catalogue.ts';
import type { AddCommand } from './command.ts';
import { addFormatOptions, type ReportOptions } from './report-options.ts';
import { print, type World } from './world.ts';

const EXAMPLES = `
Examples:
  keyholder detections                                  one line each
  keyholder detections --format json                    with why, fix, blind spots and references`;

export const addDetections: AddCommand = (program, { world, finish }) => {
  const command = program.command('detections').summary('what it looks for').description('List every detection.');
  addFormatOptions(command, CATALOGUE_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReportOptions<CatalogueFormat>) => finish(await runDetections(options, world)));
};

async function runDetections({ format = 'text', out }: ReportOptions<CatalogueFormat>, world: World): Promise<number> {
  const text = tellCatalogue(format, resolveWidth(out, world));
  if (out === undefined) await print(world.stdout, text);
  else {
    const name = format === 'json' ? 'detections.json' : 'detections.txt';
    await print(world.stdout, `${await openDirectorySink(out).write(name, text)}\n`);
  }
  return 0;
}

/** Lines are cut for a screen alone: whoever searches them in a pipe or a file wants the whole title. */
function resolveWidth(out: string | undefined, { stdout }: World): number {
  const { columns = 100 } = stdout;
  return out === undefined && stdout.isTTY === true ? columns : Number.POSITIVE_INFINITY;
}
