/** Doors, aws-auth and nodes into how the cluster stands: locked out, degraded or fine. */
import type { AccessChange, LostNodes, RecoveryState } from '../model/recovery.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import type { Door } from './admin-doors.ts';
import type { AwsAuthHistory } from './aws-auth-history.ts';

export interface Condition {
  readonly doors: readonly Door[];
  readonly awsAuth: AwsAuthHistory;
  readonly nodes: LostNodes;
}

/** Only a door that is known to open keeps a cluster from being locked out. */
export function resolveState({ doors, awsAuth, nodes }: Condition): RecoveryState {
  if (!doors.some(({ status }) => status === 'open')) return 'locked-out';
  const isDamaged = awsAuth.status === 'broken' || awsAuth.status === 'deleted';
  const isShut = doors.some(({ status, fault }) => status === 'shut' || fault === 'recreated');
  return isDamaged || isShut || nodes.roles.length > 0 ? 'degraded' : 'fine';
}

/**
 * The latest change that explains the state. A cluster that lets somebody in misses only what stands and does not
 * work: an entry that somebody took away may well have been taken away for good.
 */
export function findCause(
  { doors, nodes, changes }: Condition & { readonly changes: readonly AccessChange[] },
  state: RecoveryState,
): AccessChange | null {
  if (state === 'fine') return null;
  if (state === 'locked-out') return changes[0] ?? null;
  const missed = new Set([
    ...doors.flatMap(({ principal, status }) =>
      principal === null || status === 'open' ? [] : [principalKey(principal)],
    ),
    ...nodes.roles.map(({ roleArn }) => arnKey(roleArn)),
  ]);
  const explains = ({ kind, affected }: AccessChange): boolean =>
    kind === 'aws-auth-written' || kind === 'aws-auth-deleted' || affected.some((arn) => missed.has(arnKey(arn)));
  return changes.find(explains) ?? null;
}
