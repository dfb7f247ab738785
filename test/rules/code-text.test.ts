import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { quoteHcl, quoteScalar, quoteText } from '../../shared/rules/code-text.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { readHclStrings } from '../support/read-hcl.ts';

const shown = (name: string): string => name.replace('\ud800', '\ufffd');

describe.each(HOSTILE_NAMES)('%s', (_what, name) => {
  test('stays the same text in YAML and HCL, and shows every character', () => {
    const quoted = quoteText(name);

    expect(quoted).toMatch(/^[\x20-\x7e]*$/);
    expect(parse(`a: ${quoted}`)).toEqual({ a: shown(name) });
    expect(parse(`a: ${quoteScalar(name)}`)).toEqual({ a: shown(name) });
    expect(readHclStrings(quoteHcl(name))).toEqual([shown(name)]);
  });
});

describe('quoteHcl', () => {
  test.each(['$', '%'])('leaves no template of %s', (mark) => {
    const text = `${mark}{x} ${mark}${mark}{y} ${mark}z`;

    expect(quoteHcl(text)).toBe(`"${mark}${mark}{x} ${mark}${mark}${mark}{y} ${mark}z"`);
    expect(readHclStrings(quoteHcl(text))).toEqual([text]);
  });
});

describe('quoteScalar', () => {
  test.each(['arn:aws:iam::111122223333:role/dev', 'system:masters'])('leaves %s as it is', (text) => {
    expect(quoteScalar(text)).toBe(text);
  });

  test.each(['yes', '1e3', 'system:a: b', 'arn:aws:x #'])('quotes %s', (text) => {
    expect(quoteScalar(text)).toBe(JSON.stringify(text));
  });
});
