/** Calls that made a cluster into the moment that its life is named by, and which moments name the same life. */
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { fieldIn } from './loose-values.ts';
import { isoTime, msBetween } from './time.ts';

/** CreateCluster is recorded when the call ends and createdAt when it began: they may stand either side of each other. */
export const BIRTH_TOLERANCE_MS = 10 * 60_000;

export const CREATE_CLUSTER = 'CreateCluster';

export function isCreation(record: EvidenceRecord): record is CloudTrailEvent {
  return record.source === 'cloudtrail' && record.eventName === CREATE_CLUSTER && record.succeeded;
}

/** As describe-cluster will state it too; null where the record does not. */
export function createdAtOf({ response }: CloudTrailEvent): string | null {
  return isoTime(fieldIn(fieldIn(response, 'cluster'), 'createdAt'));
}

/** Where the record does not tell createdAt, its own time stands in for it; null without either. */
export function birthOf(creation: CloudTrailEvent): string | null {
  return createdAtOf(creation) ?? creation.at;
}

export function isSameBirth(a: string, b: string): boolean {
  return Math.abs(msBetween(a, b)) <= BIRTH_TOLERANCE_MS;
}
