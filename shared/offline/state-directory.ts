/** What is remembered, as files of a folder which only its owner may open: one for each row, so that a laptop has a history too. */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyholderError } from '../errors.ts';
import type { FindingStore, StoredItem } from '../ports.ts';
import { nameSystemError } from './system-error.ts';

/** The folder is made with the first row. Throws KeyholderError for what cannot be read or written. */
export function openStateDirectory(dir: string): FindingStore {
  const folderOf = (partition: string): string => join(dir, hash(partition));
  return {
    get: (partition, key) =>
      guard('read', folderOf(partition), async (folder) => {
        const version = (await listVersions(folder)).get(hash(key));
        return version === undefined ? null : readRow(folder, hash(key), version);
      }),
    list: (partition, prefix, most) =>
      guard('read', folderOf(partition), async (folder) => {
        const rows: StoredItem[] = [];
        for (const [name, version] of await listVersions(folder)) {
          const row = await readRow(folder, name, version);
          if (row?.key.startsWith(prefix)) rows.push(row);
        }
        rows.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
        return most === undefined ? rows : rows.slice(-most);
      }),
    put: (item) => guard('write', folderOf(item.partition), (folder) => putRow(folder, item)),
  };
}

/** A name by which no key can leave the folder, nor meet another on a disk that knows no case. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

const ROW = /^([0-9a-f]{40})\.(\d+)\.json$/;

/** The highest version of each row; lower ones are leftovers of a writer that was stopped. */
async function listVersions(folder: string): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  for (const file of await readdir(folder).catch(ignoreMissing([]))) {
    const [, name, digits] = ROW.exec(file) ?? [];
    if (name === undefined) continue;
    versions.set(name, Math.max(Number(digits), versions.get(name) ?? 0));
  }
  return versions;
}

/** null when a later version has taken its place meanwhile and there is none of this name. */
async function readRow(folder: string, name: string, version: number): Promise<StoredItem | null> {
  const path = join(folder, `${name}.${version}.json`);
  const text = await readFile(path, 'utf8').catch(ignoreMissing(null));
  if (text !== null) return parseRow(text, path);
  const later = (await listVersions(folder)).get(name);
  return later === undefined || later === version ? null : readRow(folder, name, later);
}

function parseRow(text: string, path: string): StoredItem {
  const row: unknown = JSON.parse(text);
  if (!isStoredItem(row))
    throw new KeyholderError('unreadable-input', `expected a row of state in ${path}, got another file`);
  return row;
}

function isStoredItem(value: unknown): value is StoredItem {
  if (typeof value !== 'object' || value === null || !('body' in value)) return false;
  const { partition, key, version, expiresAt } = {
    partition: null,
    key: null,
    version: null,
    expiresAt: null,
    ...value,
  };
  return (
    typeof partition === 'string' &&
    typeof key === 'string' &&
    typeof version === 'number' &&
    (expiresAt === null || typeof expiresAt === 'string')
  );
}

/** A version is a file of its own, and only one writer can make it: no lock that somebody who was stopped could leave. */
async function putRow(folder: string, item: StoredItem): Promise<boolean> {
  const name = hash(item.key);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (((await listVersions(folder)).get(name) ?? 0) !== item.version - 1) return false;
  const path = join(folder, `${name}.${item.version}.json`);
  const draft = join(folder, `${randomUUID()}.draft`);
  await writeFile(draft, JSON.stringify(item), { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  // Others may have written this version and the next since the look, and cleared this one away.
  if ((await listVersions(folder)).get(name) !== item.version) {
    await rm(path, { force: true });
    return false;
  }
  await rm(join(folder, `${name}.${item.version - 1}.json`), { force: true });
  return true;
}

async function guard<T>(verb: 'read' | 'write', folder: string, work: (folder: string) => Promise<T>): Promise<T> {
  try {
    return await work(folder);
  } catch (error) {
    if (error instanceof KeyholderError) throw error;
    const got = error instanceof SyntaxError ? 'a file that is not JSON' : nameSystemError(error);
    const message = `expected to ${verb} the state in ${folder}, got ${got}`;
    throw new KeyholderError(verb === 'read' ? 'read-failed' : 'write-failed', message, { cause: error });
  }
}

function ignoreMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (isCode(error, 'ENOENT')) return instead;
    throw error;
  };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
