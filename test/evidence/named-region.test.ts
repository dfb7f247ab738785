import { describe, expect, test } from 'vitest';
import { findRegion } from '../../shared/evidence/named-region.ts';

describe('findRegion', () => {
  test.each([
    ['a region', { region: 'us-gov-west-1' }, 'us-gov-west-1'],
    ['none', {}, null],
    ['an empty text', { region: '' }, null],
    ['the middle of another ARN', { region: 'eu-west-1:444455556666:cluster/payments' }, null],
    ['no text', { region: 1 }, null],
  ])('reads %s', (_name, detail, region) => {
    expect(findRegion(detail)).toBe(region);
  });
});
