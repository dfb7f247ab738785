/** `keyholder redact`: an evidence folder into one that may be shared. */
import { randomBytes } from 'node:crypto';
import { isAbsolute, relative, resolve } from 'node:path';
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../shared/offline/evidence-recorder.ts';
import { listFolderFiles } from '../shared/offline/folder-files.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { redactFiles } from '../shared/pipeline/redact.ts';
import { renderLine } from '../shared/pipeline/tell.ts';
import type { AddCommand } from './command.ts';
import { createProgress } from './progress.ts';
import { parseFolder, parseNow, resolveNow } from './report-options.ts';
import { print, type World } from './world.ts';

interface RedactFlags {
  readonly out?: string;
  readonly seed?: string;
  readonly now?: string;
}

const EXAMPLES = `
Examples:
  keyholder redact evidence --out shared
  keyholder redact evidence --out shared --seed "$SEED"    the same names again for a second folder

Whatever Keyholder does not know by name is replaced, the same word always by the same: accounts, names, ARNs, e-mail
addresses, IP addresses, keys, comments, file names. Kept are the words of AWS and Kubernetes, regions, times and short
numbers, and with them what an audit answers. Read the result before you share it: docs/redaction.md says what to look
for. Without --seed the names are drawn anew each time, and nobody can work them back.`;

export const addRedact: AddCommand = (program, { world, finish }) => {
  program
    .command('redact')
    .summary('an evidence folder fit to be shared')
    .description('Write an evidence folder anew, with every name replaced and every answer kept.')
    .argument('<dir>', 'the evidence folder to read')
    .addOption(new Option('--out <dir>', 'write into this folder, new or empty').argParser(parseFolder('--out')))
    .addOption(new Option('--seed <text>', 'draw the names from this text; whoever has it can check a guess'))
    .addOption(
      new Option('--now <time>', 'the moment to audit at; it decides which accepted risks hold').argParser(parseNow),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (dir: string, flags: RedactFlags) => finish(await runRedact(dir, flags, world)));
};

async function runRedact(dir: string, { out, seed, now }: RedactFlags, world: World): Promise<number> {
  if (out === undefined)
    throw new KeyholderError('usage', 'expected --out DIR with the folder to write, got no such flag');
  if (seed === '') throw new KeyholderError('usage', 'expected some text for --seed, got nothing');
  if (liesWithin(dir, out)) {
    throw new KeyholderError('usage', `expected a folder outside of ${dir} for --out, got ${out}`);
  }
  const progress = createProgress(world);
  const evidence = await collectEvidence(openEvidenceFolder(dir), { progress }).finally(progress.end);
  const { files, others } = await listFolderFiles(dir);
  const count = await redactFiles({
    files,
    sink: await openEvidenceRecorder(out),
    seed: seed ?? randomBytes(32).toString('hex'),
    report: auditEvidence(evidence, resolveNow(now, world)),
    progress,
  });
  const lines = [
    `${count} files written to ${out}. Read them before you share them.`,
    ...others.map(({ file, what }) => `Not taken along: ${file}, ${what}`),
  ];
  await print(world.stdout, `${lines.map(renderLine).join('\n')}\n`);
  return 0;
}

/** The next audit of the folder would take what is written there for more of its evidence. */
function liesWithin(dir: string, out: string): boolean {
  const way = relative(resolve(dir), resolve(out));
  return way !== '' && way.split(/[\\/]/)[0] !== '..' && !isAbsolute(way);
}
