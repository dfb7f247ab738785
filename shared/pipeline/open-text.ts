/** A text that was made here into a file of the evidence, with its hash. */
import { createHash } from 'node:crypto';
import type { RawFile } from '../ports.ts';

export function openText(file: string, text: string): RawFile {
  const bytes = Buffer.from(text);
  return {
    file,
    sha256: () => createHash('sha256').update(bytes).digest('hex'),
    async *read() {
      yield bytes;
    },
  };
}
