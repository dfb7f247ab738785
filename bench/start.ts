/** How long a user waits for the least that the CLI can do, and for the audit of the sample estate. */
import { join } from 'node:path';
import { type Benchmark, type Figure, median } from './figure.ts';
import { type Run, run, runKeyholder } from './processes.ts';

const ESTATE = join(import.meta.dirname, '..', 'events', 'estate');
const RUNS = 7;

export const benchStart: Benchmark = async () => [
  await timeRuns('start node alone (median of 7)', () => run(process.execPath, ['-e', '0'])),
  await timeRuns('keyholder --version (median of 7)', () => runKeyholder(['--version'])),
  await timeRuns('audit of the sample estate (median of 7)', () =>
    runKeyholder(['audit', '--evidence', ESTATE, '--format', 'text']),
  ),
];

async function timeRuns(what: string, work: () => Promise<Run>): Promise<Figure> {
  const seconds: number[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    const { exitCode, stderr, seconds: taken } = await work();
    if (exitCode !== 0) throw new Error(`${what}: expected exit code 0, got ${exitCode}: ${stderr}`);
    seconds.push(taken);
  }
  return { what, measured: median(seconds), unit: 's', limit: null };
}
