import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonDocument } from '../../shared/evidence/json-document.ts';

function lineOf(text: string, path: readonly (string | number)[]): number {
  const document = parseJsonDocument(text);
  if ('problem' in document) throw new Error(document.problem);
  return document.lineOf(path);
}

describe('parseJsonDocument', () => {
  it('gives the value of a document with a byte order mark', () => {
    const document = parseJsonDocument('\uFEFF{"a": 1}');

    expect(document).toMatchObject({ value: { a: 1 } });
  });

  it.each([
    ['an empty text', '', 'expected a value, got the end of the text', 1, 1],
    ['a text that breaks off', '{"a": [1,\n', 'expected a value, got the end of the text', 2, 1],
    ['a trailing comma', '{\n  "a": 1,\n}', 'expected a key in double quotes, got "}"', 3, 1],
    ['a missing comma', '[1 2]', 'expected "," or "]", got "2"', 1, 4],
    ['a bare key', '{a: 1}', 'expected a key in double quotes or "}", got "a"', 1, 2],
    ['a missing colon', '{"a" 1}', 'expected ":", got "1"', 1, 6],
    ['the wrong bracket', '{"a": [1}', 'expected "," or "]", got "}"', 1, 9],
    ['a second document', '{"a": 1}\n{"a": 2}', 'expected the end of the text, got "{"', 2, 1],
    ['a raw newline in a string', '["a\nb"]', 'expected a closing quote before the end of the line, got "\\n"', 1, 4],
    ['an unknown escape', '["\\x41"]', 'expected an escape that JSON knows, got "\\\\"', 1, 3],
    ['an open string', '["a', 'expected a closing quote, got the end of the text', 1, 4],
    ['a number with a leading zero', '[01]', 'expected "," or "]", got "1"', 1, 3],
    ['single quotes', "{'a': 1}", 'expected a key in double quotes or "}", got "\'"', 1, 2],
    ['a table of the AWS CLI', '----', 'expected a value, got "-"', 1, 1],
  ])('names the place and the reason for %s', (_name, text, problem, line, column) => {
    expect(parseJsonDocument(text)).toEqual({ problem, line, column });
  });

  it('refuses a document nested 10,000 deep', () => {
    const text = `${'[\n'.repeat(10_000)}${']'.repeat(10_000)}`;

    expect(parseJsonDocument(text)).toEqual({
      problem: 'expected at most 500 levels of nesting, got more',
      line: 501,
      column: 1,
    });
  });

  it('names the end of a document that opens a million brackets and closes none', () => {
    expect(parseJsonDocument('['.repeat(1_000_000))).toEqual({
      problem: 'expected a value or "]", got the end of the text',
      line: 1,
      column: 1_000_001,
    });
  });

  it('agrees with JSON.parse on what is valid, for any text', () => {
    const json = fc.json().chain((text) =>
      fc.tuple(fc.nat(text.length), fc.constantFrom('', ',', '}', '"', '\\', '0', '\n')).map(([at, extra]) => {
        return text.slice(0, at) + extra + text.slice(at + (extra === '' ? 1 : 0));
      }),
    );

    fc.assert(
      fc.property(fc.oneof(json, fc.string()), (text) => {
        let isValid = true;
        try {
          JSON.parse(text);
        } catch {
          isValid = false;
        }
        const document = parseJsonDocument(text);
        expect('problem' in document).toBe(!isValid);
        if ('problem' in document) expect(document.problem).not.toContain('text that is none');
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe('lineOf', () => {
  const text =
    '{\n  "items": [\n    {"name": "a\\"]"},\n\n    {"name": "b",\n     "\\u0074ags": [1,\n 2]}\n  ],\n  "n": 5\n}';

  it.each([
    [[], 1],
    [['items'], 2],
    [['items', 0], 3],
    [['items', 1], 5],
    [['items', 1, 'name'], 5],
    [['items', 1, 'tags'], 6],
    [['items', 1, 'tags', 1], 7],
    [['n'], 9],
  ])('finds %j', (path, line) => {
    expect(lineOf(text, path)).toBe(line);
  });

  it.each([
    [['items', 7, 'name'], 2],
    [['nothing'], 1],
    [['n', 'deeper'], 9],
  ])('answers with the nearest ancestor of %j, which does not exist', (path, line) => {
    expect(lineOf(text, path)).toBe(line);
  });

  it('takes the last of two equal keys, as JSON.parse does', () => {
    expect(lineOf('{"a": 1,\n"a": 2}', ['a'])).toBe(2);
  });

  it('keeps a key named __proto__ apart', () => {
    expect(lineOf('{\n"__proto__": 1}', ['__proto__'])).toBe(2);
  });

  it('finds each of 50,000 items without scanning the text again', () => {
    const many = `[\n${Array.from({ length: 50_000 }, (_, index) => `{"i": ${index}}`).join(',\n')}\n]`;
    const document = parseJsonDocument(many);
    if ('problem' in document) throw new Error(document.problem);

    for (let index = 0; index < 50_000; index += 1) expect(document.lineOf([index])).toBe(index + 2);
  });
});
