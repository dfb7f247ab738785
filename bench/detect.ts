/** `keyholder detect` on a large audit log, against what only decompresses it and what parses every line. */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { createRandom } from '../scripts/fuzz-inputs.ts';
import { bindAdmins, mapMasters } from './access-writes.ts';
import { makeLine } from './audit-line.ts';
import { makeRequest } from './audit-traffic.ts';
import { type Benchmark, type Figure, median } from './figure.ts';
import { type Run, runKeyholder, runShell } from './processes.ts';

const MIB = 1024 * 1024;
const BYTES = 512 * MIB;
const ROUNDS = 3;
const LINES_AT_ONCE = 1000;

/** One line in so many is such a write. */
const LINES_PER_BINDING = 20_011;
const LINES_PER_MAPPING = 70_001;

const JQ = `jq -c 'select(.objectRef.apiGroup=="rbac.authorization.k8s.io")'`;

export const benchDetect: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-bench-'));
  try {
    const path = join(folder, 'audit.ndjson.gz');
    return await measure(path, await writeLog(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

interface Written {
  readonly lines: number;
  readonly bytes: number;
  readonly bindings: number;
  readonly mappings: number;
}

async function writeLog(path: string): Promise<Written> {
  const random = createRandom(20_261_121);
  const gzip = createGzip();
  const file = gzip.pipe(createWriteStream(path));
  const written = { lines: 0, bytes: 0, bindings: 0, mappings: 0 };
  const nextLine = (): string => {
    written.lines += 1;
    if (written.lines % LINES_PER_BINDING === 0) return makeLine(bindAdmins(written.bindings++), random, written.lines);
    if (written.lines % LINES_PER_MAPPING === 0) return makeLine(mapMasters(written.mappings++), random, written.lines);
    return makeLine(makeRequest(random), random, written.lines);
  };
  while (written.bytes < BYTES) {
    const text = Array.from({ length: LINES_AT_ONCE }, () => `${nextLine()}\n`).join('');
    written.bytes += text.length;
    if (!gzip.write(text)) await once(gzip, 'drain');
  }
  gzip.end();
  await once(file, 'close');
  return written;
}

/** In turns, so that whatever else the machine does falls on all of them alike. */
async function measure(path: string, written: Written): Promise<readonly Figure[]> {
  const hasJq = (await runShell('command -v jq')).exitCode === 0;
  const runs: { ours: Run[]; zcat: Run[]; jq: Run[] } = { ours: [], zcat: [], jq: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.zcat.push(await runShell(`zcat '${path}' | wc -l`));
    runs.ours.push(await runKeyholder(['detect', path]));
    if (hasJq) runs.jq.push(await runShell(`zcat '${path}' | ${JQ}`));
  }
  const seconds = (list: readonly Run[]): number => median(list.map((run) => run.seconds));
  const ours = seconds(runs.ours);
  const zcat = seconds(runs.zcat);
  const jq = hasJq ? seconds(runs.jq) : null;
  const withoutJq = hasJq ? '' : ': jq is not installed';
  const peak = Math.max(...runs.ours.map(({ peakMb }) => peakMb ?? Number.NaN));
  return [
    { what: 'size of the audit log, uncompressed', measured: written.bytes / MIB, unit: 'MB', limit: null },
    { what: 'zcat FILE | wc -l (median of 3)', measured: zcat, unit: 's', limit: null },
    { what: `zcat FILE | jq (median of 3)${withoutJq}`, measured: jq, unit: 's', limit: null },
    { what: 'keyholder detect FILE (median of 3)', measured: ours, unit: 's', limit: null },
    { what: 'keyholder detect against zcat | wc', measured: ours / zcat, unit: 'x', limit: 1.3 },
    {
      what: `keyholder detect against jq${withoutJq}`,
      measured: jq === null ? null : ours / jq,
      unit: 'x',
      limit: 0.25,
    },
    { what: 'keyholder detect, peak of resident memory', measured: peak, unit: 'MB', limit: 200 },
    ...runs.ours.slice(0, 1).flatMap((run) => judgeAnswer(run, written)),
  ];
}

/** How far the answer is from what was written into the log. */
function judgeAnswer({ stdout, stderr }: Run, { lines, bindings, mappings }: Written): readonly Figure[] {
  const found = stdout.trim().split('\n');
  const countOf = (id: string): number => found.filter((line) => line.includes(`"detection":"${id}"`)).length;
  const counted = stderr.trim().split('\n').at(-1) === `read ${lines}, parsed ${lines}, skipped 0` ? 0 : 1;
  const missed =
    Math.abs(countOf('admin-cluster-role-binding') - bindings) + Math.abs(countOf('system-masters-mapping') - mappings);
  return [
    { what: `findings of ${bindings + mappings} that are missed`, measured: missed, unit: '', limit: 0 },
    { what: 'findings beyond these', measured: found.length - bindings - mappings, unit: '', limit: 0 },
    { what: `wrong counts of ${lines} lines`, measured: counted, unit: '', limit: 0 },
  ];
}
