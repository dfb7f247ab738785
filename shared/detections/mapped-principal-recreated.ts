/** Somebody created a principal under a name that the cluster still maps from an earlier one. */

import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { nameActor } from '../rules/actors.ts';
import { listAdminDoorsOf, listDoorsOf } from '../rules/mapped-calls.ts';
import { listPrincipalCalls, type PrincipalCall } from '../rules/principal-calls.ts';
import { deleteIdentityMapping } from '../rules/remedies.ts';
import { compareTimes } from '../rules/time.ts';

export const mappedPrincipalRecreated: Detection = {
  id: 'mapped-principal-recreated',
  ref: 'IM-005',
  title: 'Principal was created under a name that is still mapped',
  severity: 'medium',
  needs: [['cloudtrail', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'aws-auth and the hidden creator know a principal by its ARN alone: whoever creates the name again steps into what the earlier one held. An access entry knows the unique id and stays shut.',
  fix: 'Ask who created it and for what. Unless it is a way back in that was planned, delete the row, and map the new principal under a name of its own.',
  blindSpots:
    'A row of aws-auth counts as left behind where a record shows the earlier principal being deleted, or a stored aws-auth is older than the new one; without either, a role that was mapped before it was created looks like any other. A user who takes the name of an earlier one is told by an alert, or where a folder holds the files of a trail: an audit of live AWS does not ask CloudTrail for it. A recovery plan does the same on purpose: accept it with its ticket.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
  ],
  attack: ['T1136.003'],
  cis: ['4.1.7'],
  recurs: true,
  listCalls: () => ['CreateRole', 'CreateUser', 'DeleteRole', 'DeleteUser'],
  findPartLack: (facts) => {
    const untold = facts.records.flatMap((record) => findUncompared(record, facts) ?? []);
    return untold.length === 0 ? null : `whether aws-auth named ${untold[0]} before it was created is not stored`;
  },
  *observe(record, facts) {
    const call = listPrincipalCalls(record).find(({ kind }) => kind === 'created');
    if (call === undefined || facts === null) return;
    const { arn, renamed } = call;
    const left = listDoorsOf(arn, facts).filter((door) => isLeftBehind(door, call, facts));
    const open = left.filter(({ via }) => via !== 'access-entry');
    if (left.length === 0) return;
    const isAdmin = listAdminDoorsOf(arn, { mappings: open, bindingsBySubject: facts.bindingsBySubject }).length > 0;
    const actor = nameActor(call.event.actor);
    yield {
      subject: `iam:${arn}`,
      severity: isAdmin ? 'critical' : open.length > 0 ? 'high' : 'medium',
      summary: `${actor} ${renamed === null ? `created ${arn}` : `renamed ${renamed} to ${arn}`}, a name that ${facts.cluster.name} still maps from an earlier principal: ${wordReach(open, isAdmin)}.`,
      commands: open.flatMap(({ row }) => (row === null ? [] : deleteIdentityMapping(facts.cluster, row.arn))),
      actor,
      at: call.event.at,
      isPast: true,
      evidence: [call.event.evidence, ...left.flatMap(({ evidence }) => evidence)],
    };
  },
};

function wordReach(open: readonly Mapping[], isAdmin: boolean): string {
  if (open.length === 0) return 'the access entry is bound to the earlier one and lets nobody in';
  return isAdmin ? 'the new one is an admin at once' : 'the new one gets what the earlier one had';
}

/** A principal that was created while a row maps it, where nothing tells which of the two was there first. */
function findUncompared(record: EvidenceRecord, facts: Facts): string | null {
  const call = listPrincipalCalls(record).find(({ kind }) => kind === 'created');
  if (call === undefined) return null;
  const { lastGoodAwsAuth } = facts.state;
  const isStored = lastGoodAwsAuth.some(
    ({ clusterArn, at }) => clusterArn === facts.cluster.arn && isEarlier(at, call.event.at),
  );
  const { arn } = call;
  const open = listDoorsOf(arn, facts).filter(({ row }) => row !== null);
  return isStored || open.length === 0 || open.some((door) => isLeftBehind(door, call, facts)) ? null : arn;
}

/** EKS takes entries of principals that exist alone; a row of aws-auth may be written before. */
function isLeftBehind({ entry, row }: Mapping, { event, key }: PrincipalCall, facts: Facts): boolean {
  if (entry !== null) return isEarlier(entry.createdAt, event.at);
  if (facts.records.some((record) => isDeletion(record, key) && isEarlier(record.at, event.at))) return true;
  if (row === null) return true;
  return facts.state.lastGoodAwsAuth.some(
    ({ clusterArn, at, data }) =>
      clusterArn === facts.cluster.arn &&
      isEarlier(at, event.at) &&
      Object.values(data).some((text) => text.includes(row.arn)),
  );
}

function isDeletion(record: EvidenceRecord, key: string): boolean {
  return listPrincipalCalls(record).some((call) => call.kind === 'deleted' && call.key === key);
}

/** Neither where one of them is not known. */
function isEarlier(at: string | null, than: string | null): boolean {
  return at !== null && than !== null && compareTimes(at, than) < 0;
}
