/** A request made in the name of an admin or of a part of Kubernetes. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { isAllowed } from '../rules/access-events.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';
import { wordRequest } from '../rules/anonymous-requests.ts';
import { isAdminIdentity } from '../rules/keyholders.ts';

export const privilegedImpersonation: Detection = {
  id: 'privileged-impersonation',
  ref: 'RB-009',
  title: 'Admin or control plane was impersonated',
  severity: 'high',
  needs: [['audit-log']],
  why: 'Whoever may impersonate an admin is one, and the trail of what was done stands under the borrowed name: every search for the user finds half of the story.',
  fix: 'Find the role that grants impersonate and limit it by resourceNames to harmless users, or take it away.',
  blindSpots:
    'Without a read of RBAC only well-known names count as privileged. Impersonation of an ordinary user who holds more than the caller is not weighed.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  attack: ['T1134'],
  cis: ['4.1.8'],
  *observe(record, facts) {
    if (record.source !== 'audit-log' || record.impersonated === null) return;
    if (!isAllowed(record) || isControlPlane(record, facts)) return;
    const target = findPrivileged(record.impersonated, facts);
    if (target === null) return;
    const actor = nameActor(record.actor);
    yield {
      subject: `user:${record.user.username}`,
      summary: `${actor} acted as ${target}: ${wordRequest(record)}.`,
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

const USERS: ReadonlySet<string> = new Set([
  'cluster-admin',
  'kubernetes-admin',
  'system:apiserver',
  'system:kube-controller-manager',
  'system:kube-scheduler',
]);
const GROUPS: ReadonlySet<string> = new Set(['system:masters', 'cluster-admin', 'system:nodes']);

/** In words; null for somebody who is nobody in particular. */
function findPrivileged(
  { username, groups }: { readonly username: string; readonly groups: readonly string[] },
  facts: Facts | null,
): string | null {
  const group = groups.find((name) => GROUPS.has(name));
  if (group !== undefined) return `${username === '' ? 'somebody' : username} in group ${group}`;
  const isOfSystem = username.startsWith('system:node:') || username.startsWith('system:serviceaccount:kube-system:');
  if (USERS.has(username) || isOfSystem) return username;
  return facts !== null && isAdminIdentity({ username, groups }, facts) ? `${username}, who is an admin` : null;
}
