/** How long the answers about the largest cluster that EKS allows take, from a folder as the commands of AWS and kubectl fill it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, type Figure, median } from './figure.ts';
import { makeAnswerFolder } from './large-folder.ts';
import { runKeyholder } from './processes.ts';

const RUNS = 5;
const LIMIT_SECONDS = 1;

type Question = readonly [name: string, args: readonly string[]];

const QUESTIONS: readonly Question[] = [
  [
    'explain, allowed',
    ['explain', '--principal', 'arn:aws:iam::111122223333:role/team-7', '--verb', 'get', '--resource', 'pods'],
  ],
  [
    'explain, denied',
    ['explain', '--principal', 'arn:aws:iam::111122223333:role/nobody', '--verb', 'get', '--resource', 'nodes'],
  ],
  ['who-can, 260 holders', ['who-can', 'get', 'secrets', '--namespace', 'namespace-7']],
  ['recover', ['recover']],
];

/** Told, not judged: its answer alone is 40 MB of JSON. */
const EVERYBODY: Question = ['who-can, 23,000 holders', ['who-can', 'list', 'pods']];

export const benchAnswers: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-bench-'));
  try {
    const { cluster, iam } = makeAnswerFolder();
    write(folder, cluster);
    const figures: Figure[] = [];
    for (const question of QUESTIONS) figures.push(await timeAnswer(question, folder, LIMIT_SECONDS));
    figures.push(await timeAnswer(EVERYBODY, folder, null));
    // What IAM adds is told, not judged: the limit speaks of the cluster alone.
    write(folder, iam);
    for (const [name, args] of QUESTIONS)
      figures.push(await timeAnswer([`${name}, with the IAM of 3,000 roles`, args], folder, null));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function timeAnswer([name, args]: Question, folder: string, limit: number | null): Promise<Figure> {
  const all = [...args, '--cluster', 'payments', '--evidence', folder, '--format', 'json'];
  const seconds: number[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    const { exitCode, stderr, stdout, seconds: taken } = await runKeyholder(all);
    if (exitCode !== 0 || !stdout.startsWith('{')) throw new Error(`${name}: expected an answer, got ${stderr}`);
    seconds.push(taken);
  }
  const what = `${name}: 3,000 access entries, 10,000 bindings (median of ${RUNS})`;
  return { what, measured: median(seconds), unit: 's', limit };
}
