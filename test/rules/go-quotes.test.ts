import { describe, expect, test } from 'vitest';
import { unquoteGo } from '../../shared/rules/go-quotes.ts';

describe('unquoteGo', () => {
  test.each([
    ['text without any escape', 'payments', 'payments'],
    ['quotes and backslashes', String.raw`a\"b\\c`, 'a"b\\c'],
    ['control characters by their letters', String.raw`\a\b\f\n\r\t\v`, '\x07\b\f\n\r\t\v'],
    ['characters by their numbers', String.raw`\x41\u00e9\U0001F600`, 'Aé😀'],
    ['numbers in capital digits', String.raw`\u00E9\x4A`, 'éJ'],
    ['bytes that were no UTF-8', String.raw`a\xffb`, 'a\ufffdb'],
    ['a number beyond the last character', String.raw`\Uffffffff`, '\ufffd'],
    ['a line break after a backslash', 'a\\\nb', 'a\nb'],
    ['an escape that breaks off', String.raw`a\u00`, 'au00'],
    ['a backslash at the end', 'a\\', 'a\\'],
  ])('undoes %s', (_name, quoted, text) => {
    expect(unquoteGo(quoted)).toBe(text);
  });
});
