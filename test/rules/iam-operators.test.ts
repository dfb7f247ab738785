import { describe, expect, it } from 'vitest';
import { findOperator } from '../../shared/rules/iam-operators.ts';

function matches(name: string, pattern: string, value: string) {
  return findOperator(name)?.matches(pattern, value);
}

describe('findOperator', () => {
  it('finds operators without regard to letter case, and none for a made-up name', () => {
    expect(findOperator('STRINGEQUALS')).toBe(findOperator('stringequals'));
    expect(findOperator('constructor')).toBeNull();
  });

  it.each([
    ['NumericEquals', '10', '10.0', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '11', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['NumericEquals', '', '0', false],
    ['NumericEquals', 'ten', '10', false],
    ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
    ['DateGreaterThan', '1767225600', '2026-06-01T00:00:00Z', true],
    ['DateEquals', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z', true],
    ['DateLessThan', 'soon', '2025-12-31T23:59:59Z', false],
    ['IpAddress', '192.0.2.0/24', '192.0.2.255', true],
    ['IpAddress', '192.0.2.0/24', '192.0.3.0', false],
    ['IpAddress', '192.0.2.7', '192.0.2.7', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
    ['IpAddress', '192.0.2.0/24', '2001:db8::1', false],
    ['IpAddress', '192.0.2.0/33', '192.0.2.1', false],
    ['IpAddress', 'everywhere', '192.0.2.1', false],
    ['Bool', 'true', 'TRUE', true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ])('%s %s against %s is %s', (name, pattern, value, expected) => {
    expect(matches(name, pattern, value)).toBe(expected);
  });
});
