/** The path that a user gave into the real path and entries of an evidence folder, or an error that says what is there. */
import { realpath, stat } from 'node:fs/promises';
import { KeyholderError } from '../errors.ts';
import { documentKey, type Survey } from './folder-claims.ts';
import { type FolderEntry, listEntries } from './folder-entries.ts';
import { TOP_NAMES } from './folder-layout.ts';
import { nameSystemError } from './system-error.ts';

export async function resolveRoot(dir: string): Promise<string> {
  let isFolder: boolean;
  let root: string;
  try {
    root = await realpath(dir);
    isFolder = (await stat(root)).isDirectory();
  } catch (error) {
    throw unreadable(dir, nameSystemError(error), error);
  }
  if (!isFolder) throw unreadable(dir, 'something that is no folder');
  return root;
}

export async function listRoot(root: string, dir: string): Promise<readonly FolderEntry[]> {
  let entries: readonly FolderEntry[];
  try {
    entries = await listEntries(root, '');
  } catch (error) {
    throw unreadable(dir, nameSystemError(error), error);
  }
  if (entries.length === 0) throw unreadable(dir, 'an empty folder');
  return entries;
}

/** Without an account or a manifest it is most likely the wrong folder, and an empty report would look like a clean one. */
export function refuseForeign(survey: Survey, dir: string, entries: readonly FolderEntry[]): void {
  const hasManifest = survey.documents.get(documentKey('', 'manifest'))?.status === 'read';
  if (survey.accounts.length > 0 || survey.problems.length > 0 || hasManifest) return;
  const names = entries.slice(0, 3).map(({ name }) => name);
  const more = entries.length > 3 ? ` and ${entries.length - 3} more` : '';
  throw unreadable(dir, `no folder named by a 12-digit account, only ${names.join(', ')}${more}`);
}

/** What the organisation declares and the store knew decide what silence means: they are read, or nothing is. */
export function refuseUnreadableTop(survey: Survey, entries: readonly FolderEntry[]): void {
  for (const [document, names] of Object.entries(TOP_NAMES)) {
    if (survey.documents.get(documentKey('', document))?.status === 'read') continue;
    const present = entries.find(({ name }) => names.includes(name.replace(/\.gz$/, '')));
    if (present === undefined) continue;
    throw new KeyholderError('unreadable-input', `${present.name}: expected a file, got ${present.what}`);
  }
}

function unreadable(dir: string, got: string, cause?: unknown): KeyholderError {
  return new KeyholderError('unreadable-input', `expected an evidence folder at ${dir}, got ${got}`, { cause });
}
