/** Mappings into the principals that aws-auth puts into system:masters, whether or not an entry overrides the row for now. */
import type { Mapping } from '../model/access.ts';
import { principalKey } from './arn.ts';
import { MASTERS } from './keyholders.ts';
import { isWholeAdmin } from './policy-reach.ts';

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
