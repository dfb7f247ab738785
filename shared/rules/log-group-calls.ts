/** CloudTrail records of CloudWatch Logs into what they did to the log group of an EKS cluster. */
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { numberIn, textIn } from './loose-values.ts';

export interface LogGroupCall {
  readonly event: CloudTrailEvent;
  readonly logGroup: string;
  /** Of PutRetentionPolicy; else null. */
  readonly retentionDays: number | null;
}

const NAME = /(?:^|:log-group:)(\/aws\/eks\/[^/:]+\/cluster)(?::.*)?$/;
const PARAMETERS = ['logGroupName', 'logGroupIdentifier', 'resourceIdentifier', 'logGroupArn'];

/** null unless the call succeeded on such a group. */
export function findLogGroupCall(record: EvidenceRecord): LogGroupCall | null {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'logs.amazonaws.com' || !record.succeeded) return null;
  for (const key of PARAMETERS) {
    const logGroup = NAME.exec(textIn(record.request, key) ?? '')?.[1];
    if (logGroup === undefined) continue;
    return { event: record, logGroup, retentionDays: numberIn(record.request, 'retentionInDays') };
  }
  return null;
}
