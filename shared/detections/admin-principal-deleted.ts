/** An IAM user or role that is an admin of the cluster was deleted. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { listAdminDoorsOf } from '../rules/mapped-calls.ts';
import { listPrincipalCalls } from '../rules/principal-calls.ts';
import { deleteAccessEntry, deleteIdentityMapping } from '../rules/remedies.ts';

export const adminPrincipalDeleted: Detection = {
  id: 'admin-principal-deleted',
  ref: 'IM-004',
  title: 'Principal of an admin was deleted',
  severity: 'high',
  needs: [['cloudtrail', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'Everybody who got in through it is locked out, and its name is left behind: a row of aws-auth opens to whoever creates the name again, and an access entry stays shut even then.',
  fix: 'If it was meant to go, take its mappings away, too. If not, make another way in before the last session ends; creating the principal again does not bring an access entry back to life.',
  blindSpots:
    'IAM writes its records to one region of a partition: the others show nothing. Principals that only stand behind an admin are told by admin-people-grew when they come, not when they go.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  ],
  attack: ['T1531'],
  cis: [],
  recurs: true,
  listCalls: () => ['DeleteRole', 'DeleteUser'],
  *observe(record, facts) {
    const call = listPrincipalCalls(record).find(({ kind }) => kind === 'deleted');
    if (call === undefined || facts === null) return;
    const { arn, renamed } = call;
    const doors = listAdminDoorsOf(arn, facts);
    if (doors.length === 0) return;
    const actor = nameActor(call.event.actor);
    yield {
      subject: `iam:${arn}`,
      summary: `${actor} ${renamed === null ? `deleted ${arn}` : `renamed ${arn} to ${renamed}`}, which is mapped as an admin of ${facts.cluster.name} ${wordDoors(doors)}.`,
      commands: doors.flatMap((door) => undo(door, facts)),
      actor,
      at: call.event.at,
      isPast: true,
      evidence: [call.event.evidence, ...doors.flatMap(({ evidence }) => evidence)],
    };
  },
};

const WAYS: Readonly<Record<Mapping['via'], string>> = {
  'access-entry': 'by an access entry',
  'aws-auth': 'by aws-auth',
  'cluster-creator': 'as its creator',
};

function wordDoors(doors: readonly Mapping[]): string {
  return [...new Set(doors.map(({ via }) => WAYS[via]))].join(' and ');
}

function undo({ entry, row }: Mapping, { cluster }: Facts): readonly string[] {
  if (entry !== null) return [deleteAccessEntry(cluster, entry.principal.arn)];
  return row === null ? [] : deleteIdentityMapping(cluster, row.arn);
}
