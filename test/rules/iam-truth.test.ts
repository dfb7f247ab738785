import { describe, expect, it } from 'vitest';
import { type Answer, allOf, anyOf, both, either, opposite, unlessDenied } from '../../shared/rules/iam-truth.ts';

const NO: Answer = { decision: 'no', condition: null, because: 'nothing allows it' };

function answer(decision: Answer['decision'], condition: string | null = null): Answer {
  return { decision, condition, because: decision };
}

describe('three-valued logic', () => {
  it('lets false decide an and, and true an or, whatever else is open', () => {
    expect(both('mfa', false)).toBe(false);
    expect(either('mfa', true)).toBe(true);
    expect(both('mfa', true)).toBe('mfa');
    expect(either(false, 'mfa')).toBe('mfa');
  });

  it('joins open conditions, in brackets where the meaning needs them, and once when they are the same', () => {
    expect(both(either('a', 'b'), 'c')).toBe('(a or b) and c');
    expect(either(both('a', 'b'), 'c')).toBe('a and b or c');
    expect(both('a', 'a')).toBe('a');
    expect(either('a', 'a')).toBe('a');
  });

  it('takes a negation back instead of doubling it', () => {
    expect(opposite(opposite('a'))).toBe('a');
    expect(opposite(true)).toBe(false);
    expect(opposite('not (a) and not (b)')).toBe('not (not (a) and not (b))');
  });
});

describe('answers', () => {
  it('keeps the weaker decision and both conditions when both must hold', () => {
    expect(allOf(answer('conditional', 'a'), answer('unknown', 'b'))).toMatchObject({
      decision: 'unknown',
      condition: 'a and b',
    });
    expect(allOf(answer('yes'), NO)).toBe(NO);
  });

  it('keeps the strongest of several ways and joins equal ones', () => {
    expect(anyOf([answer('unknown', 'a'), answer('yes'), answer('conditional', 'b')], NO)).toMatchObject({
      decision: 'yes',
    });
    expect(anyOf([answer('conditional', 'a'), answer('conditional', 'b')], NO).condition).toBe('a or b');
    expect(anyOf([], NO)).toBe(NO);
  });

  it('is denied by a deny that holds and depends on one that is open', () => {
    expect(unlessDenied(answer('yes'), true, 'policy x denies it')).toEqual({ ...NO, because: 'policy x denies it' });
    expect(unlessDenied(answer('yes'), 'a', 'x')).toMatchObject({ decision: 'conditional', condition: 'not (a)' });
    expect(unlessDenied(NO, 'a', 'x')).toBe(NO);
  });
});
