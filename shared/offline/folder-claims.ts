/** The entries of one folder into the documents they are, the places they open, and the strangers among them. */
import type { ClusterPlace } from '../ports.ts';
import { type FolderEntry, listEntries } from './folder-entries.ts';
import type { StoredFile } from './stored-file.ts';
import { nameSystemError } from './system-error.ts';

export type Found =
  | { readonly status: 'read'; readonly files: readonly StoredFile[] }
  | { readonly status: 'unavailable'; readonly reason: string };

/** Filled in while the folders are walked. */
export interface Survey {
  /** Real path of the evidence folder. */
  readonly root: string;
  /** By documentKey. */
  readonly documents: Map<string, Found>;
  /** Why a folder could not be listed, by its path. */
  readonly unlisted: Map<string, string>;
  readonly accounts: string[];
  readonly regions: { account: string; region: string }[];
  readonly clusters: ClusterPlace[];
  readonly problems: { file: string; reason: string }[];
  readonly strangers: string[];
}

export function startSurvey(root: string): Survey {
  const lists = { accounts: [], regions: [], clusters: [], problems: [], strangers: [] };
  return { root, documents: new Map(), unlisted: new Map(), ...lists };
}

/** `folder` is the path below the evidence folder, '' for the folder itself. */
export function documentKey(folder: string, document: string): string {
  return `${folder}\0${document}`;
}

type Names = Readonly<Record<string, readonly string[]>>;

/** Claims the documents of a folder and gives the other entries; null when the folder cannot be listed. */
export async function readLevel(survey: Survey, folder: string, names: Names): Promise<readonly FolderEntry[] | null> {
  const entries = await listOrReport(survey, folder);
  return entries === null ? null : claimDocuments(survey, folder, { entries, names });
}

export async function listOrReport(survey: Survey, folder: string): Promise<readonly FolderEntry[] | null> {
  try {
    return await listEntries(survey.root, folder);
  } catch (error) {
    const reason = `expected a folder that can be listed, got ${nameSystemError(error)}`;
    survey.problems.push({ file: folder, reason });
    survey.unlisted.set(folder, reason);
    return null;
  }
}

export function claimDocuments(
  survey: Survey,
  folder: string,
  { entries, names }: { readonly entries: readonly FolderEntry[]; readonly names: Names },
): readonly FolderEntry[] {
  const unclaimed = new Map(entries.map((entry) => [entry.name, entry]));
  for (const [document, wanted] of Object.entries(names)) {
    const present: FolderEntry[] = [];
    for (const name of wanted.flatMap((plain) => [plain, `${plain}.gz`])) {
      const entry = unclaimed.get(name);
      if (entry !== undefined) present.push(entry);
      unclaimed.delete(name);
    }
    const chosen = present.find(({ kind }) => kind === 'file');
    for (const entry of present) {
      if (entry !== chosen) survey.strangers.push(describeStranger(folder, entry, chosen));
    }
    survey.documents.set(documentKey(folder, document), describeChoice(folder, { document, wanted, present, chosen }));
  }
  return [...unclaimed.values()];
}

interface Choice {
  readonly document: string;
  readonly wanted: readonly string[];
  readonly present: readonly FolderEntry[];
  readonly chosen: FolderEntry | undefined;
}

function describeChoice(folder: string, { document, wanted, present, chosen }: Choice): Found {
  if (chosen !== undefined) {
    const kind = document === 'authenticator-log' || document === 'audit-log' ? 'log' : 'document';
    return { status: 'read', files: [{ file: joinPath(folder, chosen.name), path: chosen.path, kind }] };
  }
  const [first] = present;
  if (first !== undefined) return { status: 'unavailable', reason: `${first.name} is ${first.what}, not a file` };
  const reason = wanted.length === 1 ? `${wanted[0]} is not` : `neither ${wanted.join(' nor ')} is`;
  return { status: 'unavailable', reason: `${reason} in the folder` };
}

/** True for a folder to go into; anything else is named. */
export function isPlace(
  survey: Survey,
  folder: string,
  { entry, isShaped }: { readonly entry: FolderEntry; readonly isShaped: boolean },
): boolean {
  if (entry.kind === 'folder' && isShaped) return true;
  if (entry.kind === 'folder-link' && isShaped) {
    const reason = `expected a folder, got ${entry.what}: its evidence was not read`;
    survey.problems.push({ file: joinPath(folder, entry.name), reason });
  } else survey.strangers.push(describeStranger(folder, entry));
  return false;
}

/** `instead` is the file that was read in its place. */
export function describeStranger(folder: string, entry: FolderEntry, instead?: FolderEntry): string {
  const path = joinPath(folder, entry.name);
  if (entry.kind === 'folder') return `${path}/`;
  if (entry.kind !== 'file') return `${path} (${entry.what})`;
  return instead === undefined ? path : `${path} (${instead.name} was read instead)`;
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
