/** The facts of a cluster and the question into everything that the ways back in look at. */
import type { People } from '../model/access.ts';
import type { AuthenticationMode, Cluster } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { AccessChange, LostNodes, RecoveryCreator } from '../model/recovery.ts';
import { type Door, listAdminDoors } from './admin-doors.ts';
import { type AwsAuthHistory, type GoodAwsAuth, resolveAwsAuthHistory } from './aws-auth-history.ts';
import { type Caller, resolveCaller } from './caller.ts';
import { listChanges } from './changes.ts';
import { listClusterWriters, type Writer } from './cluster-writers.ts';
import { resolveCreatorStanding } from './creator-standing.ts';
import { findLostNodes } from './lost-nodes.ts';
import { type Recipient, resolveRecipient } from './recipient.ts';

export interface RecoveryQuestion {
  readonly facts: Facts;
  /** --as; null when it was not given. */
  readonly callerArn: string | null;
  /** Who can become the creator. */
  readonly creatorPeople: People;
  /** aws-auth as the store kept it, when it was good. */
  readonly storedAwsAuth: readonly GoodAwsAuth[];
}

export interface Situation {
  readonly facts: Facts;
  readonly cluster: Cluster;
  readonly mode: AuthenticationMode | null;
  readonly caller: Caller;
  readonly recipient: Recipient;
  readonly creator: RecoveryCreator;
  readonly doors: readonly Door[];
  readonly awsAuth: AwsAuthHistory;
  readonly nodes: LostNodes;
  readonly writers: readonly Writer[];
  readonly changes: readonly AccessChange[];
  /** When temporary access should be gone. */
  readonly expiresAt: string;
}

const TEMPORARY_HOURS = 4;

export function resolveSituation(question: RecoveryQuestion): Situation {
  const { facts, callerArn, creatorPeople, storedAwsAuth } = question;
  const caller = resolveCaller(callerArn, facts.accounts);
  const creator = resolveCreatorStanding(facts, creatorPeople);
  const doors = listAdminDoors(facts, creator);
  const awsAuth = resolveAwsAuthHistory(facts, storedAwsAuth);
  const nodes = findLostNodes(facts, awsAuth);
  return {
    facts,
    cluster: facts.cluster,
    mode: facts.cluster.authenticationMode,
    caller,
    recipient: resolveRecipient({ facts, caller, doors }),
    creator,
    doors,
    awsAuth,
    nodes,
    writers: listClusterWriters(facts),
    changes: listChanges({ facts, doors, nodes, awsAuth }),
    expiresAt: laterBy(facts.now, TEMPORARY_HOURS),
  };
}

function laterBy(iso: string, hours: number): string {
  return new Date(Date.parse(iso) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
}
