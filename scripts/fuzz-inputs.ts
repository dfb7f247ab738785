/** A seed number into fuzz inputs: random bytes, and valid ones with damage done to them; the same number, the same inputs. */

/** In [0, 1). */
export type Random = () => number;

/** Small and fast; quality enough to reach odd corners, and the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** Marks on which some grammar turns. */
const MARKS = [
  ...['{', '}', '[', ']', '"', '""', '\\', '\\"', ',', ':', '=', '-', '|', '>', '&', '*', '#', "'", '%', '+', '.', '@'],
  ...['\n', '\r\n', '\t', ' ', '  ', '\u0000', '\u001b[', '\ufeff', '\u00a0', '\u2028', '\u202e', '\ud83d', 'é', '🔑'],
  ...[
    'null',
    'true',
    '1e999',
    '-0',
    '__proto__',
    'constructor',
    '[Truncated...]',
    '%3A',
    '{{SessionName}}',
    '\\x',
    '\\u',
  ],
];

type Damage = (input: Buffer, random: Random, seeds: readonly Buffer[]) => Buffer;

const DAMAGES: readonly Damage[] = [
  (input, random) => input.subarray(0, below(random, input.length + 1)),
  (input, random) => input.subarray(below(random, input.length + 1)),
  (input, random) => cutOut(input, below(random, input.length + 1), below(random, 64)),
  (input, random) => putIn(input, below(random, input.length + 1), Buffer.from(pick(random, MARKS) ?? '')),
  (input, random) => putIn(input, below(random, input.length + 1), randomBytes(random, below(random, 8))),
  (input, random) => repeatPart(input, random),
  (input, random) => flipBits(input, random),
  (input, random, seeds) => putIn(input, below(random, input.length + 1), pick(random, seeds) ?? input),
];

function cutOut(input: Buffer, at: number, length: number): Buffer {
  return Buffer.concat([input.subarray(0, at), input.subarray(at + length)]);
}

function putIn(input: Buffer, at: number, put: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, at), put, input.subarray(at)]);
}

/** Nesting and long runs are where slow parsers show. */
function repeatPart(input: Buffer, random: Random): Buffer {
  const at = below(random, input.length + 1);
  const part = input.subarray(at, at + 1 + below(random, 12));
  const times = 1 + below(random, random() < 0.05 ? 4096 : 16);
  return putIn(input, at, Buffer.concat(Array.from({ length: times }, () => part)));
}

function flipBits(input: Buffer, random: Random): Buffer {
  const flipped = Buffer.from(input);
  for (let count = 1 + below(random, 4); count > 0 && flipped.length > 0; count -= 1) {
    const at = below(random, flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << below(random, 8));
  }
  return flipped;
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(random, 256)));
}

/** Larger inputs only make a round slower. */
const MAX_BYTES = 65_536;

export function makeInput(random: Random, seeds: readonly Buffer[]): Buffer {
  if (random() < 0.05) return randomBytes(random, below(random, 256));
  let input = pick(random, seeds) ?? Buffer.alloc(0);
  for (let count = 1 + below(random, 6); count > 0; count -= 1) {
    const damage = pick(random, DAMAGES);
    if (damage !== undefined) input = damage(input, random, seeds).subarray(0, MAX_BYTES);
  }
  return input;
}

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  '',
  ' ',
  'x',
  '__proto__',
  [],
  {},
  [null],
  [[]],
  { '': 0 },
];

/** A value with some of its members replaced by values of another type, renamed or left out. */
export function damageValue(value: unknown, random: Random, depth = 0): unknown {
  if (random() < 0.04) return pick(random, ODD_VALUES);
  if (depth > 20 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => damageValue(item, random, depth + 1));
  const kept = Object.entries(value).filter(() => random() > 0.04);
  return Object.fromEntries(kept.map(([key, member]) => [key, damageValue(member, random, depth + 1)]));
}
