import { describe, expect, it } from 'vitest';
import { readText } from '../../shared/pipeline/read-text.ts';
import type { RawFile } from '../../shared/ports.ts';

function rawFile(chunks: Iterable<Uint8Array>): RawFile {
  return {
    file: 'rbac.json',
    sha256: () => null,
    async *read() {
      yield* chunks;
    },
  };
}

describe('readText', () => {
  it('joins a character that lies across two chunks', async () => {
    const bytes = Buffer.from('clé');

    expect(await readText(rawFile([bytes.subarray(0, 3), bytes.subarray(3)]), 100)).toEqual({
      text: 'clé',
      replaced: false,
    });
  });

  it('replaces bytes that are no UTF-8, and says so', async () => {
    expect(await readText(rawFile([Uint8Array.of(0x61, 0xff, 0x62)]), 100)).toEqual({
      text: 'a\uFFFDb',
      replaced: true,
    });
  });

  it('does not mistake a replacement character that was there for a replaced one', async () => {
    expect(await readText(rawFile([Buffer.from('\uFFFD')]), 100)).toEqual({ text: '\uFFFD', replaced: false });
  });

  it('reads the UTF-16 that PowerShell writes', async () => {
    expect(await readText(rawFile([Buffer.from('\uFEFF{"a": 1}', 'utf16le')]), 100)).toEqual({
      text: '{"a": 1}',
      replaced: false,
    });
  });

  it('gives up at the limit on a file that would go on for ever', async () => {
    function* endless() {
      const chunk = new Uint8Array(65_536).fill(0x61);
      for (;;) yield chunk;
    }

    await expect(readText(rawFile(endless()), 1_000_000)).rejects.toMatchObject({
      code: 'read-failed',
      message: 'rbac.json: expected at most 1000000 bytes, got more',
    });
  });

  it('gives an empty text for an empty file', async () => {
    expect(await readText(rawFile([]), 0)).toEqual({ text: '', replaced: false });
  });
});
