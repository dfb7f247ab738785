/** A raw file into one text, within a limit, saying whether bytes had to be replaced. */
import { isUtf8 } from 'node:buffer';
import { KeyholderError } from '../errors.ts';
import type { RawFile } from '../ports.ts';

export interface FileText {
  readonly text: string;
  /** Some bytes were no UTF-8, and stand as U+FFFD now. */
  readonly replaced: boolean;
}

export async function readText(file: RawFile, limitBytes: number): Promise<FileText> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.read()) {
    length += chunk.length;
    if (length > limitBytes) {
      throw new KeyholderError('read-failed', `${file.file}: expected at most ${limitBytes} bytes, got more`);
    }
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks, length);
  // PowerShell's `>` writes UTF-16 with a byte order mark.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    const text = new TextDecoder('utf-16le').decode(bytes);
    return { text, replaced: text.includes('\uFFFD') };
  }
  return { text: new TextDecoder().decode(bytes), replaced: !isUtf8(bytes) };
}
