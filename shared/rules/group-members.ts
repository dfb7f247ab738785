/** Mappings into the members of a Kubernetes group, so that a binding of the group is known to be theirs. */
import type { Mapping } from '../model/access.ts';
import { append } from './lists-by-key.ts';

const indexes = new WeakMap<readonly Mapping[], ReadonlyMap<string, readonly Mapping[]>>();

/** Doors that work, through access entries and aws-auth; remembered, since every binding asks. */
export function listGroupMembers(mappings: readonly Mapping[], group: string): readonly Mapping[] {
  const index = indexes.get(mappings) ?? indexByGroup(mappings);
  indexes.set(mappings, index);
  return index.get(group) ?? [];
}

function indexByGroup(mappings: readonly Mapping[]): ReadonlyMap<string, readonly Mapping[]> {
  const index = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    if (mapping.inert !== null) continue;
    for (const group of new Set(mapping.identity.groups)) append(index, group, mapping);
  }
  return index;
}
