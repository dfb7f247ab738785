import { describe, expect, test } from 'vitest';
import { isOpenToWorld } from '../../shared/rules/public-endpoint.ts';

describe('isOpenToWorld', () => {
  test.each([
    [[], true],
    [['0.0.0.0/0'], true],
    [['192.0.2.0/24', '::/0'], true],
    [['0.0.0.0/1', '128.0.0.0/1'], true],
    [['192.0.2.0/24'], false],
    [['10.0.0.0/10'], false],
    [['2001:db8::/32'], false],
    [['nonsense'], false],
  ])('judges %j', (cidrs, expected) => {
    expect(isOpenToWorld(cidrs)).toBe(expected);
  });
});
