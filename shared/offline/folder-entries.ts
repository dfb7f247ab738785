/** One folder on disk into its entries, sorted, each told apart without being opened: a pipe would wait for ever. */
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareByCodePoint } from './code-point-order.ts';

export interface FolderEntry {
  readonly name: string;
  /** A link to a folder is never followed: what it leads to may be anything, even its own parent. */
  readonly kind: 'file' | 'folder' | 'folder-link' | 'other';
  /** Where its bytes lie: for a link to a file, the file. */
  readonly path: string;
  /** For people: "a folder", "a named pipe". */
  readonly what: string;
}

/** `root` is the evidence folder's real path, which no link may leave. Throws what the file system throws. */
export async function listEntries(root: string, folder: string): Promise<readonly FolderEntry[]> {
  const parent = join(root, folder);
  const found = await readdir(parent, { withFileTypes: true });
  found.sort((a, b) => compareByCodePoint(a.name, b.name));
  const entries: FolderEntry[] = [];
  for (const entry of found) {
    const path = join(parent, entry.name);
    entries.push(entry.isSymbolicLink() ? await followLink(root, entry.name, path) : describeEntry(entry, path));
  }
  return entries;
}

function describeEntry(entry: Dirent, path: string): FolderEntry {
  const { name } = entry;
  // Decoding replaced bytes of the name, so the file cannot be opened by it.
  if (name.includes('\uFFFD')) return { name, kind: 'other', path, what: 'a name that is not UTF-8' };
  if (entry.isFile()) return { name, kind: 'file', path, what: 'a file' };
  if (entry.isDirectory()) return { name, kind: 'folder', path, what: 'a folder' };
  return { name, kind: 'other', path, what: nameSpecial(entry) };
}

async function followLink(root: string, name: string, path: string): Promise<FolderEntry> {
  let target: string;
  let stats: Stats;
  try {
    target = await realpath(path);
    stats = await stat(target);
  } catch (error) {
    const isLoop = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    const what = isLoop ? 'a symbolic link that leads in a circle' : 'a symbolic link that leads nowhere';
    return { name, kind: 'other', path, what };
  }
  const leaves = target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep);
  const isFolder = stats.isDirectory();
  const kind = isFolder ? 'folder-link' : 'other';
  if (leaves) return { name, kind, path, what: 'a symbolic link that leaves the folder' };
  if (stats.isFile()) return { name, kind: 'file', path: target, what: 'a file' };
  return { name, kind, path, what: `a symbolic link to ${isFolder ? 'a folder' : nameSpecial(stats)}` };
}

function nameSpecial(entry: Dirent | Stats): string {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  return entry.isCharacterDevice() || entry.isBlockDevice() ? 'a device' : 'neither a file nor a folder';
}
