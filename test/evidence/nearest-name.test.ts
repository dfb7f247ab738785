import { describe, expect, it } from 'vitest';
import { findNearestName } from '../../shared/evidence/nearest-name.ts';

const KNOWN = ['approvedAdmins', 'breakGlass', 'tags'];

describe('findNearestName', () => {
  it.each([
    ['approvedAdmin', 'approvedAdmins'],
    ['ApprovedAdmins', 'approvedAdmins'],
    ['break_glass', 'breakGlass'],
    ['tag', 'tags'],
    ['tsag', null],
    ['colour', null],
    ['', null],
    ['x'.repeat(10_000), null],
  ])('takes %s for %s', (name, nearest) => {
    expect(findNearestName(name, KNOWN)).toBe(nearest);
  });
});
