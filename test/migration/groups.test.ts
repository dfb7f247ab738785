import { describe, expect, test } from 'vitest';
import { formGroups } from '../../shared/migration/groups.ts';

const count = (number: number): readonly number[] => Array.from({ length: number }, (_, index) => index);

describe('formGroups', () => {
  test.each([
    [0, []],
    [5, [5]],
    [12, [5, 5, 2]],
    [100, Array(20).fill(5)],
  ])('makes groups of five out of %i', (number, sizes) => {
    expect(formGroups(count(number)).map(({ length }) => length)).toEqual(sizes);
  });

  test('makes twenty groups at most, and leaves nobody out', () => {
    const groups = formGroups(count(3001));

    expect(groups.length).toBeLessThanOrEqual(20);
    expect(groups.flat()).toEqual(count(3001));
  });
});
