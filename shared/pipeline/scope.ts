/** Places, manifest and clusters into the scope of the report: what was asked for, and what became of it. */
import type { Manifest } from '../evidence/manifest.ts';
import type { ClusterEvidence, Scope } from '../model/evidence.ts';
import type { Places } from '../ports.ts';
import { compareText } from '../rules/text-order.ts';

/** How far one cluster was read. */
export interface ReadCluster {
  readonly cluster: Pick<ClusterEvidence['cluster'], 'account' | 'region' | 'name'>;
  readonly coverage: ClusterEvidence['coverage'];
}

/** A place that the manifest names stands as it says; one that only the folder has is judged by what was read there. */
export function listScope(
  places: Pick<Places, 'regions' | 'problems'>,
  manifest: Pick<Manifest, 'scope'>,
  clusters: readonly ReadCluster[],
): readonly Scope[] {
  const byPlace = new Map<string, Scope>();
  for (const { account, region } of places.regions) {
    const here = clusters.filter(({ cluster }) => cluster.account === account && cluster.region === region);
    byPlace.set(`${account} ${region}`, judgeRegion(account, region, here));
  }
  for (const stated of manifest.scope) {
    const found = byPlace.get(`${stated.account} ${stated.region}`);
    byPlace.set(`${stated.account} ${stated.region}`, found === undefined ? stated : mergeScope(found, stated));
  }
  for (const { file, reason } of places.problems) {
    const [account = '', region = ''] = file.split('/');
    byPlace.set(`${file} problem`, {
      account,
      region,
      status: 'unavailable',
      clusters: 0,
      reason: `${file}: ${reason}`,
      mend: null,
    });
  }
  return [...byPlace.values()].sort((a, b) => compareText(`${a.account} ${a.region}`, `${b.account} ${b.region}`));
}

function judgeRegion(account: string, region: string, clusters: readonly ReadCluster[]): Scope {
  const unread = clusters.filter(
    ({ coverage }) => coverage.find(({ source }) => source === 'eks-api')?.status !== 'complete',
  );
  const names = unread.map(({ cluster }) => cluster.name).join(', ');
  return {
    account,
    region,
    status: unread.length === 0 ? 'audited' : 'partial',
    clusters: clusters.length,
    reason: unread.length === 0 ? null : `the EKS API was not read in whole for ${names}`,
    mend: null,
  };
}

/** The manifest knows of clusters that lie in no folder; the folder knows of reads that failed after it was written. */
function mergeScope(found: Scope, stated: Scope): Scope {
  if (stated.status !== 'audited') return { ...stated, clusters: found.clusters };
  const missing = stated.clusters - found.clusters;
  if (missing <= 0) return { ...found, reason: found.reason ?? stated.reason };
  const reason = `${missing} of ${stated.clusters} clusters have no folder`;
  return { ...found, status: 'partial', reason: found.reason === null ? reason : `${found.reason}; ${reason}` };
}
