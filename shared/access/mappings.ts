/** Access entries, aws-auth rows and the hidden creator into mappings: every door, with the reason why one does not open. */
import type { Creator, Graded, InertReason, Mapping } from '../model/access.ts';
import type { AwsAuth, AwsAuthRow } from '../model/aws-auth.ts';
import type { AccessEntry, AssociatedPolicy, Cluster } from '../model/eks.ts';
import type { Principal } from '../model/principal.ts';
import { parsePrincipal, principalKey } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';
import type { UsageIndex } from './usage.ts';

/** What IAM says of a principal; `exists` is null where its account was not read in whole. */
export interface PrincipalStanding {
  readonly exists: boolean | null;
  readonly uniqueId: string | null;
  readonly createdAt: string | null;
  /** With path, where IAM gives it. */
  readonly arn: string | null;
}

export interface MappingSources {
  readonly cluster: Cluster;
  readonly entries: readonly AccessEntry[];
  readonly awsAuth: AwsAuth | null;
  readonly usage: UsageIndex;
  readonly gradePolicy: (policy: AssociatedPolicy) => Graded;
  readonly findPrincipal: (principal: Principal) => PrincipalStanding;
}

/** All mappings except the hidden creator's; the order is that of the sources. */
export function resolveMappings(sources: MappingSources): readonly Mapping[] {
  const entries = sources.entries.map((entry) => mapEntry(entry, sources));
  const working = new Set(entries.filter((m) => m.inert === null).map((m) => principalKey(m.principal)));
  const rows = (sources.awsAuth?.rows ?? []).map((row) => mapRow(row, sources, working));
  const accounts = (sources.awsAuth?.accounts ?? []).map(({ account, evidence }): Mapping => {
    const principal = parsePrincipal(`arn:${sources.cluster.partition}:iam::${account}:*`);
    return {
      principal: { ...principal, account },
      identity: { username: '', groups: [] },
      via: 'aws-auth',
      entry: null,
      row: null,
      policies: [],
      inert: sources.cluster.authenticationMode === 'API' ? 'mode' : null,
      exists: null,
      evidence: [evidence],
    };
  });
  return [...entries, ...rows, ...accounts];
}

/** Stands for the creator of a cluster where no source names it. */
export const UNKNOWN_CREATOR = 'the cluster creator (not known)';

/**
 * The door that no API names: in CONFIG_MAP mode whoever created the cluster is in system:masters. The door is there
 * also when nobody knows whose it is.
 */
export function mapHiddenCreator(cluster: Cluster, creator: Creator): Mapping | null {
  if (cluster.authenticationMode !== 'CONFIG_MAP') return null;
  return {
    principal: parsePrincipal(creator.principalArn ?? UNKNOWN_CREATOR),
    identity: { username: 'kubernetes-admin', groups: ['system:masters'] },
    via: 'cluster-creator',
    entry: null,
    row: null,
    policies: [],
    inert: null,
    exists: creator.exists,
    evidence: creator.principalArn === null ? cluster.evidence : creator.evidence,
  };
}

function mapEntry(entry: AccessEntry, sources: MappingSources): Mapping {
  const standing = sources.findPrincipal(entry.principal);
  return {
    principal: { ...entry.principal, uniqueId: standing.uniqueId ?? entry.principal.uniqueId },
    identity: { username: entry.username, groups: entry.groups },
    via: 'access-entry',
    entry,
    row: null,
    policies: entry.policies.map((policy) => ({ ...policy, ...sources.gradePolicy(policy) })),
    inert: findEntryFault(entry, standing, sources),
    exists: standing.exists,
    evidence: [entry.evidence],
  };
}

function findEntryFault(entry: AccessEntry, standing: PrincipalStanding, sources: MappingSources): InertReason | null {
  if (sources.cluster.authenticationMode === 'CONFIG_MAP') return 'mode';
  if (entry.principal.type === 'root') return 'root';
  if (standing.exists === false) return 'principal-gone';
  return isRecreated(entry, standing, sources.usage) ? 'principal-recreated' : null;
}

/**
 * EKS keeps the unique id of an entry's principal, and an entry needs a principal that exists: so IAM's own creation
 * date settles it. Without that date, a login through the entry under another id than IAM shows now does.
 */
function isRecreated(entry: AccessEntry, standing: PrincipalStanding, usage: UsageIndex): boolean {
  const { createdAt } = entry;
  if (createdAt === null) return false;
  if (standing.createdAt !== null) return msBetween(createdAt, standing.createdAt) > 0;
  if (standing.uniqueId === null) return false;
  const seen = usage
    .ofPrincipal(principalKey(entry.principal))
    .findLast((use) => use.uniqueId !== null && use.lastAt !== null && msBetween(createdAt, use.lastAt) >= 0);
  return seen !== undefined && seen.uniqueId !== standing.uniqueId;
}

function mapRow(row: AwsAuthRow, sources: MappingSources, overriding: ReadonlySet<string>): Mapping {
  const written = parsePrincipal(row.arn);
  const standing = sources.findPrincipal(written);
  return {
    principal: { ...written, arn: standing.arn ?? written.arn, uniqueId: standing.uniqueId },
    identity: { username: row.username, groups: row.groups },
    via: 'aws-auth',
    entry: null,
    row,
    policies: [],
    inert: findRowFault(row, sources.cluster, overriding.has(principalKey(written))),
    exists: standing.exists,
    evidence: [row.evidence],
  };
}

function findRowFault(row: AwsAuthRow, cluster: Cluster, isOverridden: boolean): InertReason | null {
  if (cluster.authenticationMode === 'API') return 'mode';
  if (!row.matches) {
    return row.inertBecause === 'duplicate'
      ? 'duplicate-row'
      : row.inertBecause === 'sso'
        ? 'sso-row'
        : 'arn-never-matches';
  }
  return isOverridden ? 'overridden-by-entry' : null;
}
