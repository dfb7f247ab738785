import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteShell, shellLine } from '../../shared/rules/shell.ts';

/** What a command gets as its words. */
function readWords(line: string, shell: string): readonly string[] {
  return execFileSync(shell, ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

const HOSTILE: readonly (readonly [what: string, word: string])[] = [
  ['a quote', "o'brien"],
  ['double quotes', '"quoted"'],
  ['blanks', ' two  words '],
  ['a variable', '$HOME $(id) `id`'],
  ['a line break', 'alice\nrm -rf .'],
  ['line breaks at the end', 'alice\n\n'],
  ['a tab and a carriage return', 'a\tb\r'],
  ['a line break beside quotes', `a'\n"b`],
  ['a line break beside a percent sign and a backslash', '100%s\\n\n\\'],
  ['a line break beside history', 'a\n!!'],
  ['a line break and nothing else', '\n'],
  ['a leading dash', '-n'],
  ['a terminal sequence', '\u001b[2J'],
  ['nothing', ''],
  ['letters of other scripts', 'päivi 管理者\n'],
];

describe('quoteShell', () => {
  test('leaves plain words as they are', () => {
    expect(shellLine('aws', 'eks', '--name', 'payments', 'arn:aws:iam::111122223333:role/x')).toBe(
      'aws eks --name payments arn:aws:iam::111122223333:role/x',
    );
  });

  test.each(HOSTILE)('brings %s through sh and bash unchanged', (_what, word) => {
    expect(readWords(quoteShell(word), 'sh')).toEqual([word]);
    expect(readWords(quoteShell(word), 'bash')).toEqual([word]);
  });

  test('brings any words through sh unchanged', () => {
    const word = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replaceAll('\0', ''));

    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        expect(readWords(shellLine(...words), 'sh')).toEqual(words);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});
