import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeGlob, fitsStart, matchesArn, matchesGlob } from '../../shared/rules/iam-matching.ts';

/** Slow but plainly right: a star takes any number of characters. */
function matchesSlowly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return matchesSlowly(pattern.slice(1), text) || (text !== '' && matchesSlowly(pattern, text.slice(1)));
  }
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && matchesSlowly(pattern.slice(1), text.slice(1))
  );
}

describe('matchesGlob', () => {
  it('agrees with the plain definition of wildcards', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        expect(matchesGlob(p, t)).toBe(matchesSlowly(p, t));
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  it('takes the text as it stands once it is escaped', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(matchesGlob(escapeGlob(a), b)).toBe(a === b);
      }),
      { seed: 7, numRuns: 500 },
    );
    expect(matchesGlob(escapeGlob('a*?'), 'a*?')).toBe(true);
  });

  it('answers a pattern that would make a backtracking matcher run for ever', () => {
    expect(matchesGlob(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('matchesArn', () => {
  it('keeps a star inside its part of the ARN, and takes colons of the last part as text', () => {
    expect(
      matchesArn('arn:aws:logs:*:111122223333:log-group:*', 'arn:aws:logs:eu-central-1:111122223333:log-group:a:b'),
    ).toBe(true);
    expect(matchesArn('arn:aws:*:role/x', 'arn:aws:iam::111122223333:role/x')).toBe(false);
    expect(matchesArn('*', 'arn:aws:iam::111122223333:role/x')).toBe(false);
  });
});

describe('fitsStart', () => {
  it('tells a pattern that fits any end from one that fits some and one that fits none', () => {
    expect(fitsStart('AROA1:*', 'AROA1:')).toBe(true);
    expect(fitsStart('AROA1:ci', 'AROA1:')).toBeNull();
    expect(fitsStart('AROA*:ci', 'AROA1:')).toBeNull();
    expect(fitsStart('AROA2:*', 'AROA1:')).toBe(false);
  });
});
