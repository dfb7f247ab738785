/** `npm run bench`: every benchmark, one line a figure; exit code 1 when a limit is missed. */
import type { Benchmark } from './figure.ts';
import { benchResolve } from './resolve.ts';

const BENCHMARKS: readonly Benchmark[] = [benchResolve];

let missed = 0;
for (const benchmark of BENCHMARKS) {
  for (const { what, measured, unit, limit } of await benchmark()) {
    const isMissed = limit !== null && measured > limit;
    if (isMissed) missed += 1;
    const verdict = limit === null ? '' : `${isMissed ? 'MISSED' : 'ok'}, at most ${limit} ${unit}`;
    console.log(`${what.padEnd(76)} ${measured.toFixed(2).padStart(8)} ${unit.padEnd(2)}  ${verdict}`);
  }
}
process.exitCode = missed > 0 ? 1 : 0;
