import { describe, expect, test } from 'vitest';
import { cut, measure, pad, wrap, wrapCommand } from '../../shared/reports/layout.ts';

describe('measure', () => {
  test('counts wide characters twice and marks not at all', () => {
    expect([measure('abc'), measure('管理'), measure('e\u0301')]).toEqual([3, 4, 1]);
  });
});

describe('cut', () => {
  test('leaves a text that fits', () => {
    expect(cut('payments', 8)).toBe('payments');
  });

  test('ends a longer text with an ellipsis', () => {
    expect(cut('payments', 5)).toBe('paym…');
  });

  test('escapes before it measures', () => {
    expect(cut('a\u001b[31mb', 8)).toBe('a\\u{1b}…');
  });

  test('takes a text of megabytes without measuring it', () => {
    expect(cut('x'.repeat(5_000_000), 10)).toBe('xxxxxxxxx…');
  });
});

describe('pad', () => {
  test('fills up to the width on either side', () => {
    expect([pad('ab', 4), pad('ab', 4, 'right'), pad('管', 4)]).toEqual(['ab  ', '  ab', '管  ']);
  });
});

describe('wrap', () => {
  const narrow = { width: 24, indent: '  ', mostLines: 2 };

  test('breaks between words', () => {
    expect(wrap('one two three four five', narrow)).toEqual(['  one two three four', '  five']);
  });

  test('says that it left text out', () => {
    expect(wrap('one two three four five six seven eight nine ten eleven', narrow)).toEqual([
      '  one two three four',
      '  five six seven eight…',
    ]);
  });

  test('breaks a word that is longer than a line', () => {
    expect(wrap('x'.repeat(30), narrow)).toEqual([`  ${'x'.repeat(22)}`, `  ${'x'.repeat(8)}`]);
  });
});

describe('wrapCommand', () => {
  test('keeps a flag with its value and continues lines with a backslash', () => {
    expect(wrapCommand('aws eks delete-access-entry --cluster-name payments --region eu-central-1', 44, '  ')).toEqual([
      '  aws eks delete-access-entry \\',
      '    --cluster-name payments \\',
      '    --region eu-central-1',
    ]);
  });

  test('never breaks inside quotes', () => {
    expect(wrapCommand(`kubectl patch x -p '[{"op": "remove", "path": "/subjects/0"}]'`, 40, '')).toEqual([
      'kubectl patch x -p \\',
      `  '[{"op": "remove", "path": "/subjects/0"}]'`,
    ]);
  });

  test('gives back the same command once the continuations are taken out', () => {
    const command = `aws eks update-cluster-config --name 'a b' --logging '{"x": [1, 2]}' --region eu-central-1`;

    const lines = wrapCommand(command, 50, '    ');

    expect(lines.map((line) => line.trim().replace(/ \\$/, '')).join(' ')).toBe(command);
  });
});
