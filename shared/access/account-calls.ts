/** Records of the accounts that name no cluster into those that concern this one: IAM calls on whom it maps, and calls on the trails of its region. */
import type { Mapping } from '../model/access.ts';
import type { Cluster } from '../model/eks.ts';
import type { AccountEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { compareTimes } from '../rules/time.ts';

export interface Concerned {
  readonly cluster: Cluster;
  readonly accounts: readonly AccountEvidence[];
  /** Doors that do not open any more, too: whoever comes back behind one is a concern. */
  readonly mappings: readonly Pick<Mapping, 'principal'>[];
  readonly creatorArn: string | null;
}

/** `records` of the cluster and the calls that concern it, oldest first; the very list where there are none. */
export function joinAccountCalls(records: readonly EvidenceRecord[], concerned: Concerned): readonly EvidenceRecord[] {
  const { accounts, cluster } = concerned;
  const known = new Set(records.map(idOf));
  const keys = new Set(concerned.mappings.map(({ principal }) => principalKey(principal)));
  if (concerned.creatorArn !== null) keys.add(arnKey(concerned.creatorArn));
  const calls = accounts.flatMap(({ cloudTrail }) =>
    cloudTrail.filter((call) => !known.has(idOf(call)) && concernsCluster(call, { cluster, keys })),
  );
  return calls.length === 0 ? records : [...records, ...calls].sort((a, b) => compareTimes(a.at, b.at));
}

function concernsCluster(
  { eventSource, principalArn, account, region, at }: CloudTrailEvent,
  { cluster, keys }: { readonly cluster: Cluster; readonly keys: ReadonlySet<string> },
): boolean {
  if (eventSource === 'iam.amazonaws.com')
    return principalArn !== null && keys.has(arnKey(principalArn)) && isSinceBirth(at, cluster);
  // Of the region, whichever of its clusters is asked, and however old that is.
  return eventSource === 'cloudtrail.amazonaws.com' && account === cluster.account && region === cluster.region;
}

/** What became of a principal before the cluster was there is no change of the cluster. */
function isSinceBirth(at: string | null, { createdAt }: Cluster): boolean {
  return at === null || createdAt === null || compareTimes(at, createdAt) >= 0;
}

function idOf({ source, evidence }: EvidenceRecord): string {
  return `${source} ${evidence.id ?? JSON.stringify(evidence)}`;
}
