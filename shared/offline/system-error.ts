/** What the file system threw into the words that follow "got". */

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'nothing there'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'a symbolic link that leads in a circle'],
  ['ENOTDIR', 'a file where a folder should be'],
  ['EISDIR', 'a folder'],
  ['EEXIST', 'a file of that name'],
  ['ENOSPC', 'no space left on the disk'],
  ['EROFS', 'a disk that is read-only'],
  ['EMFILE', 'too many open files'],
  ['ENAMETOOLONG', 'a name that is too long'],
]);

export function nameSystemError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return WORDS.get(code) ?? (code === '' ? error.message : code);
}
