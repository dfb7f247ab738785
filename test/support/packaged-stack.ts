/** The stack, packaged in a folder of its own, and the commands that it is tried with. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = [
  'events',
  'functions',
  'package.json',
  'resources',
  'scripts',
  'serverless.yml',
  'shared',
  'tsconfig.json',
];
const REGION = 'eu-central-1';

export interface Ran {
  readonly exitCode: number;
  /** What it wrote, to either stream. */
  readonly output: string;
}

/** A copy, so that packaging neither needs nor touches what another run is building. */
export function copyStack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-stack-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export function runCommand(command: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  const { cwd, environment = {}, timeoutMs = 240_000 } = options;
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...environment };
  return new Promise((resolve) => {
    // Killed, not ended: osls can hang for ever on what fails inside of it.
    const limits = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 32 * 1024 * 1024 } as const;
    const child = execFile(command, args, { cwd, env, ...limits }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      resolve({ exitCode: error === null ? 0 : (child.exitCode ?? 1), output });
    });
  });
}

/** Whether a command is installed here. */
export function isInstalled(command: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', `command -v ${command}`], (error) => resolve(error === null));
  });
}

export interface Moto {
  readonly url: string;
  /** What the command lines find it by. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Throws where moto is not installed: a deployment that nobody tried is a failure, and not silence. */
export async function startMoto(): Promise<Moto> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await readUrl(server);
  return {
    url,
    environment: {
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ENDPOINT_URL: url,
    },
    close: () => end(server),
  };
}

/** It takes a port that is free, and says which; all it writes is read, or it would wait for ever. */
function readUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      if (said.length < 10_000) said += chunk.toString();
      const [, url] = /Running on (http:\/\/127\.0\.0\.1:\d+)\s/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', (cause) => reject(new Error('expected moto_server (pip install "moto[server]")', { cause })));
    server.once('exit', () => reject(new Error(`expected moto_server to run, it said: ${said}`)));
  });
}

function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill();
  });
}
