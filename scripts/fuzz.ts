/**
 * Feeds random and damaged inputs to every parser: `npx tsx scripts/fuzz.ts [--seconds N] [--inputs N] [--seed N] [--target NAME]`.
 * Each target runs in a process of its own with little memory; exit 1 when one throws, hangs or runs out of it.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { createRandom, makeInput } from './fuzz-inputs.ts';
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz-targets.ts';

const HANG_MS = 10_000;
const BEAT_MS = 250;
const MEMORY_MB = 256;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    child: { type: 'boolean', default: false },
  },
});
for (const flag of ['seconds', 'inputs', 'seed'] as const) {
  if (/^[1-9]\d{0,8}$/.test(values[flag])) continue;
  console.error(`expected a number for --${flag}, got ${JSON.stringify(values[flag])}`);
  process.exit(2);
}
const seed = Number(values.seed);
const targets = FUZZ_TARGETS.filter(({ name }) => values.target === undefined || name === values.target);

if (values.child) for (const target of targets) runHere(target);
else process.exitCode = await runAll();

/** One target after the other. */
async function runAll(): Promise<number> {
  if (targets.length === 0) {
    console.error(`expected a target of: ${FUZZ_TARGETS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  let failed = 0;
  for (const target of targets) if (!(await runApart(target))) failed += 1;
  console.log(`${targets.length - failed} sound, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** A parser that hangs cannot be stopped from within, so its process is watched from outside. */
function runApart({ name }: FuzzTarget): Promise<boolean> {
  const flags = [
    '--child',
    '--target',
    name,
    '--seconds',
    values.seconds,
    '--inputs',
    values.inputs,
    '--seed',
    values.seed,
  ];
  const child = fork(import.meta.filename, flags, {
    execArgv: [...process.execArgv, `--max-old-space-size=${MEMORY_MB}`],
    stdio: 'inherit',
  });
  let count = 0;
  let watch = setTimeout(stop, 3 * HANG_MS); // the first beat comes after the start
  function stop(): void {
    console.log(`${name}: hangs after about ${count} inputs of seed ${seed}`);
    child.kill('SIGKILL');
  }
  child.on('message', (message) => {
    count = Number(message);
    clearTimeout(watch);
    watch = setTimeout(stop, HANG_MS);
  });
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(watch);
      if (code !== 0) console.log(`${name}: failed after ${count} inputs of seed ${seed}`);
      resolve(code === 0);
    });
  });
}

function runHere({ name, seeds, run }: FuzzTarget): void {
  const random = createRandom(seed);
  const start = performance.now();
  const limit = Number(values.inputs);
  let beat = start;
  let slowest = 0;
  let count = 0;
  for (let now = start; count < limit && now - start < Number(values.seconds) * 1000; count += 1) {
    const input = makeInput(random, seeds);
    const before = performance.now();
    runOne(run, input, random);
    now = performance.now();
    slowest = Math.max(slowest, now - before);
    if (now - beat < BEAT_MS) continue;
    beat = now;
    process.send?.(count);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${count} inputs in ${seconds} s, slowest ${slowest.toFixed(1)} ms`);
}

function runOne(run: FuzzTarget['run'], input: Buffer, random: ReturnType<typeof createRandom>): void {
  try {
    run(input, random);
  } catch (error) {
    console.error(error);
    console.error(`input (base64): ${input.toString('base64')}`);
    process.exit(1);
  }
}
