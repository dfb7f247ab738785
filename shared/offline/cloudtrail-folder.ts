/** An account's cloudtrail folder into its files, whatever the folders between are called: S3 has eight levels of them. */
import { compareByCodePoint } from './code-point-order.ts';
import { describeStranger, type Found, joinPath, listOrReport, type Survey } from './folder-claims.ts';
import type { FolderEntry } from './folder-entries.ts';
import type { StoredFile } from './stored-file.ts';

export async function findCloudTrail(survey: Survey, account: string, trail: FolderEntry | undefined): Promise<Found> {
  if (trail === undefined) return { status: 'unavailable', reason: 'cloudtrail/ is not in the folder' };
  if (trail.kind !== 'folder') {
    survey.strangers.push(describeStranger(account, trail));
    return { status: 'unavailable', reason: `cloudtrail is ${trail.what}, not a folder` };
  }
  const files: StoredFile[] = [];
  const pending = [joinPath(account, trail.name)];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = (await listOrReport(survey, folder)) ?? [];
    const plainFiles = new Map(entries.filter(({ kind }) => kind === 'file').map((entry) => [entry.name, entry]));
    for (const entry of entries) {
      const file = joinPath(folder, entry.name);
      const twin = entry.name.endsWith('.gz') ? plainFiles.get(entry.name.slice(0, -3)) : undefined;
      if (entry.kind === 'folder') pending.push(file);
      else if (entry.kind !== 'file' || !/\.json(?:\.gz)?$/.test(entry.name) || twin !== undefined) {
        survey.strangers.push(describeStranger(folder, entry, twin));
      } else files.push({ file, path: entry.path, kind: 'log' });
    }
  }
  if (files.length === 0) return { status: 'unavailable', reason: 'cloudtrail/ holds no .json file' };
  return { status: 'read', files: files.sort((a, b) => compareByCodePoint(a.file, b.file)) };
}
