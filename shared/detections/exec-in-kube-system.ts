/** A command run in a pod of kube-system. */
import type { Detection } from '../model/finding.ts';
import { isAllowed } from '../rules/access-events.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';

const WAYS_IN: ReadonlySet<string> = new Set(['exec', 'attach']);

export const execInKubeSystem: Detection = {
  id: 'exec-in-kube-system',
  ref: 'RB-018',
  title: 'Command run in a pod of kube-system',
  severity: 'medium',
  needs: [['audit-log']],
  why: 'The pods of kube-system carry tokens that reach the whole cluster, and often the network and disks of their node: a shell in one of them is a way to all of that under another name.',
  fix: 'Ask whoever did it for the reason. If there is none, take the tokens of the pod for known to others and make its service account again.',
  blindSpots:
    'What was typed is not in the audit log. Commands through the kubelet, and in ephemeral containers, are other requests than these.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-finding-types-eks-audit-logs.html',
  ],
  attack: ['T1609'],
  cis: [],
  *observe(record, facts) {
    if (record.source !== 'audit-log' || record.object?.resource !== 'pods' || !isAllowed(record)) return;
    const { namespace, name, subresource, apiGroup } = record.object;
    if (apiGroup !== '' || namespace !== 'kube-system' || !WAYS_IN.has(subresource)) return;
    if ((record.code ?? 0) >= 400 || isControlPlane(record, facts)) return;
    const actor = nameActor(record.actor);
    yield {
      subject: `user:${record.user.username}`,
      summary: `${actor} used ${subresource} on pod kube-system/${name ?? 'unnamed'}.`,
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
