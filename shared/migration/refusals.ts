/** A row that counts into the reason why EKS, or the authenticator, would not take an entry in its place. */
import type { Mapping } from '../model/access.ts';
import type { BlockReason } from '../model/migration.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { deleteAccessEntry } from '../rules/remedies.ts';
import { isServiceLinked } from '../rules/service-linked-roles.ts';
import type { Refusal } from './entry-names.ts';
import type { Situation } from './question.ts';

/** The first that applies; null where an entry can take its place as far as this goes. */
export function findRefusal(mapping: Mapping, situation: Situation): Refusal | null {
  return (
    refusePrincipal(mapping) ??
    refuseStanding(mapping, situation) ??
    refuseNode(mapping, situation) ??
    refuseGroup(mapping)
  );
}

function refuse(reason: BlockReason, because: string, advice: string): Refusal {
  return { reason, because, advice };
}

function refusePrincipal({ principal, row, exists }: Mapping): Refusal | null {
  if (principal.type === 'root')
    return refuse(
      'account-root',
      'An entry for the account root is accepted and ignored.',
      'Let people sign in to a role, and map that one.',
    );
  if (principal.type !== 'role' && principal.type !== 'user')
    return refuse(
      'federated-user',
      'Access entries are made for IAM roles and users alone, never for sessions.',
      'Map a role in its place.',
    );
  if (isServiceLinked(principal, row?.arn ?? principal.arn))
    return refuse(
      'service-linked-role',
      'EKS refuses entries for service-linked roles.',
      'Ask which service uses it: services of EKS have a way in of their own.',
    );
  if (exists === false)
    return refuse(
      'principal-gone',
      'IAM has no such principal, and EKS refuses an entry for it.',
      'Take the row out: nobody can log in by it, but whoever makes the name again could.',
    );
  return null;
}

function refuseStanding({ principal }: Mapping, { facts, creator, rowsOf, entryOf }: Situation): Refusal | null {
  const key = principalKey(principal);
  if (rowsOf(key).length > 1)
    return refuse(
      'ambiguous-duplicate',
      'Another row differs in the letter case of the ARN alone, and the authenticator may take either.',
      'Keep one of them, and plan again.',
    );
  const { principalArn, candidates } = facts.creator;
  if (creator !== null && [...candidates, principalArn ?? ''].some((arn) => arnKey(arn) === key))
    return refuse(
      'creator-not-proven',
      'It may have created the cluster, which is not proven; if so, EKS makes an entry for it at the switch, and a second one is refused.',
      'Switch the mode, read the access entries, and plan again.',
    );
  const entry = entryOf(key);
  if (entry === null) return null;
  const refusal = refuse(
    'entry-in-the-way',
    'An access entry of this ARN stands that lets nobody in, so the row counts, and a second entry is refused.',
    'Delete that entry, and plan again.',
  );
  return { ...refusal, commands: [deleteAccessEntry(facts.cluster, entry.principal.arn)] };
}

function refuseNode({ principal, identity }: Mapping, { facts }: Situation): Refusal | null {
  if (isNodeIdentity(identity)) {
    if (principal.account === facts.cluster.account) return null;
    return refuse(
      'node-of-another-account',
      'EKS takes entries of nodes for roles of the account of the cluster alone.',
      'Run these nodes with a role of that account.',
    );
  }
  if (!identity.username.startsWith('system:node:')) return null;
  return refuse(
    'node-and-more',
    'It is a node that carries other groups than those of nodes, and an entry of nodes takes none.',
    'Give the nodes a role of their own, and map the other groups to another one.',
  );
}

/** The API server and its flow control tell callers apart by these, so that another group is not the same. */
const SPECIAL = /^system:(?:nodes|unauthenticated|serviceaccounts(?::.*)?)$/s;

function refuseGroup({ identity }: Mapping): Refusal | null {
  const group = identity.groups.find((name) => SPECIAL.test(name));
  if (group === undefined || isNodeIdentity(identity) || identity.groups.includes('system:masters')) return null;
  return refuse(
    'system-group',
    `EKS takes no group that begins with system:, and Kubernetes itself goes by ${group}.`,
    'Bind a group of your own to what is needed, and put that into the row.',
  );
}
