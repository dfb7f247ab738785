/** Every place of the readers into Evidence, beside what the manifest, the store and the organisation say of them. */
import { withKnownLife } from '../evidence/known-life.ts';
import type { Manifest } from '../evidence/manifest.ts';
import type { AccountEvidence, ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { RegionEvidence } from '../model/region.ts';
import type { Places, Readers } from '../ports.ts';
import { collectAccount, joinAccount } from './collect-account.ts';
import { collectCluster } from './collect-cluster.ts';
import { collectPlace, joinPlace } from './collect-place.ts';
import type { Journal } from './read-document.ts';
import { listScope } from './scope.ts';
import { applyStated, findStatedWindow } from './stated-coverage.ts';

/** What stands above the places. */
export interface Stated extends Pick<Evidence, 'config' | 'state'> {
  readonly places: Places;
  readonly manifest: Manifest;
}

export async function collectFolder(
  readers: Readers,
  { places, manifest, state, config }: Stated,
  journal: Journal,
): Promise<Evidence> {
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
