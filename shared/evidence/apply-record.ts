/** Evidence that was read at some time, and what happened after it, into the evidence as it stands now. */
import type { AccountEvidence, ClusterEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { isChange } from '../rules/access-events.ts';
import { applyAuditEvent } from './apply-audit-event.ts';
import { applyEksCall } from './apply-eks-call.ts';
import { applyIamCall } from './apply-iam-call.ts';

export interface Applied {
  readonly evidence: ClusterEvidence;
  /** What changed without the record saying how: only another read shows it. */
  readonly unknown: readonly string[];
}

/** `records` of this cluster, oldest first. What failed, and a dry run, changed nothing. */
export function applyRecords(evidence: ClusterEvidence, records: readonly EvidenceRecord[]): Applied {
  let applied: Applied = { evidence, unknown: [] };
  for (const record of records) {
    const next = applyRecord(applied.evidence, record);
    applied = { evidence: next.evidence, unknown: [...applied.unknown, ...next.unknown] };
  }
  return { ...applied, unknown: [...new Set(applied.unknown)] };
}

function applyRecord(evidence: ClusterEvidence, record: EvidenceRecord): Applied {
  if (record.source === 'cloudtrail') return applyCall(evidence, record);
  if (isChange(record)) return applyAuditEvent(evidence, record);
  return { evidence, unknown: isOfAwsAuth(record) ? ['what the authenticator found in aws-auth'] : [] };
}

/** It reads aws-auth when that changes: what it could not read is another one than the one that was read before. */
function isOfAwsAuth(record: EvidenceRecord): boolean {
  return record.source === 'authenticator-log' && /^configmap-(?:error|deleted)$/.test(record.kind);
}

function applyCall(evidence: ClusterEvidence, call: CloudTrailEvent): Applied {
  if (!call.succeeded || call.readOnly) return { evidence, unknown: [] };
  const isOfEks = call.eventSource === 'eks.amazonaws.com';
  const applied = isOfEks ? applyEksCall(evidence, call) : { evidence, unknown: [] };
  if (call.truncated !== true) return applied;
  return { ...applied, unknown: [...applied.unknown, `what ${call.eventName} asked for in whole`] };
}

/** `records` of any account, oldest first. */
export function applyToAccount(account: AccountEvidence, records: readonly EvidenceRecord[]): AccountEvidence {
  return records.reduce(
    (before, record) =>
      record.source === 'cloudtrail' &&
      record.eventSource === 'iam.amazonaws.com' &&
      record.succeeded &&
      record.account === account.account
        ? applyIamCall(before, record)
        : before,
    account,
  );
}
