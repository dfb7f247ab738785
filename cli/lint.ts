/** `keyholder lint`: aws-auth files into what the authenticator will make of them, before they are applied. */
import { basename, dirname } from 'node:path';
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import type { LintReport } from '../shared/model/lint.ts';
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import { openRecordFile, openRecordStream } from '../shared/offline/record-input.ts';
import { type LintOptions, lintFiles, losesAccess } from '../shared/pipeline/lint.ts';
import { LINT_FORMATS, type LintFormat, tellLint, writeLint } from '../shared/pipeline/tell-lint.ts';
import type { RawFile } from '../shared/ports.ts';
import type { AddCommand } from './command.ts';
import { deliver } from './deliver.ts';
import { parseChoice, parseFolder, parseNow, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface LintFlags {
  readonly format?: LintFormat;
  readonly out?: string;
  readonly fix?: true;
  readonly now?: string;
}

const EXAMPLES = `
Examples:
  keyholder lint aws-auth.yaml                    every mistake with line and column, what comes of it, and its mend
  keyholder lint --fix aws-auth.yaml              writes aws-auth.yaml.fixed beside it, with what is beyond doubt mended
  keyholder lint --format sarif clusters/*/aws-auth.yaml > lint.sarif
  kubectl -n kube-system get configmap aws-auth -o yaml | keyholder lint -

A mistake in aws-auth is not refused when it is applied: rows, or whole sections, are dropped without a word, and
people and nodes lose the cluster. The exit code is 1 when that would happen. The file is read as the authenticator
of EKS reads it, and judged by the detections that need nothing else.`;

export const addLint: AddCommand = (program, { world, finish }) => {
  program
    .command('lint')
    .summary('aws-auth before it is applied: who would lose access')
    .description('Check aws-auth ConfigMaps before they are applied: each mistake, what comes of it, and its mend.')
    .argument('[files...]', 'files to check; - for standard input')
    .addOption(
      new Option(
        '--format <format>',
        `how to tell it: ${LINT_FORMATS.join(', ')} (text unless told otherwise)`,
      ).argParser(parseChoice('--format', LINT_FORMATS)),
    )
    .addOption(new Option('--fix', 'write each file, mended, beside itself as FILE.fixed'))
    .addOption(new Option('--out <dir>', 'write the reports into this folder').argParser(parseFolder('--out')))
    .addOption(new Option('--now <time>', 'taken like every flag of a report; lint tells no times').argParser(parseNow))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], flags: LintFlags) => finish(await runLint(paths, flags, world)));
};

async function runLint(paths: readonly string[], flags: LintFlags, world: World): Promise<number> {
  const files = await openFiles(paths, flags, world);
  const options: LintOptions = { now: resolveNow(flags.now, world), ...(flags.fix === true ? { storeMended } : {}) };
  const report = await lintFiles(files, options);
  // Of one file that is none of ours the line on standard error says it all.
  if (report.files.length > 0 || (flags.format ?? 'text') !== 'text')
    await deliver<LintFormat>(
      {
        formats: LINT_FORMATS,
        render: (format, screen) => tellLint(report, format, screen),
        write: (formats, sink) => writeLint(report, formats, sink),
      },
      flags,
      world,
    );
  refuseUnreadable(report);
  return losesAccess(report) ? 1 : 0;
}

async function openFiles(paths: readonly string[], { fix }: LintFlags, { stdin }: World): Promise<readonly RawFile[]> {
  if (paths.length === 0)
    throw new KeyholderError('usage', 'expected aws-auth files to check, or - for standard input, got none');
  if (fix === true && paths.includes('-'))
    throw new KeyholderError('usage', 'expected a file for --fix to write beside, got standard input');
  const files: RawFile[] = [];
  for (const path of new Set(paths)) {
    files.push(path === '-' ? openRecordStream('-', stdin) : await openRecordFile(path));
  }
  return files;
}

/** Beside the original, which is never written to. */
async function storeMended(file: string, text: string): Promise<string> {
  return openDirectorySink(dirname(file)).write(`${basename(file)}.fixed`, text);
}

function refuseUnreadable({ unreadable: [first, ...others] }: LintReport): void {
  if (first === undefined) return;
  const { file, position, reason } = first;
  const place = position === null ? file : `${file}:${position.line}:${position.column}`;
  const more = others.length === 0 ? '' : ` (and ${others.length} more that cannot be checked)`;
  throw new KeyholderError('unreadable-input', `${place}: ${reason}${more}`);
}
