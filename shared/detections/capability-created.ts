/** A capability of EKS whose role got an access entry with it, which no call shows. */
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { findPlace, isEksCall } from '../rules/eks-calls.ts';
import { textIn } from '../rules/loose-values.ts';
import { deleteCapability, describeAccessEntry } from '../rules/remedies.ts';

const UNNAMED = 'that the record does not name';

export const capabilityCreated: Detection = {
  id: 'capability-created',
  ref: 'EV-014',
  title: 'Capability whose role got access to the cluster',
  severity: 'medium',
  needs: [['cloudtrail']],
  why: 'With a capability (Argo CD, ACK, kro) EKS makes an access entry for its role by itself: whoever names the role, and whoever can assume it, holds what the entry gives, and no CreateAccessEntry tells of it.',
  fix: 'Check with whoever runs the cluster that the capability was meant, read the access entry of its role, and see who can assume the role. Before it is deleted, delete what it manages in the cluster, which stays otherwise.',
  blindSpots:
    'Which policies the entry holds is known only when the cluster is read again. The call may still fail after it was accepted. An audit of live AWS does not ask CloudTrail for these calls: it hears of them by events alone, and a folder shows them where it holds the files of a trail.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html'],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  recurs: true,
  shownElsewhere: {
    because: 'its clusters have no capability.',
    test: 'test/detections/capability-created.test.ts',
  },
  *observe(record, facts) {
    if (!isEksCall(record, ['CreateCapability', 'UpdateCapability']) || !record.succeeded) return;
    const roleArn = textIn(record.request, 'roleArn');
    if (record.eventName === 'UpdateCapability' && roleArn === null) return;
    const actor = nameActor(record.actor);
    const place = findPlace(record, facts);
    const name = textIn(record.request, 'capabilityName');
    // Of one that got another role it is not known which one it had.
    const isNew = record.eventName === 'CreateCapability';
    yield {
      subject: roleArn === null ? 'cluster' : `iam:${roleArn}`,
      summary: `${actor} gave ${record.clusterName ?? 'a cluster'} the capability ${name ?? UNNAMED} with the role ${roleArn ?? UNNAMED}, for which EKS makes an access entry.`,
      commands: [
        ...(place === null || roleArn === null ? [] : [describeAccessEntry(place, roleArn)]),
        ...(place === null || name === null || !isNew ? [] : [deleteCapability(place, name)]),
      ],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
