/** What a live run reads into the files of an evidence folder, which only its owner may open. */
import { constants } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyholderError } from '../errors.ts';
import type { EvidenceRecorder } from '../ports.ts';
import { nameSystemError } from './system-error.ts';

const OWNER_ONLY = { folder: 0o700, file: 0o600 };
const { O_CREAT, O_WRONLY, O_TRUNC, O_NOFOLLOW } = constants;

/**
 * Throws KeyholderError('usage') for a folder that holds anything: what an earlier run left there would pass for
 * evidence of this one.
 */
export async function openEvidenceRecorder(dir: string): Promise<EvidenceRecorder> {
  await inSystemWords(dir, () => mkdir(dir, { recursive: true, mode: OWNER_ONLY.folder }));
  const [first] = await inSystemWords(dir, () => readdir(dir));
  if (first !== undefined) {
    throw new KeyholderError('usage', `expected a new or an empty folder at ${dir}, got one that holds ${first}`);
  }
  return {
    async write(file, text) {
      const path = join(dir, ...splitPath(file));
      await inSystemWords(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY.folder });
        await writeWhole(path, text);
      });
    },
    async addPlace(folder) {
      const path = join(dir, ...splitPath(folder));
      await inSystemWords(path, () => mkdir(path, { recursive: true, mode: OWNER_ONLY.folder }));
    },
  };
}

/** Names of clusters come from an API, and tests of the recorder from somebody who means harm. */
function splitPath(path: string): readonly string[] {
  const parts = path.split('/');
  if (parts.every(isPlainName)) return parts;
  const expected = 'a path that stays within the evidence folder';
  throw new KeyholderError('write-failed', `expected ${expected}, got ${JSON.stringify(path.slice(0, 200))}`);
}

function isPlainName(name: string): boolean {
  const isShort = name !== '' && Buffer.byteLength(name) <= 255;
  return isShort && name !== '.' && name !== '..' && !/[\\:\p{Cc}]/u.test(name);
}

/** A source that breaks off says so in the coverage, and then ends; one that throws leaves no file behind. */
async function writeWhole(path: string, text: string | AsyncIterable<string>): Promise<void> {
  const handle = await open(path, O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW, OWNER_ONLY.file);
  try {
    if (typeof text === 'string') await handle.writeFile(text);
    else for await (const part of text) await handle.write(part);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function inSystemWords<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    const message = `expected to write ${path}, got ${nameSystemError(error)}`;
    throw new KeyholderError('write-failed', message, { cause: error });
  }
}
