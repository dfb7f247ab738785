import { describe, expect, test } from 'vitest';
import { shiftSeverity } from '../../shared/rules/severities.ts';

describe('shiftSeverity', () => {
  test.each([
    ['high', 1, 'critical'],
    ['critical', 1, 'critical'],
    ['critical', -2, 'medium'],
    ['low', -2, 'info'],
  ] as const)('moves %s by %i to %s', (severity, steps, expected) => {
    expect(shiftSeverity(severity, steps)).toBe(expected);
  });
});
