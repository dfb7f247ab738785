/** Records that change who may enter a cluster: what gives, what takes away, and what was only tried. */
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { findAccessSubject, isChange } from './access-events.ts';
import { isEksCall } from './eks-calls.ts';
import { compareTimes, msBetween } from './time.ts';

const GIVING = ['CreateAccessEntry', 'AssociateAccessPolicy'];
const TAKING = ['DeleteAccessEntry', 'DisassociateAccessPolicy'];

/** An access entry or its policies coming or going, with success. */
export function isGiving(record: EvidenceRecord): record is CloudTrailEvent {
  return isEksCall(record, GIVING) && record.succeeded;
}

export function isTaking(record: EvidenceRecord): record is CloudTrailEvent {
  return isEksCall(record, TAKING) && record.succeeded;
}

/** Everything that decides who gets in through the EKS API, attempts too. */
export function isAccessCall(record: EvidenceRecord): record is CloudTrailEvent {
  if (!isEksCall(record, [...GIVING, ...TAKING, 'UpdateAccessEntry', 'UpdateClusterConfig'])) return false;
  return record.eventName !== 'UpdateClusterConfig' || record.request.accessConfig !== undefined;
}

/** EKS says it in more than one way; a call that was merely wrong is not denied. */
export function isDenied({ errorCode }: CloudTrailEvent): boolean {
  return errorCode !== null && /AccessDenied|Unauthorized|NotAuthorized|Forbidden/i.test(errorCode);
}

/** One cluster, as far as a record names it. */
export function clusterKey({ account, region, clusterName }: CloudTrailEvent): string {
  return JSON.stringify([account, region, clusterName]);
}

/** Of the calls about one principal and cluster: each one that took access away, with the one that gave it shortly before. */
export function listUndone(
  calls: readonly CloudTrailEvent[],
  withinMs: number,
): readonly (readonly [given: CloudTrailEvent, taken: CloudTrailEvent])[] {
  const inOrder = [...calls].sort((a, b) => compareTimes(a.at, b.at));
  return inOrder.flatMap((taken, index) => {
    if (!isTaking(taken)) return [];
    const given = inOrder.slice(0, index).findLast((call) => isGiving(call) && isUndoneBy(call, taken));
    if (given === undefined || given.at === null || taken.at === null) return [];
    return msBetween(given.at, taken.at) <= withinMs ? [[given, taken] as const] : [];
  });
}

/** Deleting an entry undoes all that was given; a policy taken away only undoes itself. */
function isUndoneBy(given: CloudTrailEvent, taken: CloudTrailEvent): boolean {
  if (taken.eventName === 'DeleteAccessEntry') return true;
  return given.eventName === 'AssociateAccessPolicy' && given.request.policyArn === taken.request.policyArn;
}

/** Whatever can lock people out: aws-auth written or gone, entries and policies taken away, another mode. */
export function canLockOut(record: EvidenceRecord): boolean {
  if (record.source === 'authenticator-log')
    return record.kind === 'configmap-error' || record.kind === 'configmap-deleted';
  if (record.source === 'cloudtrail') return isAccessCall(record) && record.succeeded && !isGiving(record);
  return isChange(record) && findAccessSubject(record) === 'aws-auth';
}
