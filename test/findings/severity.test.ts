import { describe, expect, test } from 'vitest';
import { compareSeverity, gradeForProduction } from '../../shared/findings/severity.ts';

describe('gradeForProduction', () => {
  test.each([
    ['medium', true, 'high'],
    ['medium', false, 'medium'],
    ['info', true, 'info'],
  ] as const)('grades %s with production %s as %s', (severity, isProduction, expected) => {
    expect(gradeForProduction(severity, isProduction)).toBe(expected);
  });
});

describe('compareSeverity', () => {
  test('sorts the worst first', () => {
    expect((['low', 'critical', 'info', 'high'] as const).toSorted(compareSeverity)).toEqual([
      'critical',
      'high',
      'low',
      'info',
    ]);
  });
});
