/** The creator of a cluster into whether the principal of that name is still the one that created it. */
import type { People } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { RecoveryCreator, Standing } from '../model/recovery.ts';
import { arnKey, parsePrincipal } from '../rules/arn.ts';
import { findCreation } from '../rules/creator-kind.ts';
import { findIamEntity } from '../rules/iam-roles.ts';
import { msBetween } from '../rules/time.ts';

export function resolveCreatorStanding(facts: Facts, people: People): RecoveryCreator {
  const { creator, accounts, cluster } = facts;
  if (creator.principalArn === null) {
    return { ...creator, uniqueIdThen: null, uniqueIdNow: null, sameUniqueId: 'unknown', people };
  }
  const entity = findIamEntity(accounts, parsePrincipal(creator.principalArn));
  const uniqueIdThen = findIdAtCreation(facts, creator.principalArn);
  const uniqueIdNow = entity?.principal.uniqueId ?? null;
  const sameUniqueId = compareIds({
    exists: creator.exists,
    uniqueIdThen,
    uniqueIdNow,
    bornAfter: entity?.createdAt != null && cluster.createdAt != null && msBetween(cluster.createdAt, entity.createdAt),
  });
  return { ...creator, uniqueIdThen, uniqueIdNow, sameUniqueId, people };
}

/** The CreateCluster record carries the id; the store kept it when the record was still there. */
function findIdAtCreation({ records, state, cluster }: Facts, arn: string): string | null {
  const key = arnKey(arn);
  for (const record of records) {
    const creation = findCreation(record);
    const by = creation?.actor.principalArn ?? null;
    if (creation !== null && by !== null && arnKey(by) === key && creation.actor.uniqueId !== null)
      return creation.actor.uniqueId;
  }
  const stored = state.creators.find(
    ({ clusterArn, life, principalArn }) =>
      clusterArn === cluster.arn && life === cluster.createdAt && arnKey(principalArn) === key,
  );
  return stored?.uniqueId ?? null;
}

interface Ids {
  readonly exists: boolean | null;
  readonly uniqueIdThen: string | null;
  readonly uniqueIdNow: string | null;
  /** Milliseconds by which the principal is younger than the cluster; false when a date is missing. */
  readonly bornAfter: number | false;
}

/** A principal that is younger than what it created is another one, whatever its name. */
function compareIds({ exists, uniqueIdThen, uniqueIdNow, bornAfter }: Ids): Standing {
  if (exists === false) return 'no';
  if (uniqueIdThen !== null && uniqueIdNow !== null) return uniqueIdThen === uniqueIdNow ? 'yes' : 'no';
  if (bornAfter === false) return 'unknown';
  return bornAfter > 0 ? 'no' : 'yes';
}
