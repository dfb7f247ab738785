/** A command line into how long its process took, how much memory it had, and what it said. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '..', 'dist', 'cli', 'keyholder.js');

export interface Run {
  readonly seconds: number;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** null but for Node processes. */
  readonly peakMb: number | null;
}

/** From before the process is made until it is gone. */
export function run(command: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    written.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ ...written, seconds: (performance.now() - start) / 1000, exitCode, peakMb: null }),
    );
  });
}

/** The CLI as it is built; it tells its peak of resident memory when it ends. */
export async function runKeyholder(args: readonly string[]): Promise<Run> {
  const tell = `process.on('exit', () => process._rawDebug('peak ' + process.resourceUsage().maxRSS));`;
  const result = await run(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(tell)}`,
    CLI,
    ...args,
  ]);
  const [, peakKb] = /^peak (\d+)$/m.exec(result.stderr) ?? [];
  const stderr = result.stderr.replace(/^peak \d+\n/m, '');
  return { ...result, stderr, peakMb: peakKb === undefined ? null : Number(peakKb) / 1024 };
}

/** A pipeline of the shell. */
export function runShell(script: string): Promise<Run> {
  return run('sh', ['-c', script]);
}
