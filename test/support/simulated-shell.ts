/** A real shell whose aws, kubectl, git and sleep reach a simulated cluster: printed commands are carried out as printed. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { chmodSync, closeSync, constants, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Invocation, type Outcome, runProgram, type SimulatedWorld } from './simulated-programs.ts';
import { makeFolder } from './temp-folder.ts';

export interface SimulatedShell {
  /** All in one session, each as it is; ends at the first that fails. */
  readonly run: (commands: readonly string[]) => Promise<Outcome>;
  readonly folder: string;
  /** Every call that reached a program, in order. */
  readonly calls: readonly Invocation[];
}

const PROGRAMS = ['aws', 'kubectl', 'git', 'sleep'];

/** Sends its own words to the test, and prints what comes back; in sh, since hundreds of them are started. */
function writeStandIn(tools: string, program: string): void {
  const path = join(tools, program);
  const lines = [
    '#!/bin/sh',
    `printf '%s\\0' "$PWD" ${program} "$#" "$@" > '${tools}/asked'`,
    `read -r code < '${tools}/answered'`,
    `cat '${tools}/out'`,
    `cat '${tools}/err' >&2`,
    'exit "$code"',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

export type RunProgram = (invocation: Invocation) => Outcome;

export function simulate(world: SimulatedWorld): RunProgram {
  return (invocation) => runProgram(world, invocation);
}

/** Whatever a program is asked, it prints one word and ends well: for looking at the words that reach it. */
export const SAY_YES: RunProgram = () => ({ out: 'AKIAIOSFODNN7EXAMPLE\n', err: '', code: 0 });

export function openShell(run: RunProgram, shell = 'sh'): SimulatedShell {
  const calls: Invocation[] = [];
  const tools = makeFolder();
  const folder = makeFolder();
  execFileSync('mkfifo', [join(tools, 'asked'), join(tools, 'answered')]);
  for (const program of PROGRAMS) writeStandIn(tools, program);
  const answered = openPipe(join(tools, 'answered'));
  onTestFinished(() => closeSync(answered));
  listen(join(tools, 'asked'), (invocation) => {
    calls.push(invocation);
    const { out, err, code } = run(invocation);
    writeFileSync(join(tools, 'out'), out);
    writeFileSync(join(tools, 'err'), err);
    writeSync(answered, `${code}\n`);
  });
  const path = `${tools}${delimiter}${process.env.PATH ?? ''}`;
  const session = startSession(spawn(shell, [], { cwd: folder, env: { PATH: path } }), join(tools, 'errors'));
  return { run: (commands) => runAll(session, commands), folder, calls };
}

/** For both directions: else it ends, for whoever opens it meanwhile too, when the last at its other end closes it. */
function openPipe(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
}

/** Folder, program, number of words, and the words, each with a NUL behind it. */
function listen(pipe: string, answer: (invocation: Invocation) => void): void {
  const socket = new Socket({ fd: openPipe(pipe), readable: true });
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (data) => {
    text += data.toString();
    const [cwd = '', program = '', count = '', ...args] = text.split('\0');
    // Behind the last NUL there is one empty part more.
    if (count === '' || args.length <= Number(count)) return;
    text = '';
    answer({ cwd, program, args: args.slice(0, -1) });
  });
}

type Session = (command: string) => Promise<Outcome>;

async function runAll(session: Session, commands: readonly string[]): Promise<Outcome> {
  const all = { out: '', err: '', code: 0 };
  for (const command of commands) {
    const { out, err, code } = await session(command);
    all.out += out;
    all.err += err;
    all.code = code;
    if (code !== 0) break;
  }
  return all;
}

/** Stands behind the output of each command, with its exit code. */
const END = /<<exit (\d+)>>$/;

/** One shell for the whole of it: a variable that one command sets, the next may use. */
function startSession(child: ChildProcessWithoutNullStreams, errors: string): Session {
  onTestFinished(() => void child.kill());
  let text = '';
  let answer: (outcome: Outcome) => void = () => {};
  child.stdout.on('data', (data) => {
    text += data;
    const [end, code] = END.exec(text) ?? [];
    if (end === undefined) return;
    const out = text.slice(0, -end.length);
    text = '';
    answer({ out, err: readFileSync(errors, 'utf8'), code: Number(code) });
  });
  return (command) =>
    new Promise((resolve) => {
      answer = resolve;
      child.stdin.write(`{ ${command}\n} 2> '${errors}'; printf '<<exit %s>>' "$?"\n`);
    });
}
