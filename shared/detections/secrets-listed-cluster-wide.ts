/** A list of all Secrets, or of those of kube-system, by somebody from outside. */
import type { Detection } from '../model/finding.ts';
import { isAllowed } from '../rules/access-events.ts';
import { isOutsider, nameActor } from '../rules/actors.ts';

export const secretsListedClusterWide: Detection = {
  id: 'secrets-listed-cluster-wide',
  ref: 'RB-014',
  title: 'All Secrets were listed',
  severity: 'high',
  needs: [['audit-log']],
  why: 'A list of Secrets answers with their contents: one request hands over every password, key and token of the cluster, and it looks like any other read.',
  fix: 'Ask whoever did it. If nobody can explain it, take every Secret for known to others: rotate what they hold, and narrow the role that allowed it.',
  blindSpots:
    'Reads of Secrets one by one, or namespace by namespace, are not counted. Service accounts, such as those of backup and GitOps controllers, are left out.',
  references: [
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
  ],
  attack: ['T1552.007'],
  cis: ['4.1.2'],
  *observe(record, facts) {
    if (record.source !== 'audit-log' || record.verb !== 'list' || record.object?.resource !== 'secrets') return;
    const { namespace, apiGroup } = record.object;
    const isWide = namespace === null || namespace === '' || namespace === 'kube-system';
    if (!isWide || apiGroup !== '' || !isAllowed(record) || !isOutsider(record, facts)) return;
    const actor = nameActor(record.actor);
    yield {
      subject: `user:${record.user.username}`,
      summary: `${actor} listed ${namespace === 'kube-system' ? 'the Secrets of kube-system' : 'the Secrets of every namespace'}, contents included.`,
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
