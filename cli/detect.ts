/** `keyholder detect`: any mix of access records into findings, one a line. */
import { setFlagsFromString } from 'node:v8';
import { Option } from 'commander';
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import { nameRecordFile, openRecordStream } from '../shared/offline/record-input.ts';
import { detectFindings } from '../shared/pipeline/detect.ts';
import { renderLine } from '../shared/pipeline/tell.ts';
import { DETECT_FORMATS, type DetectFormat, tellCounts, tellFinding } from '../shared/pipeline/tell-detected.ts';
import type { AddCommand } from './command.ts';
import { createProgress } from './progress.ts';
import { parseChoice, parseFolder, parseNow, resolveNow } from './report-options.ts';
import { hasColour, print, type World } from './world.ts';

interface DetectOptions {
  readonly format: DetectFormat;
  readonly now?: string;
  readonly out?: string;
  readonly evidence?: string;
}

const FILE_NAMES: Readonly<Record<DetectFormat, string>> = { json: 'findings.ndjson', table: 'findings.txt' };

const EXAMPLES = `
Examples:
  keyholder detect audit.ndjson.gz                      findings as JSON, one a line
  keyholder detect --format table cloudtrail/*.json.gz  the same for people
  aws logs tail /aws/eks/prod/cluster --format short | keyholder detect -

Reads CloudTrail records (files of S3, lookup-events, EventBridge events), Kubernetes audit events and lines of the
EKS authenticator, in any mix, recognised by content, gzip or not. One record shows what was done, not what stands:
each finding says what could not be compared. A file that cannot be read to its end, or holds no such record, is named
on standard error, the others are read all the same, and the exit code is 2 then. The last line on standard error counts
what was read.`;

export const addDetect: AddCommand = (program, { world, finish }) => {
  program
    .command('detect')
    .summary('what access records show being done')
    .description('Report what CloudTrail records, audit events and authenticator lines show, without any state.')
    .argument('[files...]', 'files to read; - or none for standard input')
    .addOption(
      new Option('--format <format>', `how to print findings: ${DETECT_FORMATS.join(', ')}`)
        .default('json')
        .argParser(parseChoice('--format', DETECT_FORMATS)),
    )
    .addOption(new Option('--out <dir>', 'write the findings into this folder').argParser(parseFolder('--out')))
    .addOption(new Option('--now <time>', 'the time of a record that has none').argParser(parseNow))
    .addOption(new Option('--evidence <dir>', 'taken like every flag of a report; detect reads no state').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: DetectOptions) => finish(await runDetect(paths, options, world)));
};

async function runDetect(paths: readonly string[], options: DetectOptions, world: World): Promise<number> {
  // Inflated logs make V8 mark its small heap in steps, over and over: a twentieth of the time.
  setFlagsFromString('--no-incremental-marking');
  const files = (paths.length === 0 ? ['-'] : paths).map((path) =>
    path === '-' ? openRecordStream('-', world.stdin) : nameRecordFile(path),
  );
  const progress = createProgress(world);
  const screen = { colour: hasColour(world), width: world.stdout.columns ?? 80 };
  const kept: string[] = [];
  const counts = await detectFindings(files, {
    now: resolveNow(options.now, world),
    progress,
    tell: async (finding) => {
      const text = tellFinding(finding, options.format, screen);
      if (options.out === undefined) await print(world.stdout, text);
      else kept.push(text);
    },
  }).finally(progress.end);
  if (options.out !== undefined) {
    const path = await openDirectorySink(options.out).write(FILE_NAMES[options.format], kept.join(''));
    await print(world.stdout, `${path}\n`);
  }
  for (const failure of counts.failures) await print(world.stderr, `keyholder: ${renderLine(failure)}\n`);
  await print(world.stderr, tellCounts(counts));
  return counts.failures.length > 0 ? 2 : 0;
}
