import { describe, expect, it } from 'vitest';
import { createDocumentSplitter } from '../../shared/evidence/json-documents.ts';

/** Lines that are no part of an open document are told as strangers, and read anew. */
function piecesOf(text: string, maxBytes?: number): readonly string[] {
  const splitter = createDocumentSplitter(maxBytes);
  const told: string[] = [];
  const tell = ({ kind, line, bytes }: { kind: string; line: number; bytes: Buffer }) =>
    told.push(`${kind} ${line} ${bytes.toString('utf8').replace(/\s+/g, ' ').trim()}`);
  for (const [index, content] of text.split('\n').entries()) {
    const raw = { line: index + 1, bytes: Buffer.from(content), problem: null };
    const { pieces, isPart } = splitter.read(raw);
    pieces.forEach(tell);
    if (isPart) continue;
    told.push(`stranger ${raw.line}`);
    splitter.read(raw).pieces.forEach(tell);
  }
  for (const piece of splitter.end()) tell(piece);
  return told;
}

describe('createDocumentSplitter', () => {
  it.each([
    ['a document over several lines', '{\n "a": 1\n}', ['whole 1 { "a": 1 }']],
    ['documents one after the other', '{\n"a":1\n}\n{\n"b":2\n}', ['whole 1 { "a":1 }', 'whole 4 { "b":2 }']],
    ['documents on one line', '{"a":1}{"b":2} {"c":3},', ['whole 1 {"a":1}', 'whole 1 {"b":2}', 'whole 1 {"c":3}']],
    [
      'the items of a list by name',
      '{"Records": [\n {"a":1},\n {"b":[2]}\n ], "x": 1}',
      ['whole 2 {"a":1}', 'whole 3 {"b":[2]}', 'whole 1 {"Records": [ ], "x": 1}'],
    ],
    ['the items of a list', '[\n{"a":1},\n{"b":2}\n]', ['whole 2 {"a":1}', 'whole 3 {"b":2}', 'whole 1 [ ]']],
    [
      'items that are lists',
      '{"results":[[{"f":1}],[{"f":2}]]}',
      ['whole 1 [{"f":1}]', 'whole 1 [{"f":2}]', 'whole 1 {"results":[]}'],
    ],
    ['lists of other names in whole', '{"groups":[{"a":1}]}', ['whole 1 {"groups":[{"a":1}]}']],
    ['lists further in in whole', '{"x":{"items":[{"a":1}]}}', ['whole 1 {"x":{"items":[{"a":1}]}}']],
    ['texts that hold brackets', '{"a":"]}\\"{["}', ['whole 1 {"a":"]}\\"{["}']],
    ['a value that is named like a list', '{"a":"items","b":[{"c":1}]}', ['whole 1 {"a":"items","b":[{"c":1}]}']],
    ['texts in a list', '["a","b"]', ['whole 1 ["a","b"]']],
  ])('cuts out %s', (_name, text, pieces) => {
    expect(piecesOf(text)).toEqual(pieces);
  });

  it.each([
    ['a text that is not closed', '{"a":"x', ['broken 1 {"a":"x']],
    ['the end of the input', '{"a":{\n"b":1', ['broken 1 {"a":{ "b":1']],
    ['an item that is not closed', '{"items":[{"a":1},{"b":', ['whole 1 {"a":1}', 'broken 1 {"b":']],
    ['a bracket of the wrong kind', '{"a":1]', ['broken 1 {"a":1]']],
    ['text behind a document', '{"a":1} hello', ['whole 1 {"a":1}', 'broken 1 hello']],
    ['a word', '{"a":hello}', ['broken 1 {"a":hello}']],
  ])('breaks off at %s', (_name, text, pieces) => {
    expect(piecesOf(text)).toEqual(pieces);
  });

  it('starts anew where a record starts inside of a broken one', () => {
    expect(piecesOf('{"a":[1,\n{"b":2}')).toEqual(['broken 1 {"a":[1,', 'stranger 2', 'whole 2 {"b":2}']);
  });

  it('starts anew at a line of text', () => {
    expect(piecesOf('{"a":[\ntime="x" level=info')).toEqual([
      'broken 1 {"a":[',
      'stranger 2',
      'broken 2 time="x" level=info',
    ]);
  });

  it('lets go of an item that is too large, and goes on', () => {
    const large = `{"a":"${'x'.repeat(200)}"}`;

    expect(piecesOf(`{"items":[${large},\n{"b":1}\n]}`, 100).map((piece) => piece.slice(0, 16))).toEqual([
      'too-large 1 {"a"',
      'whole 2 {"b":1}',
      'whole 1 {"items"',
    ]);
  });

  it('lets go of a document that is too large, and goes on', () => {
    const text = `{\n${'"a": 1,\n'.repeat(50)}"b": 2\n}\n{"c":3}`;

    expect(piecesOf(text, 100).map((piece) => piece.slice(0, 15))).toEqual(['too-large 1 { "', 'whole 54 {"c":3']);
  });

  it('bears a million brackets', () => {
    const pieces = piecesOf('['.repeat(1_000_000));

    expect(pieces).toHaveLength(1);
    expect(pieces[0]?.slice(0, 8)).toBe('broken 1');
  });
});
