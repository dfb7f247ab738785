import { describe, expect, test } from 'vitest';
import { findForbiddenText } from '../../scripts/text-rules.ts';

describe('findForbiddenText', () => {
  test.each([
    ['a zero-width blank', 'ali\u200bce', 'invisible character U+200B'],
    ['a bidi override', '\u202ecod', 'invisible character U+202E'],
    ['a terminal sequence', '\u001b[31m', 'invisible character U+001B'],
    ['an account', `arn:aws:iam::${'98765'}${'4321098'}:root`, `account ${'98765'}${'4321098'}`],
    ['an access key', `key ${'AKIA'}QWERTYUIOPASDFGH`, 'key AKIAQWER…'],
    ['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----`, 'private key'],
  ])('finds %s and its line', (_what, text, what) => {
    expect(findForbiddenText(`first line\n${text}\n`)).toEqual([{ line: 2, what }]);
  });

  test.each([
    'arn:aws:iam::111122223333:role/x and 444455556666',
    'AKIAIOSFODNN7EXAMPLE',
    '00000000-0000-4000-8000-000000000001',
    'tab\tand carriage return\r',
    'sha256:987654321098abcdef 1763683200000',
    'Ωμέγα 管理者 — ü',
  ])('lets %j pass', (text) => {
    expect(findForbiddenText(text)).toEqual([]);
  });
});
