/** The stack, packaged in a folder of its own, and the commands that it is tried with. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
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
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => {
    server.once('error', (cause) => reject(new Error('expected moto_server (pip install "moto[server]")', { cause })));
  });
  await Promise.race([untilAnswers(url), failed]);
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

function findPort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const answered = await fetch(`${url}/moto-api/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`expected moto at ${url} within 30 seconds`);
}

function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill();
  });
}
