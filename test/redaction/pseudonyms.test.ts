import { describe, expect, test } from 'vitest';
import { createPseudonyms } from '../../shared/redaction/pseudonyms.ts';

describe('createPseudonyms', () => {
  test('gives two addresses two pseudonyms, of which nobody has one', () => {
    const { ipv4 } = createPseudonyms('a seed');
    const addresses = Array.from({ length: 2_000 }, (_, index) => `198.51.${index >> 8}.${1 + (index % 250)}`);
    const shown = new Set([...new Set(addresses)].map(ipv4));

    expect(shown.size).toBe(new Set(addresses).size);
    expect([...shown].filter((address) => !/^2(?:4\d|5[0-4])\.\d+\.\d+\.[1-9]\d*$/.test(address))).toEqual([]);
  });
});
