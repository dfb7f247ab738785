/** Everything the readers have into Evidence: each source read once, and what could not be read said in its coverage. */
import { KeyholderError } from '../errors.ts';
import { EMPTY_CONFIG, resolveConfig } from '../evidence/config.ts';
import { withKnownLife } from '../evidence/known-life.ts';
import { EMPTY_MANIFEST, type Manifest, parseManifest } from '../evidence/manifest.ts';
import { EMPTY_STATE, parseState } from '../evidence/state.ts';
import type { Skip } from '../model/coverage.ts';
import type { AccountEvidence, ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { RegionEvidence } from '../model/region.ts';
import type { Places, Progress, Readers, TopDocument } from '../ports.ts';
import { collectAccount, joinAccount } from './collect-account.ts';
import { collectCluster } from './collect-cluster.ts';
import { collectPlace, joinPlace } from './collect-place.ts';
import { type Journal, MAX_DOCUMENT_BYTES, noteFile } from './read-document.ts';
import { readText } from './read-text.ts';
import { listScope } from './scope.ts';
import { applyStated, findStatedWindow } from './stated-coverage.ts';

const QUIET: Progress = { step: () => undefined, end: () => undefined };

/** Throws KeyholderError for a manifest, state or keyholder.yml that is not right: they decide what silence means. */
export async function collectEvidence(
  readers: Readers,
  options: { readonly progress?: Progress } = {},
): Promise<Evidence> {
  const journal: Journal = { files: [], progress: options.progress ?? QUIET };
  const places = await readers.places();
  const manifest = await readManifest(readers, journal);
  const state = await readState(readers, journal);
  const configText = await readTop(readers, 'config', journal);
  const config = configText === null ? EMPTY_CONFIG : resolveConfig(configText.text, configText.file);
  const accounts: AccountEvidence[] = [];
  for (const account of listAccounts(places)) {
    const place = { account, region: null, name: null };
    const evidence = await collectAccount({
      account,
      readers,
      journal,
      windowOf: (source) => findStatedWindow(manifest, place, source),
    });
    accounts.push({ ...evidence, coverage: applyStated(manifest, place, evidence.coverage) });
  }
  const regions = await collectRegions(places, { readers, journal, manifest });
  const clusters: ClusterEvidence[] = [];
  for (const place of places.clusters) {
    const windowOf: Parameters<typeof collectCluster>[0]['windowOf'] = (source) =>
      findStatedWindow(manifest, place, source);
    const evidence = await collectCluster({ place, readers, journal, windowOf });
    const own = accounts.find(({ account }) => account === place.account);
    const joined = joinPlace(joinAccount(evidence, own), regions);
    const stated = { ...joined, coverage: applyStated(manifest, place, joined.coverage) };
    clusters.push(withKnownLife(stated, state));
  }
  journal.progress.end();
  return {
    window: manifest.window,
    scope: listScope(places, manifest, clusters),
    clusters,
    accounts,
    regions,
    config,
    state,
    files: journal.files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    strangers: places.strangers,
    caller: manifest.caller,
    queries: manifest.queries,
  };
}

/** An account that is known only by its clusters has evidence too: that nothing was read of it. */
function listAccounts(places: Places): readonly string[] {
  return [...new Set([...places.accounts, ...places.clusters.map(({ account }) => account)])].sort();
}

/** Those that hold a cluster. */
async function collectRegions(
  { clusters }: Places,
  task: { readonly readers: Readers; readonly journal: Journal; readonly manifest: Manifest },
): Promise<readonly RegionEvidence[]> {
  const regions: RegionEvidence[] = [];
  for (const { account, region } of clusters) {
    if (regions.some((known) => known.account === account && known.region === region)) continue;
    const evidence = await collectPlace({ ...task, account, region });
    const coverage = applyStated(task.manifest, { account, region, name: null }, evidence.coverage);
    regions.push({ ...evidence, coverage });
  }
  return regions;
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
