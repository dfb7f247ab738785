/** CloudTrail records of CloudTrail itself into what a call took away from a trail, and trails into the regions they record. */
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import type { Trail } from '../model/region.ts';
import { fieldIn, textIn, textsIn } from './loose-values.ts';

export interface TrailLoss {
  readonly event: CloudTrailEvent;
  /** Continues "alice": "stopped". */
  readonly words: string;
  readonly trail: string;
}

/** null unless the call succeeded, and a trail records less since. */
export function findTrailLoss(record: EvidenceRecord): TrailLoss | null {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'cloudtrail.amazonaws.com' || !record.succeeded)
    return null;
  const words = wordLoss(record);
  const { request } = record;
  const trail = textIn(request, 'name') ?? textIn(request, 'trailName') ?? 'a trail that the record does not name';
  return words === null ? null : { event: record, words, trail };
}

function wordLoss({ eventName, request }: CloudTrailEvent): string | null {
  switch (eventName) {
    case 'StopLogging':
      return 'stopped';
    case 'DeleteTrail':
      return 'deleted';
    case 'UpdateTrail':
      return fieldIn(request, 'isMultiRegionTrail') === false ? 'took every region but its own away from' : null;
    case 'PutEventSelectors':
      return leavesWritesOut(request) ? 'took the management events that write away from' : null;
    default:
      return null;
  }
}

/** Of a call that names no selector nothing is known: it is no loss. */
function leavesWritesOut(request: CloudTrailEvent['request']): boolean {
  const basic = listOf(request, 'eventSelectors');
  const advanced = listOf(request, 'advancedEventSelectors');
  if (basic.length + advanced.length === 0) return false;
  const isKept =
    basic.some(
      (one) => fieldIn(one, 'includeManagementEvents') !== false && textIn(one, 'readWriteType') !== 'ReadOnly',
    ) || advanced.some(keepsWrites);
  return !isKept;
}

function keepsWrites(selector: unknown): boolean {
  const fields = listOf(selector, 'fieldSelectors');
  const equals = (field: string): readonly string[] =>
    fields.flatMap((one) => (textIn(one, 'field') === field ? textsIn(one, 'equals') : []));
  const isReadOnly = equals('readOnly').includes('true');
  return equals('eventCategory').includes('Management') && !isReadOnly;
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const list = fieldIn(value, key);
  return Array.isArray(list) ? list : [];
}

/** A trail of one region records that alone; where its region is not stated, it is the one that was asked. */
export function isTrailOf({ isMultiRegion, homeRegion }: Trail, region: string): boolean {
  return isMultiRegion || homeRegion === null || homeRegion === region;
}
