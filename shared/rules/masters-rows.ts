/** Mappings into the principals that aws-auth puts into system:masters, whether or not an entry overrides the row for now. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import { arnKey, principalKey } from './arn.ts';
import { MASTERS } from './keyholders.ts';
import { isWholeAdmin } from './policy-reach.ts';
import { msBetween } from './time.ts';

const known = new WeakMap<readonly Mapping[], ReadonlySet<string>>();

/** By `principalKey`; remembered, since every record of a policy asks. */
export function listMastersRows(mappings: readonly Mapping[]): ReadonlySet<string> {
  const found = known.get(mappings) ?? new Set(listRows(mappings));
  known.set(mappings, found);
  return found;
}

function* listRows(mappings: readonly Mapping[]): Iterable<string> {
  for (const mapping of mappings) {
    if (mapping.via !== 'aws-auth' || !mapping.identity.groups.includes(MASTERS)) continue;
    if (mapping.inert === null || mapping.inert === 'overridden-by-entry') yield principalKey(mapping.principal);
  }
}

/**
 * Principals with an entry that makes them cluster admin. Their row in system:masters, overridden as it is, counts on:
 * it opens again when the entry is deleted, so a migration is not over before the row is gone.
 */
export function listWholeAdmins(mappings: readonly Mapping[]): ReadonlySet<string> {
  return new Set(
    mappings
      .filter(({ inert, policies }) => inert === null && policies.some(isWholeAdmin))
      .map(({ principal }) => principalKey(principal)),
  );
}

/** When the records show a row in system:masters being written, by `principalKey`. */
export function listRowTimes({ access }: Facts): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const row of access) {
    if (row.principalArn === null) continue;
    const since = row.grants.find(({ via, detail }) => via === 'aws-auth' && detail.endsWith(MASTERS))?.since ?? null;
    if (since !== null) times.set(arnKey(row.principalArn), since);
  }
  return times;
}

/** True when an audit came before, and neither a record nor what that audit saw of aws-auth shows the row being made since. */
export function stoodBefore(madeAt: string | null, arn: string, { cluster, state }: Facts): boolean {
  const firstAuditAt = Object.hasOwn(state.firstAuditAt, cluster.arn) ? state.firstAuditAt[cluster.arn] : undefined;
  if (firstAuditAt === undefined) return false;
  if (madeAt !== null) return msBetween(firstAuditAt, madeAt) <= 0;
  const seen = state.lastGoodAwsAuth.findLast(({ clusterArn }) => clusterArn === cluster.arn);
  return seen === undefined || (isNamed(arn, seen.data) && isNamed(MASTERS, seen.data));
}

/** Text alone: what is not there in any form was no row. */
function isNamed(name: string, data: Readonly<Record<string, string>>): boolean {
  return Object.values(data).some((text) => text.includes(name));
}
