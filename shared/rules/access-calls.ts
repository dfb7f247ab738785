/** CloudTrail records of the calls that change who may enter a cluster, granted or refused. */
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { isEksCall } from './eks-calls.ts';

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
