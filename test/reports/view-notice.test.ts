import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutSubject } from '../../shared/reports/view-notice.ts';

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('cutSubject', () => {
  test('leaves a subject of 99 characters as it is', () => {
    const text = `${'word '.repeat(19)}last`;

    expect(text.length).toBe(99);
    expect(cutSubject(text)).toBe(text);
  });

  test('ends one that is longer with a whole word', () => {
    expect(
      cutSubject(
        '[critical] mallory can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov',
      ),
    ).toBe('[critical] mallory can now administer payments, given by role/deployer (session alice) from …');
  });

  test('keeps a word that ends where the room does', () => {
    expect(cutSubject(`${'x'.repeat(90)} second and more`)).toBe(`${'x'.repeat(90)} second …`);
    expect(cutSubject(`${'x'.repeat(90)} seconds and more`)).toBe(`${'x'.repeat(90)} …`);
  });

  test('cuts a word that is too long to be left out', () => {
    expect(cutSubject(`[high] ${'x'.repeat(200)} y`)).toBe(`[high] ${'x'.repeat(91)}…`);
    expect(cutSubject('x'.repeat(100))).toBe(`${'x'.repeat(98)}…`);
  });

  test('cuts no character in half', () => {
    expect(cutSubject(`a${'😀'.repeat(60)}`)).toBe(`a${'😀'.repeat(48)}…`);
    expect(cutSubject(`${'😀'.repeat(60)}`)).toBe(`${'😀'.repeat(49)}…`);
  });

  test('gives at most 99 whole characters of any text, and says so when it left some out', () => {
    const texts = fc.array(fc.constantFrom('a', 'bcd', ' ', '  ', '😀', 'é', ','), { maxLength: 150 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const subject = cutSubject(text);
        expect(subject.length).toBeLessThan(100);
        expect(subject).not.toMatch(LONE);
        expect(subject).toBe(text.length < 100 ? text : `${subject.slice(0, -1)}…`);
        expect(text.startsWith(subject.replace(/ ?…$/, ''))).toBe(true);
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});
