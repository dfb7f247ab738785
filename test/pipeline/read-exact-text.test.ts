import { describe, expect, it } from 'vitest';
import { readExactText } from '../../shared/pipeline/read-exact-text.ts';
import type { RawFile } from '../../shared/ports.ts';

function rawFile(bytes: Uint8Array, size = 1): RawFile {
  return {
    file: 'aws-auth.yaml',
    sha256: () => null,
    async *read() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

describe('readExactText', () => {
  it.each([
    ['plain text', 'clé\n'],
    ['a byte order mark, cut into single bytes', '\ufeffdata:\r\n'],
    ['two byte order marks', '\ufeff\ufeffdata:'],
    ['less than a mark', 'a'],
    ['nothing', ''],
  ])('gives back every byte of %s', async (_name, content) => {
    const bytes = Buffer.from(content);

    const { text, restore } = await readExactText(rawFile(bytes), 100);

    expect(Buffer.from(restore?.(text) ?? 'none')).toEqual(bytes);
  });

  it('leaves the mark out of the text', async () => {
    expect((await readExactText(rawFile(Buffer.from('\ufeffdata:')), 100)).text).toBe('data:');
  });

  it('reads UTF-16, and knows no way back', async () => {
    const { text, restore } = await readExactText(rawFile(Buffer.from('\ufeffdata:', 'utf16le')), 100);

    expect([text, restore]).toEqual(['data:', null]);
  });

  it('refuses bytes that are no text', async () => {
    const read = readExactText(rawFile(Uint8Array.of(0xff, 0x61)), 100);

    await expect(read).rejects.toThrow('aws-auth.yaml: expected UTF-8, got bytes that are none');
  });
});
