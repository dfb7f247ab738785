/** Everything the readers have into Evidence: each source read once, and what could not be read said in its coverage. */
import { KeyholderError } from '../errors.ts';
import { EMPTY_CONFIG, resolveConfig } from '../evidence/config.ts';
import { EMPTY_MANIFEST, type Manifest, parseManifest } from '../evidence/manifest.ts';
import { EMPTY_STATE, parseState } from '../evidence/state.ts';
import type { Skip } from '../model/coverage.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Progress, Readers, TopDocument } from '../ports.ts';
import { collectFolder } from './collect-folder.ts';
import { type Journal, MAX_DOCUMENT_BYTES, noteFile } from './read-document.ts';
import { readText } from './read-text.ts';

const QUIET: Progress = { step: () => undefined, end: () => undefined };

export interface CollectOptions {
  readonly progress?: Progress;
}

/** Throws KeyholderError for a manifest, state or keyholder.yml that is not right: they decide what silence means. */
export async function collectEvidence(readers: Readers, options: CollectOptions = {}): Promise<Evidence> {
  const journal = openJournal(options);
  const places = await readers.places();
  const manifest = await readManifest(readers, journal);
  const state = await readState(readers, journal);
  const configText = await readTop(readers, 'config', journal);
  const config = configText === null ? EMPTY_CONFIG : resolveConfig(configText.text, configText.file);
  return collectFolder(readers, { places, manifest, state, config }, journal);
}

/** Of a recording that was just made, and took no copies: it holds neither state.json nor keyholder.yml. */
export async function collectRecording(readers: Readers, options: CollectOptions = {}): Promise<Evidence> {
  const journal = openJournal(options);
  const places = await readers.places();
  const manifest = await readManifest(readers, journal);
  return collectFolder(readers, { places, manifest, state: EMPTY_STATE, config: EMPTY_CONFIG }, journal);
}

function openJournal({ progress = QUIET }: CollectOptions): Journal {
  return { files: [], progress };
}

async function readManifest(readers: Readers, journal: Journal): Promise<Manifest> {
  const found = await readTop(readers, 'manifest', journal);
  if (found === null) return EMPTY_MANIFEST;
  const { manifest, skips } = parseManifest(found.text, found.file);
  refuseSkips(skips);
  return manifest;
}

async function readState(readers: Readers, journal: Journal): Promise<Evidence['state']> {
  const found = await readTop(readers, 'state', journal);
  if (found === null) return EMPTY_STATE;
  const { state, skips } = parseState(found.text, found.file);
  refuseSkips(skips);
  return state;
}

function refuseSkips([first]: readonly Skip[]): void {
  if (first === undefined) return;
  const where = `${first.file ?? 'manifest.json'}${first.line > 0 ? `:${first.line}` : ''}`;
  throw new KeyholderError('unreadable-input', `${where}: ${first.reason}, got ${first.sample}`);
}

async function readTop(
  readers: Readers,
  document: TopDocument,
  journal: Journal,
): Promise<{ readonly text: string; readonly file: string } | null> {
  const raw = await readers.readTop(document);
  const [file] = raw.status === 'read' ? raw.files : [];
  if (file === undefined) return null;
  const { text } = await readText(file, MAX_DOCUMENT_BYTES);
  noteFile(journal, file);
  return { text, file: file.file };
}
