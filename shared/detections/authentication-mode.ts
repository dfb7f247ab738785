/** A cluster that reads aws-auth alone, or whose authentication mode was changed. */
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import { textIn } from '../rules/loose-values.ts';
import { enableAccessEntries } from '../rules/remedies.ts';

export const authenticationMode: Detection = {
  id: 'authentication-mode',
  ref: 'EV-007',
  title: 'Authentication mode CONFIG_MAP, or a change of the mode',
  severity: 'medium',
  needs: [['eks-api/cluster'], ['cloudtrail']],
  why: 'In CONFIG_MAP mode the creator is an admin whom nobody can see or remove, one wrong indent locks everybody out, and there is no way back in without Kubernetes. A change of the mode opens or closes a door for everybody at once, and cannot be taken back.',
  fix: 'Go to API_AND_CONFIG_MAP, make an access entry for each mapping, check the logins, then go to API. A change that nobody planned means that somebody opened a door: read the access entries made since.',
  blindSpots:
    'A call that was accepted may still fail later: CloudTrail shows that it was asked for, and describe-cluster what came of it.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  ],
  attack: ['T1556'],
  cis: ['4.1.7'],
  *detect({ cluster }) {
    if (cluster.authenticationMode !== 'CONFIG_MAP') return;
    yield {
      subject: 'cluster',
      summary: `${cluster.name} reads aws-auth alone (CONFIG_MAP): its creator is admin without being listed anywhere, and access entries do not count.`,
      commands: [enableAccessEntries(cluster)],
      evidence: cluster.evidence,
    };
  },
  *observe(record) {
    if (!isEksCall(record, ['UpdateClusterConfig']) || !record.succeeded) return;
    const mode = textIn(record.request.accessConfig, 'authenticationMode');
    if (mode === null) return;
    const actor = nameActor(record.actor);
    yield {
      subject: 'cluster',
      severity: 'high',
      summary: `${actor} set the authentication mode of ${record.clusterName ?? 'a cluster'} to ${mode}, which cannot be taken back.`,
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
