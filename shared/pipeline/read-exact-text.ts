/** A raw file into its text, and the way back from a text to what the file would hold, byte for byte. */
import { KeyholderError } from '../errors.ts';
import type { RawFile } from '../ports.ts';
import { readText } from './read-text.ts';

export interface ExactText {
  readonly text: string;
  /** null for a file that is not UTF-8, which text written as UTF-8 could not equal. */
  readonly restore: ((text: string) => string) | null;
}

const MARK_BYTES = 3;

/** Throws KeyholderError('read-failed') for bytes that are no text: kubectl would not take them either. */
export async function readExactText(file: RawFile, limitBytes: number): Promise<ExactText> {
  let head = Buffer.alloc(0);
  const { text, replaced } = await readText(
    {
      ...file,
      async *read() {
        for await (const chunk of file.read()) {
          if (head.length < MARK_BYTES) head = Buffer.concat([head, chunk]).subarray(0, MARK_BYTES);
          yield chunk;
        }
      },
    },
    limitBytes,
  );
  if (replaced) throw new KeyholderError('read-failed', `${file.file}: expected UTF-8, got bytes that are none`);
  if (head.subarray(0, 2).toString('hex') === 'fffe') return { text, restore: null };
  // Decoding drops the byte order mark.
  const mark = head.toString('hex') === 'efbbbf' ? '\ufeff' : '';
  return { text, restore: (changed) => `${mark}${changed}` };
}
