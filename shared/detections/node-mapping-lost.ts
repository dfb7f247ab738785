/** Node groups or Fargate profiles use a role that the cluster no longer takes for that of a node. */
import type { Mapping } from '../model/access.ts';
import type { WorkloadRole } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import { textIn } from '../rules/loose-values.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { areDoorsRead } from '../rules/read-doors.ts';

export const nodeMappingLost: Detection = {
  id: 'node-mapping-lost',
  ref: 'AA-011',
  title: 'Nodes whose role is mapped no more',
  severity: 'high',
  needs: [['eks-api/cluster', 'eks-api/access-entries', 'eks-api/node-groups', 'eks-api/fargate-profiles', 'aws-auth']],
  why: 'A node whose role is not mapped gets no new token: within fifteen minutes it turns NotReady, some minutes later its pods are moved, and after that there is no node left to move them to.',
  fix: 'Put the row back as it was, with the groups system:bootstrappers and system:nodes, or create an access entry of the node type. recover prints the commands.',
  blindSpots:
    'Nodes that the cluster does not manage itself are not known, nor are their roles: recover looks for those in the log. Whether nodes still run is not looked at.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
  ],
  attack: ['T1531'],
  cis: [],
  shownElsewhere: {
    because: 'the nodes of its clusters have their mappings.',
    test: 'test/detections/node-mapping-lost.test.ts',
  },
  *detect(facts) {
    for (const lost of listLost(facts)) yield tell(lost, facts);
  },
  *observe(record, facts) {
    if (facts === null || !canLose(record)) return;
    for (const lost of listLost(facts)) {
      if (record.source === 'cloudtrail' && !isAbout(record, lost)) continue;
      const actor = nameActor(record.actor);
      yield { ...tell(lost, facts), actor, evidence: [record.evidence, lost.evidence] };
    }
  },
};

function listLost(facts: Facts): readonly WorkloadRole[] {
  if (!areDoorsRead(facts)) return [];
  const mapped = new Set(facts.mappings.filter(isNodeDoor).map(({ principal }) => principalKey(principal)));
  const gone = new Set(facts.records.flatMap((record) => findDeleted(record) ?? []));
  return facts.workloadRoles.filter(
    ({ kind, name, roleArn }) =>
      (kind === 'node-group' || kind === 'fargate-profile') &&
      !mapped.has(arnKey(roleArn)) &&
      !gone.has(`${kind} ${name}`),
  );
}

function isNodeDoor({ inert, entry, identity }: Mapping): boolean {
  return inert === null && ((entry !== null && entry.type !== 'STANDARD') || isNodeIdentity(identity));
}

/** What is being deleted needs no mapping. */
function findDeleted(record: EvidenceRecord): string | null {
  if (!isEksCall(record, ['DeleteNodegroup', 'DeleteFargateProfile']) || !record.succeeded) return null;
  const kind = record.eventName === 'DeleteNodegroup' ? 'node-group' : 'fargate-profile';
  return `${kind} ${textIn(record.request, 'nodegroupName') ?? textIn(record.request, 'fargateProfileName') ?? ''}`;
}

function canLose(record: EvidenceRecord): record is Exclude<EvidenceRecord, { readonly source: 'authenticator-log' }> {
  if (isEksCall(record, ['DeleteAccessEntry', 'UpdateAccessEntry'])) return record.succeeded;
  return isChange(record) && findAccessSubject(record) === 'aws-auth';
}

function isAbout({ principalArn }: CloudTrailEvent, { roleArn }: WorkloadRole): boolean {
  return principalArn !== null && arnKey(principalArn) === arnKey(roleArn);
}

const USERS: Readonly<Partial<Record<WorkloadRole['kind'], string>>> = { 'fargate-profile': 'Fargate profile' };

function tell({ kind, name, roleArn, evidence }: WorkloadRole, { cluster }: Facts): Match {
  return {
    subject: `aws-auth:${roleArn}`,
    summary: `${USERS[kind] ?? 'Node group'} ${name} of ${cluster.name} uses ${roleArn}, which nothing maps as the role of nodes.`,
    evidence: [evidence],
  };
}
