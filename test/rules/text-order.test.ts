import { describe, expect, test } from 'vitest';
import { compareText } from '../../shared/rules/text-order.ts';

describe('compareText', () => {
  test('puts capitals before small letters, and these before letters of other scripts', () => {
    expect(['b', 'ä', 'a', 'B', ''].sort(compareText)).toEqual(['', 'B', 'a', 'b', 'ä']);
  });

  test('takes a text for its equal', () => {
    expect(compareText('a', 'a')).toBe(0);
  });
});
