/** The creator of a cluster into the door that makes it admin, and a CreateCluster call into whether it opened that door. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { arnKey, parsePrincipal, principalKey } from './arn.ts';
import { findCreation } from './creator-kind.ts';
import { findUniqueId } from './iam-roles.ts';
import { isWholeAdmin } from './policy-reach.ts';

/** The hidden door of CONFIG_MAP mode, or the creator's entry with cluster-admin; null when there is neither. */
export function findCreatorDoor({ creator, mappings }: Pick<Facts, 'creator' | 'mappings'>): Mapping | null {
  const hidden = mappings.find(({ via }) => via === 'cluster-creator');
  if (hidden !== undefined || creator.principalArn === null) return hidden ?? null;
  const key = arnKey(creator.principalArn);
  const own = mappings.find(
    ({ principal, inert, policies }) =>
      inert === null && policies.some(isWholeAdmin) && principalKey(principal) === key,
  );
  return own ?? null;
}

/** Left out means true, and CONFIG_MAP forces it; what the response says counts before what was asked for. */
export function makesCreatorAdmin({ request, response }: CloudTrailEvent): boolean {
  const asked = fieldsOf(request.accessConfig);
  const made = fieldsOf(fieldsOf(response.cluster).get('accessConfig'));
  const mode = made.get('authenticationMode') ?? asked.get('authenticationMode');
  const bootstrap =
    made.get('bootstrapClusterCreatorAdminPermissions') ?? asked.get('bootstrapClusterCreatorAdminPermissions');
  return mode === 'CONFIG_MAP' || bootstrap !== false;
}

/** By the entry that is bound to another id, or by the id that the records of the creation give. */
export function isCreatorRecreated(arn: string, { mappings, records, state, cluster, accounts }: Facts): boolean {
  const key = arnKey(arn);
  if (mappings.some(({ inert, principal }) => inert === 'principal-recreated' && principalKey(principal) === key))
    return true;
  const stored = state.creators.find((c) => c.clusterArn === cluster.arn && c.life === cluster.createdAt)?.uniqueId;
  const created = records.flatMap((record) => findCreation(record)?.actor ?? []);
  const then =
    stored ?? created.find((actor) => actor.principalArn !== null && arnKey(actor.principalArn) === key)?.uniqueId;
  const now = findUniqueId(accounts, parsePrincipal(arn));
  return then != null && now !== null && then !== now;
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
