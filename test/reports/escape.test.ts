import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeCell, escapeJson, escapeLabel, escapeName, escapeText } from '../../shared/reports/escape.ts';

const SEED = 20261121;

describe('escapeText', () => {
  test.each([
    ['a newline', 'a\nb', 'a\\nb'],
    ['a tab and a carriage return', 'a\tb\rc', 'a\\tb\\rc'],
    ['a terminal sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a bidi override', 'a\u202eb', 'a\\u{202e}b'],
    ['a zero-width blank', 'a\u200bb', 'a\\u{200b}b'],
    ['a byte order mark', '\ufeffa', '\\u{feff}a'],
    ['an invisible tag', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800', 'a\\u{d800}'],
    ['a blank that is none', 'a\u00a0b', 'a\\u{a0}b'],
    ['stacked marks', `a${'\u0301'.repeat(9)}`, `a${'\u0301'.repeat(4)}…`],
  ])('shows %s', (_what, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test('leaves names of any script as they are', () => {
    const names = 'role/platform-admin jürgen 管理者 Ωμέγα <b> "x" \\n';

    expect(escapeText(names)).toBe(names);
  });

  test('leaves no control or invisible character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('changes nothing more when it is applied again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(escapeText(text))).toBe(escapeText(text));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('escapeJson', () => {
  test('shows invisible characters and still parses to the same value', () => {
    const value = { name: 'a\u202eb\u{e0041}\u007f\u2028', nested: ['\u200b', '\u001b', 'ü'] };

    const json = escapeJson(JSON.stringify(value, null, 2));

    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(json).toContain('\\u202e');
    expect(json).toContain('\\udb40\\udc41');
  });
});

describe('escapeCell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1+1', "'  =1+1"],
    ['\t=1+1', "'\\t=1+1"],
    ['\r=1+1', "'\\r=1+1"],
    ['\n=1+1', "'\\n=1+1"],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['\uff201', "'\uff201"],
  ])('defuses %j', (text, shown) => {
    expect(escapeCell(text)).toBe(shown);
  });

  test.each(['alice', 'arn:aws:iam::111122223333:role/a+b@c', 'a = b', ''])('leaves %j alone', (text) => {
    expect(escapeCell(text)).toBe(text);
  });
});

describe('escapeName', () => {
  test.each([
    ['system:serviceaccount:argocd:gitops', 'system:serviceaccount:argocd:gitops'],
    ['alice@example.com', 'alice@example.com'],
    ['two words', '"two words"'],
    ['a, given by "root"', `"a, given by 'root'"`],
    ['https://evil.example', 'https[:]//evil.example'],
    ['', '""'],
  ])('shows %j as %j', (name, shown) => {
    expect(escapeName(name)).toBe(shown);
  });
});

describe('escapeLabel', () => {
  test.each([
    ['arn:aws:eks:eu-west-1:111122223333:cluster/payments', 'arn:aws:eks:eu-west-1:111122223333:cluster/payments'],
    ['<!channel> www.evil.example', '??channel??www?.?evil.example'],
  ])('shows %j as %j', (name, shown) => {
    expect(escapeLabel(name)).toBe(shown);
  });
});
