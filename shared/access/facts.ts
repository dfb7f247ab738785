/** The evidence of one cluster, joined: who holds what, through which door, since when, and who can become them. */
import type { Access, Creator, Mapping, People } from '../model/access.ts';
import type { Cluster } from '../model/eks.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { Principal } from '../model/principal.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { gradeHeld, gradePolicy } from '../rules/levels.ts';
import { once, onceFor } from '../rules/once.ts';
import { matchUsernames } from '../rules/usernames.ts';
import { joinAccountCalls } from './account-calls.ts';
import { type ResolvedRbac, resolveRbac } from './bindings.ts';
import { resolveCreator } from './creator.ts';
import { type GrantSources, listMappingGrants, listSubjectGrants } from './grants.ts';
import { readHistory } from './history.ts';
import { type HolderDoors, listHolders } from './holders.ts';
import { mapHiddenCreator, resolveMappings } from './mappings.ts';
import { resolvePeople } from './people.ts';
import { findIamPrincipal } from './principals.ts';
import { makeRow } from './rows.ts';
import { resolveShadowAdmins } from './shadow-admins.ts';
import { subjectKey } from './subjects.ts';
import { indexUsage, sightOf } from './usage.ts';

/** `records`: those of the life that stands, oldest first. */
export function resolveFacts(
  evidence: ClusterEvidence,
  all: Evidence,
  at: { readonly now: string; readonly records: readonly EvidenceRecord[] },
): Facts {
  const { cluster, awsAuth, coverage } = evidence;
  const accounts = sortAccounts(all.accounts, cluster.account);
  const rbac = resolveRbac(evidence.rbac, cluster.authenticationMode !== 'API');
  const creator = findCreator(evidence, all, { accounts, records: at.records });
  const joined = { evidence, accounts, rbac, creator, records: at.records };
  const mappings = listDoors(joined);
  // A question about one principal asks for neither, and they take longer than all the rest.
  const access = once(() => listAccess(joined, mappings));
  const shadowAdmins = once(() => resolveShadowAdmins(cluster, accounts, () => listAdmins(mappings, access())));
  const creatorArn = creator.principalArn;
  const records = once(() => joinAccountCalls(at.records, { cluster, accounts, mappings, creatorArn }));
  return {
    now: at.now,
    get records() {
      return records();
    },
    cluster,
    isProduction: isTagged(cluster.tags, all.config.tags.production),
    anonymousRefused: isAtLeast(cluster.version, 1, 32),
    entries: evidence.accessEntries,
    awsAuth,
    mappings,
    get access() {
      return access();
    },
    creator,
    get shadowAdmins() {
      return shadowAdmins();
    },
    roles: rbac.roles,
    bindings: rbac.bindings,
    bindingsBySubject: rbac.bindingsBySubject,
    identityProviders: evidence.identityProviders,
    workloadRoles: evidence.workloadRoles,
    usage: evidence.usage,
    accounts,
    ...findRegion(all, cluster),
    config: all.config,
    state: all.state,
    coverage,
  };
}

function findCreator(
  { cluster, accessEntries, awsAuth }: ClusterEvidence,
  { state }: Evidence,
  { accounts, records }: Pick<Joined, 'accounts' | 'records'>,
): Creator {
  return resolveCreator({
    cluster,
    entries: accessEntries,
    awsAuth,
    records,
    state,
    findPrincipal: (principal) => findIamPrincipal(principal, accounts),
  });
}

function findRegion({ regions = [] }: Evidence, { account, region }: Cluster): Pick<Facts, 'region'> {
  const own = regions.find((place) => place.account === account && place.region === region);
  return own === undefined ? {} : { region: own };
}

/** The cluster's own account first. */
function sortAccounts(accounts: Evidence['accounts'], own: string): Evidence['accounts'] {
  return [...accounts].sort((a, b) => Number(b.account === own) - Number(a.account === own));
}

/** The principals behind the rows that are keyholders, joined without path. */
function listAdmins(mappings: readonly Mapping[], access: readonly Access[]): readonly Principal[] {
  const keyholders = access.filter(({ level }) => level === 'cluster-admin' || level === 'admin-equivalent');
  const admins = new Set(
    keyholders.flatMap(({ principalArn }) => (principalArn === null ? [] : [arnKey(principalArn)])),
  );
  return mappings.map(({ principal }) => principal).filter((principal) => admins.has(principalKey(principal)));
}

interface Joined {
  readonly evidence: ClusterEvidence;
  readonly accounts: Evidence['accounts'];
  readonly rbac: ResolvedRbac;
  readonly creator: Creator;
  readonly records: readonly EvidenceRecord[];
}

function listDoors({ evidence, accounts, rbac, creator }: Joined): readonly Mapping[] {
  const mappings = resolveMappings({
    cluster: evidence.cluster,
    entries: evidence.accessEntries,
    awsAuth: evidence.awsAuth,
    usage: indexUsage(evidence.usage),
    findPrincipal: (principal) => findIamPrincipal(principal, accounts),
    gradePolicy: (policy) => gradePolicy(policy, rbac.context),
  });
  const hidden = mapHiddenCreator(evidence.cluster, creator);
  return hidden === null ? mappings : [...mappings, hidden];
}

function listAccess(
  { evidence, accounts, rbac, creator, records }: Joined,
  mappings: readonly Mapping[],
): readonly Access[] {
  const { cluster, coverage, identityProviders, workloadRoles, usage } = evidence;
  const { bindingsBySubject } = rbac;
  const usernames = matchUsernames(
    mappings.map(({ identity }) => identity.username),
    listBoundUsers(rbac.bindings),
  );
  const sources: GrantSources = {
    bindingsBySubject,
    usernames,
    history: readHistory({ cluster, creator, records, coverage }),
    gradePolicy: (policy, scope) => gradePolicy({ ...policy, scope }, rbac.context),
  };
  const rows = {
    usage: indexUsage(usage),
    loginSight: sightOf(coverage, ['authenticator-log', 'audit-log']),
    auditSight: sightOf(coverage, ['audit-log']),
    resolvePeople: (doors: HolderDoors) => listPeople(doors, { accounts, usage }),
    gradeHeld: (held: Parameters<typeof gradeHeld>[0]) => gradeHeld(held, rbac.context),
  };
  return listHolders({ mappings, bindingsBySubject, usernames, identityProviders, workloadRoles }).map((doors) => {
    const { subject } = doors;
    if (subject !== null) {
      // Thousands of them hold little: their level is told without asking since when each grant stands.
      const bound = bindingsBySubject.get(subjectKey(subject)) ?? [];
      return makeRow(doors, { list: () => listSubjectGrants(subject, viaOf(doors), sources), bound }, rows);
    }
    return makeRow(
      doors,
      { list: () => doors.mappings.flatMap((mapping) => listMappingGrants(mapping, sources)) },
      rows,
    );
  });
}

const listBoundUsers = onceFor((bindings: ResolvedRbac['bindings']): readonly string[] =>
  bindings.flatMap(({ subjects }) => subjects.filter(({ kind }) => kind === 'User').map(({ name }) => name)),
);

function viaOf({ holder }: HolderDoors): 'oidc' | 'service-account' | 'rbac' {
  if (holder.kind === 'service-account') return 'service-account';
  return holder.kind === 'oidc-user' || holder.kind === 'oidc-group' ? 'oidc' : 'rbac';
}

const MACHINES: ReadonlySet<string> = new Set(['aws', 'node', 'workload']);

function listPeople(
  doors: HolderDoors,
  evidence: Pick<Parameters<typeof resolvePeople>[1], 'accounts' | 'usage'>,
): People {
  const principal = doors.mappings[0]?.principal;
  if (principal !== undefined) return resolvePeople(principal, { ...evidence, chainLimit: 3 });
  if (MACHINES.has(doors.kind)) return { status: 'none', reason: 'no person logs in as it', list: [] };
  return { status: 'not-readable', reason: 'who presents this name is not written in IAM', list: [] };
}

function isTagged(
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.entries(wanted).some(([key, values]) => Object.hasOwn(tags, key) && values.includes(tags[key] ?? ''));
}

/** An unknown version counts as older. */
function isAtLeast(version: string | null, major: number, minor: number): boolean {
  const [have = 0, haveMinor = 0] = (version ?? '0.0').split('.').map(Number);
  return have > major || (have === major && haveMinor >= minor);
}
