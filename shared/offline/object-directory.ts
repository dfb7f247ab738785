/** Objects by key as files of a folder, which only its owner may open: what a bucket is on AWS. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyholderError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { compareByCodePoint } from './code-point-order.ts';
import { nameSystemError } from './system-error.ts';

export interface ObjectDirectory extends ObjectStore {
  /** Whatever lies below the key, which ends with a slash. */
  readonly remove: (key: string) => Promise<void>;
}

/** The folder is made with the first object. */
export function openObjectDirectory(dir: string): ObjectDirectory {
  return {
    async read(key) {
      const path = pathOf(dir, key);
      try {
        return await readFile(path);
      } catch (error) {
        if (isMissing(error)) return null;
        throw explain('read', path, error);
      }
    },
    async write(key, body) {
      const path = pathOf(dir, key);
      // A reader never sees half of it.
      const draft = join(dirname(path), `.${randomUUID()}`);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFile(draft, body, { flag: 'wx', mode: 0o600 });
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        throw explain('write', path, error);
      }
    },
    async list(prefix) {
      const keys = await listKeys(dir, '').catch((error: unknown) => {
        throw explain('read', dir, error);
      });
      return keys.filter((key) => key.startsWith(prefix)).sort(compareByCodePoint);
    },
    async remove(key) {
      const path = pathOf(dir, key.replace(/\/$/, ''));
      await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
        throw explain('write', path, error);
      });
    },
  };
}

async function listKeys(dir: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(dir, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const keys: string[] = [];
  for (const entry of entries) {
    const key = `${folder}${entry.name}`;
    if (entry.isDirectory()) keys.push(...(await listKeys(dir, `${key}/`)));
    else if (entry.isFile() && !entry.name.startsWith('.')) keys.push(key);
  }
  return keys;
}

function pathOf(dir: string, key: string): string {
  const parts = key.split('/');
  if (parts.every((part) => part !== '' && !/^\.|[\\:\p{Cc}]/u.test(part))) return join(dir, ...parts);
  const expected = 'a key that stays within the folder';
  throw new KeyholderError('write-failed', `expected ${expected}, got ${JSON.stringify(key.slice(0, 200))}`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function explain(verb: 'read' | 'write', path: string, error: unknown): KeyholderError {
  const message = `expected to ${verb} ${path}, got ${nameSystemError(error)}`;
  return new KeyholderError(verb === 'read' ? 'read-failed' : 'write-failed', message, { cause: error });
}
