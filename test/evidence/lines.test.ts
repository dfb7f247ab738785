import { describe, expect, it } from 'vitest';
import { createLineSplitter, decodeLine, type LineOptions, splitLines } from '../../shared/evidence/lines.ts';
import { chunksOf } from '../support/log-input.ts';

async function linesOf(input: string | Uint8Array, options: LineOptions & { readonly chunk?: number } = {}) {
  const lines: [number, string, string | null][] = [];
  for await (const { line, bytes, problem } of splitLines(chunksOf(input, options.chunk), options)) {
    lines.push([line, bytes.toString('latin1'), problem]);
  }
  return lines;
}

describe('splitLines', () => {
  it.each([
    ['line feeds', 'a\nb\n', ['a', 'b']],
    ['carriage returns before them', 'a\r\nb\r\n', ['a', 'b']],
    ['a last line without an end', 'a\nb', ['a', 'b']],
    ['empty lines', '\n\nb\n', ['', '', 'b']],
    ['no bytes at all', '', []],
    ['a byte order mark', '\u00ef\u00bb\u00bfa\n\u00ef\u00bb\u00bfb', ['a', '\u00ef\u00bb\u00bfb']],
    ['a carriage return inside of a line', 'a\rb\n', ['a\rb']],
  ])('splits %s', async (_name, input, expected) => {
    const lines = await linesOf(Buffer.from(input, 'latin1'));

    expect(lines.map(([, text]) => text)).toEqual(expected);
    expect(lines.map(([line]) => line)).toEqual(expected.map((_text, index) => index + 1));
  });

  it.each([1, 2, 3, 5])('gives the same lines from chunks of %i bytes', async (chunk) => {
    const input = Buffer.from('\ufeffone\r\n\ntwo ä\nthree');

    expect(await linesOf(input, { chunk })).toEqual(await linesOf(input));
  });

  it('counts a line beyond the limit and goes on after it', async () => {
    const lines = await linesOf(`ok\n${'x'.repeat(5000)}\nalso ok\n`, { maxLineBytes: 1000, chunk: 64 });

    expect(lines).toEqual([
      [1, 'ok', null],
      [2, 'x'.repeat(512), 'line longer than the limit'],
      [3, 'also ok', null],
    ]);
  });

  it('holds no more of a long line than its head', () => {
    const splitter = createLineSplitter({ maxLineBytes: 1024 });
    const chunk = Buffer.alloc(1024 * 1024, 0x78);
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 1024; count += 1) expect([...splitter.push(chunk)]).toEqual([]);

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    expect([...splitter.end()]).toMatchObject([{ line: 1, problem: 'line longer than the limit' }]);
  });

  it('tells every line of UTF-16 text as what it is', async () => {
    const input = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a\nb', 'utf16le')]);

    expect((await linesOf(input)).map(([, , problem]) => problem)).toEqual([
      'UTF-16 text, expected UTF-8',
      'UTF-16 text, expected UTF-8',
    ]);
  });

  it('gives views of the chunk, not copies', () => {
    const chunk = Buffer.from('first\nsecond\n');

    const [first] = createLineSplitter().push(chunk);

    expect(first?.bytes.buffer).toBe(chunk.buffer);
  });
});

describe('decodeLine', () => {
  it.each([
    ['plain text', Buffer.from('alice'), { text: 'alice', isValid: true }],
    ['text beyond ASCII', Buffer.from('älice 🔑'), { text: 'älice 🔑', isValid: true }],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0x62]), { text: 'a\ufffdb', isValid: false }],
    ['a replacement character that was sent', Buffer.from('a\ufffdb'), { text: 'a\ufffdb', isValid: true }],
  ])('decodes %s', (_name, bytes, expected) => {
    expect(decodeLine(bytes)).toEqual(expected);
  });
});
