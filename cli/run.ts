/** A command line into an exit code: 0 done, 1 done and the answer is the bad one, 2 wrong usage or unreadable input. */
import { Command, CommanderError } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { renderLine } from '../shared/pipeline/tell.ts';
import { VERSION } from '../shared/pipeline/version.ts';
import { addAccept } from './accept.ts';
import { addAudit } from './audit.ts';
import { addCollect } from './collect.ts';
import type { AddCommand } from './command.ts';
import { addDetect } from './detect.ts';
import { addDetections } from './detections.ts';
import { addDiff } from './diff.ts';
import { addExplain } from './explain.ts';
import { refuseTwice } from './flag-rules.ts';
import { addHistory } from './history.ts';
import { addLint } from './lint.ts';
import { addMigrate } from './migrate.ts';
import { addPreflight } from './preflight.ts';
import { addRecover } from './recover.ts';
import { addRedact } from './redact.ts';
import { addTestAlert } from './test-alert.ts';
import { describeUsage } from './usage.ts';
import { addWatch } from './watch.ts';
import { addWhoCan } from './who-can.ts';
import { print, type World } from './world.ts';

const COMMANDS: readonly AddCommand[] = [
  addAudit,
  addCollect,
  addPreflight,
  addDetect,
  addLint,
  addRecover,
  addMigrate,
  addExplain,
  addWhoCan,
  addHistory,
  addDiff,
  addRedact,
  addAccept,
  addWatch,
  addTestAlert,
  addDetections,
];

const AFTER_HELP = `
Example:
  keyholder audit --evidence evidence
  keyholder help audit

Exit codes:
  0    done
  1    done, and the answer is the bad one (such as --fail-on reached)
  2    wrong usage, or input that cannot be read; one line on standard error says what was expected
  130  interrupted (Ctrl-C) while AWS was read; no log query was left running`;

export async function runKeyholder(args: readonly string[], world: World): Promise<number> {
  let exitCode = 0;
  const help: string[] = [];
  const program = createProgram(world, help, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return tellFailure(error, { program, help: help.join('') }, world);
  }
}

async function tellFailure(
  error: unknown,
  { program, help }: { readonly program: Command; readonly help: string },
  world: World,
): Promise<number> {
  const isAnswer = error instanceof CommanderError && error.exitCode === 0 && !isHelpOnStranger(error, program);
  try {
    if (isAnswer) await print(world.stdout, help);
    else await print(world.stderr, `${help}keyholder: ${describeFailure(error, program, world)}\n`);
    return isAnswer ? 0 : 2;
  } catch (failure) {
    // A full disk under the help, or under this very line: then nobody reads it.
    await print(world.stderr, `keyholder: ${describeFailure(failure, program, world)}\n`).catch(() => {});
    return 2;
  }
}

/** `keyholder adit --help`: commander shows what the tool can do, as if that had been asked. */
function isHelpOnStranger({ code }: CommanderError, program: Command): boolean {
  const [asked = ''] = program.args;
  if (code !== 'commander.helpDisplayed' || asked === '' || asked.startsWith('-')) return false;
  return !program.commands.some((command) => command.name() === asked) && asked !== 'help';
}

function createProgram(world: World, help: string[], finish: (exitCode: number) => void): Command {
  const write = (text: string) => help.push(text);
  const program = new Command('keyholder')
    .description('Who holds the keys to every Amazon EKS cluster: since when, given by whom, last used when.')
    .usage('<command> [flags]')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => {} })
    .addHelpText('after', AFTER_HELP);
  for (const add of COMMANDS) add(program, { world, finish });
  for (const command of program.commands) refuseTwice(command);
  return program;
}

function describeFailure(error: unknown, program: Command, { settings }: World): string {
  if (error instanceof CommanderError) return renderLine(describeUsage(error, program));
  if (settings.debug && error instanceof Error) return error.stack ?? error.message;
  if (error instanceof KeyholderError && error.code !== 'internal') return renderLine(error.message);
  const message = error instanceof Error ? error.message : String(error);
  return renderLine(`expected no internal error, got: ${message} (KEYHOLDER_DEBUG=1 shows where)`);
}
