/** CloudTrail records of entries and admin policies that went, and did not come back, into changes. */
import type { Facts } from '../model/facts.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import type { AccessChange, LostNodes } from '../model/recovery.ts';
import { findAccessPolicy } from '../rules/access-policies.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import type { Door } from './admin-doors.ts';
import { nameShort } from './wording.ts';

export interface EntrySources {
  readonly facts: Facts;
  readonly doors: readonly Door[];
  readonly nodes: LostNodes;
}

const DELETION = 'DeleteAccessEntry';
const DISSOCIATION = 'DisassociateAccessPolicy';
const ASSOCIATION = 'AssociateAccessPolicy';
/** By which entries came, went, and lost what they gave. */
export const ENTRY_CALLS = [DELETION, DISSOCIATION, ASSOCIATION] as const;

export function* listEntryChanges({ facts, doors, nodes }: EntrySources): Iterable<AccessChange> {
  const open = new Set(
    doors.flatMap(({ principal, status }) =>
      principal !== null && status === 'open' ? [principalKey(principal)] : [],
    ),
  );
  const once = listOnceAdmins(facts, nodes);
  for (const record of facts.records) {
    if (!isRemoval(record)) continue;
    const { principalArn, actor, at, evidence } = record;
    if (principalArn === null || open.has(arnKey(principalArn))) continue;
    const isDeletion = record.eventName === DELETION;
    if (isDeletion ? !once.has(arnKey(principalArn)) : !isAdminPolicy(record)) continue;
    const who = nameActor(actor);
    const what = isDeletion ? 'deleted the access entry' : 'took the admin policy from the access entry';
    yield {
      kind: isDeletion ? 'entry-deleted' : 'policy-dissociated',
      at,
      summary: `${nameShort(who)} ${what} of ${nameShort(principalArn)}`,
      actor: who,
      affected: [principalArn],
      evidence: [evidence],
    };
  }
}

function isRemoval(record: EvidenceRecord): record is CloudTrailEvent {
  return isEksCall(record, [DELETION, DISSOCIATION]) && record.succeeded;
}

/** The creator, lost nodes, and whoever held an admin policy or nobody knows what. */
function listOnceAdmins({ records, creator, workloadRoles }: Facts, nodes: LostNodes): ReadonlySet<string> {
  const keys = new Set(nodes.roles.map(({ roleArn }) => arnKey(roleArn)));
  if (creator.principalArn !== null) keys.add(arnKey(creator.principalArn));
  const granted = new Set<string>();
  const deleted = new Set<string>();
  for (const record of records) {
    if (record.source !== 'cloudtrail' || !record.succeeded || record.principalArn === null) continue;
    const key = arnKey(record.principalArn);
    if (record.eventName === DELETION) deleted.add(key);
    if (record.eventName !== ASSOCIATION) continue;
    granted.add(key);
    if (isAdminPolicy(record)) keys.add(key);
  }
  const machines = new Set(workloadRoles.map(({ roleArn }) => arnKey(roleArn)));
  for (const key of deleted) if (!granted.has(key) && !machines.has(key)) keys.add(key);
  return keys;
}

const ADMIN_POLICIES = new Set(['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy', 'AmazonEKSEditPolicy']);

/** A policy that nobody knows may have been one. */
function isAdminPolicy({ request }: CloudTrailEvent): boolean {
  const name = typeof request.policyArn === 'string' ? (request.policyArn.split('/').at(-1) ?? '') : '';
  return ADMIN_POLICIES.has(name) || findAccessPolicy(name) === null;
}
