/** Who acts in a record, into a name for people, and whether it is Kubernetes or EKS itself at work. */
import type { Facts } from '../model/facts.ts';
import type { Actor } from '../model/principal.ts';
import type { AuditEvent } from '../model/records.ts';
import { arnKey, parsePrincipal, principalKey } from './arn.ts';

/** The ARN of the principal where there is one: usernames and sessions are chosen by others. */
export function nameActor(actor: Actor): string {
  if (actor.principalArn !== null) return actor.principalArn;
  return actor.name === '' ? 'a caller without a name' : actor.name;
}

const CONTROL_PLANE_USERS: ReadonlySet<string> = new Set([
  'system:apiserver',
  'system:kube-controller-manager',
  'system:kube-scheduler',
  'system:serviceaccount:kube-system:certificate-controller',
  'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
  'system:serviceaccount:kube-system:generic-garbage-collector',
  'system:serviceaccount:kube-system:namespace-controller',
]);

/**
 * Names alone prove nothing, for aws-auth can map anybody to `eks:node-manager` or `system:apiserver`: Kubernetes' own
 * users never carry an ARN, and those of EKS carry none or one of AWS.
 */
export function isControlPlane(event: AuditEvent, facts: Pick<Facts, 'cluster' | 'mappings'> | null): boolean {
  const { username } = event.user;
  const { principalArn } = event.actor;
  if (CONTROL_PLANE_USERS.has(username)) return principalArn === null;
  return isEksIdentity(username, principalArn, facts);
}

/** One of the services by which EKS works on a cluster: by username and ARN together. */
export function isEksIdentity(
  username: string,
  principalArn: string | null,
  facts: Pick<Facts, 'cluster' | 'mappings'> | null,
): boolean {
  if (!username.startsWith('eks:') && username !== 'eks-event-service:event-controller') return false;
  return principalArn === null || isOwnedByAws(principalArn, facts);
}

/** A kubelet: it logs in through IAM, so its ARN is that of the customer's node role. */
export function isKubelet({ user }: AuditEvent): boolean {
  return user.username.startsWith('system:node:') && user.groups.includes('system:nodes');
}

/** A person, or a pipeline in the clothes of one: no service account, no node and no part of the control plane. */
export function isOutsider(event: AuditEvent, facts: Pick<Facts, 'cluster' | 'mappings'> | null): boolean {
  const { actor, user } = event;
  if (actor.kind === 'service-account' || isKubelet(event) || isControlPlane(event, facts)) return false;
  return actor.principalArn !== null || !user.username.startsWith('system:');
}

function isOwnedByAws(arn: string, facts: Pick<Facts, 'cluster' | 'mappings'> | null): boolean {
  const { name, account } = parsePrincipal(arn);
  const isServiceLinked = name.startsWith('AWSServiceRoleForAmazonEKS');
  if (!isServiceLinked && !name.startsWith('AWSWesleyClusterManagerLambda')) return false;
  if (facts === null) return true;
  if (!isServiceLinked && account === facts.cluster.account) return false;
  const key = arnKey(arn);
  // EKS mounts the mappings of its own roles where no customer can see or write them.
  return !facts.mappings.some(
    ({ principal }) => principalKey(principal) === key && !principal.path.startsWith('/aws-service-role/'),
  );
}
