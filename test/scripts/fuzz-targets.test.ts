import { describe, expect, it } from 'vitest';
import { createRandom, damageValue, makeInput } from '../../scripts/fuzz-inputs.ts';
import { FUZZ_TARGETS } from '../../scripts/fuzz-targets.ts';

const SEEDS = [Buffer.from('{"verb":"get"}'), Buffer.from('level=info msg=x')];

function inputsOf(seed: number): readonly string[] {
  const random = createRandom(seed);
  return Array.from({ length: 50 }, () => makeInput(random, SEEDS).toString('base64'));
}

describe('makeInput', () => {
  it('makes the same inputs from the same number, and others from another', () => {
    expect(inputsOf(1)).toEqual(inputsOf(1));
    expect(inputsOf(1)).not.toEqual(inputsOf(2));
  });
});

describe('damageValue', () => {
  it('leaves the seed as it was', () => {
    const seed = { a: [1, { b: 'x' }], c: null };
    const random = createRandom(1);
    for (let count = 0; count < 200; count += 1) damageValue(seed, random);

    expect(seed).toEqual({ a: [1, { b: 'x' }], c: null });
  });
});

describe('fuzz targets', () => {
  it('have names of their own', () => {
    const names = FUZZ_TARGETS.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  it.each(FUZZ_TARGETS)('$name bears its first hundred inputs', ({ seeds, run }) => {
    const random = createRandom(1);

    for (let count = 0; count < 100; count += 1) expect(() => run(makeInput(random, seeds), random)).not.toThrow();
  });
});
