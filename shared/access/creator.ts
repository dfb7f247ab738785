/** CloudTrail, access entries and the authenticator log into the creator of one life of a cluster. */
import type { Creator } from '../model/access.ts';
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Ref } from '../model/coverage.ts';
import type { AccessEntry, Cluster } from '../model/eks.ts';
import type { Principal } from '../model/principal.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import type { StoredState } from '../model/state.ts';
import { arnKey, parsePrincipal } from '../rules/arn.ts';
import { CREATE_CLUSTER } from '../rules/cluster-births.ts';
import { CREATE_ENTRY } from '../rules/creator-kind.ts';
import { msBetween } from '../rules/time.ts';
import { CREATION_MS, isOfCreation } from './history.ts';
import type { PrincipalStanding } from './mappings.ts';

export interface CreatorSources {
  readonly cluster: Cluster;
  readonly entries: readonly AccessEntry[];
  readonly awsAuth: AwsAuth | null;
  /** Records of this life, and CreateCluster records of the account. */
  readonly records: readonly EvidenceRecord[];
  readonly state: StoredState;
  readonly findPrincipal: (principal: Principal) => PrincipalStanding;
}

interface Candidate {
  readonly arn: string;
  readonly evidence: readonly Ref[];
}

/** By the contract: proven by the CreateCluster record, else likely by the one candidate that all sources agree on. */
export function resolveCreator(sources: CreatorSources): Creator {
  const proven = unite([...listCreateCalls(sources), ...listStored(sources)]);
  const likely = unite([...listEarlyEntries(sources), ...listHiddenMasters(sources)]);
  if (proven.length === 1 && proven[0] !== undefined) {
    const reason = 'the CreateCluster record of this life names it';
    return describe(proven[0], { confidence: 'proven', reason }, sources);
  }
  if (proven.length === 0 && likely.length === 1 && likely[0] !== undefined) {
    return describe(likely[0], { confidence: 'likely', reason: explainLikely(sources) }, sources);
  }
  const all = unite([...proven, ...likely]);
  return {
    principalArn: null,
    confidence: 'unknown',
    exists: null,
    candidates: all.map((candidate) => candidate.arn),
    evidence: all.flatMap((candidate) => candidate.evidence),
    reason:
      all.length > 1
        ? 'the sources name different principals'
        : 'no CreateCluster record, no admin entry as old as the cluster, and no hidden admin in the logs that were read',
  };
}

function describe(
  candidate: Candidate,
  { confidence, reason }: Pick<Creator, 'confidence' | 'reason'>,
  sources: CreatorSources,
): Creator {
  const standing = sources.findPrincipal(parsePrincipal(candidate.arn));
  return {
    principalArn: standing.arn ?? candidate.arn,
    confidence,
    exists: standing.exists,
    candidates: [candidate.arn],
    evidence: candidate.evidence,
    reason,
  };
}

function explainLikely({ cluster }: CreatorSources): string {
  return cluster.authenticationMode === 'CONFIG_MAP'
    ? 'it is in system:masters without any aws-auth row that puts it there'
    : 'its admin entry is as old as the cluster';
}

/** True when the record made this very cluster: same name and place, within ten minutes of its birth. */
export function isCreationOf(event: CloudTrailEvent, cluster: Cluster): boolean {
  if (event.eventName !== CREATE_CLUSTER || !event.succeeded || event.clusterName !== cluster.name) return false;
  if (event.region !== null && event.region !== cluster.region) return false;
  if (event.account !== null && event.account !== cluster.account) return false;
  if (cluster.createdAt === null || event.at === null) return false;
  return Math.abs(msBetween(cluster.createdAt, event.at)) <= CREATION_MS;
}

function* listCreateCalls({ cluster, records }: CreatorSources): Iterable<Candidate> {
  for (const record of records) {
    if (record.source !== 'cloudtrail' || !isCreationOf(record, cluster)) continue;
    if (record.actor.principalArn !== null) yield { arn: record.actor.principalArn, evidence: [record.evidence] };
  }
}

/** The store keeps only creators that were proven while their evidence lasted. */
function* listStored({ cluster, state }: CreatorSources): Iterable<Candidate> {
  for (const stored of state.creators) {
    if (stored.clusterArn === cluster.arn && stored.life === cluster.createdAt) {
      const evidence: Ref = { source: 'eks-api', id: 'stored creator', at: null, file: 'state.json', line: 0 };
      yield { arn: stored.principalArn, evidence: [evidence] };
    }
  }
}

/** Entries that EKS made itself: as old as the cluster, admin, and of no recorded CreateAccessEntry call. */
function* listEarlyEntries({ cluster, entries, records }: CreatorSources): Iterable<Candidate> {
  const byHand = new Set<string>();
  for (const record of records) {
    if (record.source !== 'cloudtrail' || record.eventName !== CREATE_ENTRY || !record.succeeded) continue;
    if (record.principalArn !== null) byHand.add(arnKey(record.principalArn));
  }
  for (const entry of entries) {
    const isAdmin = entry.policies.some((p) => p.name === 'AmazonEKSClusterAdminPolicy' && p.scope.type === 'cluster');
    if (isAdmin && isOfCreation(entry, cluster) && !byHand.has(arnKey(entry.principal.arn))) {
      yield { arn: entry.principal.arn, evidence: [entry.evidence] };
    }
  }
}

/** In CONFIG_MAP mode: start-up mappings into system:masters, and kubernetes-admin logins that no known aws-auth explains. */
function* listHiddenMasters({ cluster, awsAuth, records }: CreatorSources): Iterable<Candidate> {
  if (cluster.authenticationMode !== 'CONFIG_MAP') return;
  const mapped = listMappedKeys(awsAuth, records);
  for (const record of records) {
    if (record.source !== 'authenticator-log') continue;
    if (record.kind === 'mapping' && record.groups.includes('system:masters') && !mapped?.has(arnKey(record.arn))) {
      yield { arn: record.arn, evidence: [record.evidence] };
    }
    if (record.kind !== 'granted' || record.arn === null || mapped === null) continue;
    // The username alone proves nothing: anyone may map it, and templates render to it.
    const isHidden = record.username === 'kubernetes-admin' && record.groups.includes('system:masters');
    if (isHidden && !mapped.has(arnKey(record.arn))) yield { arn: record.arn, evidence: [record.evidence] };
  }
}

/** Every principal that any aws-auth content we know of maps; null when none was read, so that a login proves nothing. */
function listMappedKeys(awsAuth: AwsAuth | null, records: readonly EvidenceRecord[]): ReadonlySet<string> | null {
  const contents = records.flatMap((r) =>
    r.source === 'audit-log' && r.written?.kind === 'aws-auth' ? [r.written.awsAuth] : [],
  );
  if (awsAuth !== null) contents.push(awsAuth);
  if (contents.length === 0) return null;
  return new Set(contents.flatMap((content) => content.rows.map((row) => arnKey(row.arn))));
}

/** One candidate a principal, its proofs together (the first ten of a kind say enough). */
function unite(candidates: Iterable<Candidate>): readonly Candidate[] {
  const byKey = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = byKey.get(arnKey(candidate.arn));
    const evidence = [...(known?.evidence ?? []), ...candidate.evidence].slice(0, 10);
    byKey.set(arnKey(candidate.arn), { arn: known?.arn ?? candidate.arn, evidence });
  }
  return [...byKey.values()];
}
