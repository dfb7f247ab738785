/** Mappings into the doors that lead people to admin, each open, shut or not known, with the reason. */
import type { Access, InertReason, Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Principal } from '../model/principal.ts';
import type { AdminDoor, RecoveryCreator } from '../model/recovery.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isAdminDoor, isAdminLevel, listAdminWays, MASTERS } from '../rules/keyholders.ts';
import { isWholeAdmin } from '../rules/policy-reach.ts';

/** Why a door does not open, for the ways that mend it. */
export type Fault = 'gone' | 'recreated' | 'nobody' | 'malformed' | 'nobody-known';

export interface Door extends AdminDoor {
  /** null for a door of the OIDC provider. */
  readonly mapping: Mapping | null;
  readonly principal: Principal | null;
  readonly row: Access | null;
  readonly fault: Fault | null;
}

const MACHINES: ReadonlySet<string> = new Set(['aws', 'node', 'workload', 'service']);
/** A door that the cluster does not read, or reads elsewhere, is no door that anybody misses. */
const NO_DOOR: ReadonlySet<InertReason> = new Set(['mode', 'overridden-by-entry', 'duplicate-row']);

export function listAdminDoors(facts: Facts, creator: RecoveryCreator): readonly Door[] {
  const rows = new Map<string, Access>();
  for (const row of facts.access) if (row.principalArn !== null) rows.set(arnKey(row.principalArn), row);
  const doors = facts.mappings
    .filter((mapping) => isAdminDoor(mapping, facts) && (mapping.inert === null || !NO_DOOR.has(mapping.inert)))
    .map((mapping) => toDoor(mapping, rows.get(principalKey(mapping.principal)) ?? null, { facts, creator }))
    .filter(({ row }) => row === null || !MACHINES.has(row.kind));
  return [...doors, ...listOidcDoors(facts)];
}

interface Context {
  readonly facts: Facts;
  readonly creator: RecoveryCreator;
}

function toDoor(mapping: Mapping, row: Access | null, context: Context): Door {
  const { principal, via, evidence } = mapping;
  const isNamed = principal.type !== 'unknown' || principal.arn.startsWith('arn:');
  return {
    ...judge(mapping, row, context),
    principalArn: isNamed ? (row?.principalArn ?? principal.arn) : null,
    via,
    level: isWhole(mapping, context.facts) ? 'cluster-admin' : 'admin-equivalent',
    evidence,
    mapping,
    principal: isNamed ? principal : null,
    row,
  };
}

function isWhole({ identity, policies }: Mapping, facts: Facts): boolean {
  if (identity.groups.includes(MASTERS) || policies.some(isWholeAdmin)) return true;
  const ways = [
    ...identity.groups.flatMap((group) => listAdminWays(facts, 'Group', group)),
    ...listAdminWays(facts, 'User', identity.username),
  ];
  return ways.some(({ binding }) => binding.level === 'cluster-admin');
}

type Judgement = Pick<Door, 'status' | 'reason' | 'fault'>;

const INERT: Readonly<Partial<Record<InertReason, Judgement>>> = {
  'principal-gone': {
    status: 'shut',
    fault: 'gone',
    reason: 'its principal is gone, and an access entry is bound to the unique id',
  },
  'principal-recreated': {
    status: 'shut',
    fault: 'recreated',
    reason: 'its principal was re-created, and the access entry is bound to the unique id of the earlier one',
  },
  root: { status: 'shut', fault: 'malformed', reason: 'EKS ignores an entry for the account root' },
  'sso-row': { status: 'shut', fault: 'malformed', reason: 'EKS is not known to read sso rows' },
  'arn-never-matches': { status: 'shut', fault: 'malformed', reason: 'no caller can match the ARN as it is written' },
};

function judge(mapping: Mapping, row: Access | null, { creator }: Context): Judgement {
  if (mapping.inert !== null) {
    return INERT[mapping.inert] ?? { status: 'shut', fault: 'malformed', reason: `it is not read (${mapping.inert})` };
  }
  if (mapping.via === 'cluster-creator' && creator.principalArn === null)
    return { status: 'unknown', fault: 'nobody-known', reason: 'nobody knows who created the cluster' };
  if (mapping.exists === false) {
    return { status: 'shut', fault: 'gone', reason: 'its principal is gone; the door matches the ARN alone' };
  }
  if (mapping.via === 'cluster-creator' && creator.sameUniqueId === 'no')
    return {
      status: 'unknown',
      fault: 'recreated',
      reason: 'the principal was re-created, and AWS contradicts itself on whether the creator is matched by ARN',
    };
  const people = mapping.via === 'cluster-creator' ? creator.people : row?.people;
  if (people?.status === 'none') {
    return { status: 'shut', fault: 'nobody', reason: `nobody can become it: ${people.reason ?? 'no one is trusted'}` };
  }
  if (mapping.exists === null)
    return { status: 'open', fault: null, reason: 'it stands; whether its principal still exists was not read' };
  return { status: 'open', fault: null, reason: 'it opens' };
}

function listOidcDoors({ access, identityProviders }: Facts): readonly Door[] {
  const isUp = identityProviders.some(({ status }) => status === null || status === 'ACTIVE');
  return access
    .filter((row) => (row.holder.kind === 'oidc-user' || row.holder.kind === 'oidc-group') && isAdminLevel(row.level))
    .map((row) => ({
      principalArn: row.holder.name,
      via: 'oidc',
      level: row.level === 'cluster-admin' ? 'cluster-admin' : 'admin-equivalent',
      status: isUp ? 'open' : 'unknown',
      fault: null,
      reason: isUp ? 'it opens to whoever the OIDC provider says so of' : 'the OIDC provider is not active',
      evidence: row.grants.flatMap(({ evidence }) => evidence).slice(0, 3),
      mapping: null,
      principal: null,
      row,
    }));
}
