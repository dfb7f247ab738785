/** A service account that writes roles or bindings. */
import type { Detection } from '../model/finding.ts';
import { isChange } from '../rules/access-events.ts';
import { isControlPlane } from '../rules/actors.ts';
import { wordRequest } from '../rules/anonymous-requests.ts';

export const serviceAccountWritesRbac: Detection = {
  id: 'service-account-writes-rbac',
  ref: 'RB-016',
  title: 'Service account writes roles or bindings',
  severity: 'medium',
  needs: [['audit-log']],
  why: 'A program hands out rights: if it is a GitOps controller, whoever can change its repository decides who is admin; if it is anything else, somebody may have taken over its pod.',
  fix: 'Check that the service account belongs to a controller that is meant to write RBAC, and who reviews what goes into its source.',
  blindSpots:
    'What was written is judged by the detections of roles and bindings. Controllers that do this every day are reported once, and can be accepted.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/concepts/security/service-accounts/',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.8'],
  *observe(record, facts) {
    if (!isChange(record) || record.object?.apiGroup !== 'rbac.authorization.k8s.io') return;
    if (record.actor.kind !== 'service-account' || isControlPlane(record, facts)) return;
    const { username } = record.user;
    yield {
      subject: `user:${username}`,
      summary: `Service account ${username.split(':').slice(2).join('/')} wrote RBAC: ${wordRequest(record)}.`,
      actor: username,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
