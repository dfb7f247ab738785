/** Every file below an evidence folder, of whatever name, as a RawFile; and what is none, by name. */
import { KeyholderError } from '../errors.ts';
import type { RawFile } from '../ports.ts';
import { listEntries } from './folder-entries.ts';
import { resolveRoot } from './folder-root.ts';
import { openStoredFile, READ_LIMITS } from './stored-file.ts';
import { nameSystemError } from './system-error.ts';

export interface FolderFiles {
  readonly files: readonly RawFile[];
  /** Links to folders, pipes and the like: they are not read. */
  readonly others: readonly { readonly file: string; readonly what: string }[];
}

/** Throws KeyholderError('unreadable-input') for what is no folder, and for one below it that does not let us look. */
export async function listFolderFiles(dir: string): Promise<FolderFiles> {
  const root = await resolveRoot(dir);
  const files: RawFile[] = [];
  const others: { file: string; what: string }[] = [];
  const folders = [''];
  for (const folder of folders) {
    for (const entry of await listReadable(root, folder)) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.kind === 'folder') folders.push(file);
      else if (entry.kind === 'file') files.push(openStoredFile({ file, path: entry.path, kind: 'log' }, READ_LIMITS));
      else others.push({ file, what: entry.what });
    }
  }
  return { files, others };
}

async function listReadable(root: string, folder: string) {
  try {
    return await listEntries(root, folder);
  } catch (error) {
    const message = `${folder || root}: expected a folder that can be listed, got ${nameSystemError(error)}`;
    throw new KeyholderError('unreadable-input', message, { cause: error });
  }
}
