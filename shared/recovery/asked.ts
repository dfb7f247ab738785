/** What a plan looks at of live AWS, told by the stages that look: sources that none of them reads, and calls by name. */
import type { Source } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import { CREATE_CLUSTER } from '../rules/cluster-births.ts';
import { CREATE_ENTRY } from '../rules/creator-kind.ts';
import { msBetween } from '../rules/time.ts';
import { DOOR_CALLS, MODE_CALL } from './changes.ts';
import { ENTRY_CALLS } from './entry-changes.ts';

/** They tell whether anybody would hear of a change: no way back in depends on it. */
export const UNASKED_SOURCES = ['trails', 'guardduty'] as const satisfies readonly Source[];

/** What is older matters of the creator alone, and is proven by one call. */
export const FILED_CALLS = [CREATE_CLUSTER] as const;

/** CloudTrail keeps 90 days; its record of a birth may stand some minutes beside the time that EKS states. */
const KEPT_MS = (90 * 24 + 1) * 3_600_000;

export type DescribedCluster = Pick<Cluster, 'authenticationMode' | 'createdAt' | 'bootstrapCreatorAdmin'>;

/** The calls whose records a plan for this cluster can tell apart from silence; what is not known of it narrows nothing. */
export function listAskedCalls(
  { authenticationMode, createdAt, bootstrapCreatorAdmin }: DescribedCluster,
  now: string,
): readonly string[] {
  // No mode is ever left for CONFIG_MAP, in which EKS refuses every call on entries.
  const hasEntries = authenticationMode !== 'CONFIG_MAP';
  const isBirthKept = createdAt === null || msBetween(createdAt, now) <= KEPT_MS;
  return [
    ...(isBirthKept ? [CREATE_CLUSTER] : []),
    // Where the creator was given no entry, none as old as the cluster is taken for it.
    ...(isBirthKept && hasEntries && bootstrapCreatorAdmin !== false ? [CREATE_ENTRY] : []),
    ...(hasEntries ? ENTRY_CALLS : []),
    ...(authenticationMode === null || authenticationMode === 'API' ? [MODE_CALL] : []),
    ...Object.values(DOOR_CALLS).flat(),
  ];
}
