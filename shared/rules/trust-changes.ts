/** Trust policies before and after a call into whom the call let in. */
import type { IamRole, PolicyDocument } from '../model/iam.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { arnKey } from './arn.ts';
import { parsePolicyDocument } from './iam-policy.ts';
import { fieldIn } from './loose-values.ts';
import { compareTimes } from './time.ts';
import { listTrusted, type TrustedParty } from './trusted-parties.ts';

/** null unless the record sets the trust policy of a role, with success. */
export function findTrustCall(record: EvidenceRecord): (CloudTrailEvent & { readonly principalArn: string }) | null {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'iam.amazonaws.com' || !record.succeeded) return null;
  const { principalArn } = record;
  return record.eventName === 'UpdateAssumeRolePolicy' && principalArn !== null ? { ...record, principalArn } : null;
}

/** The trust policy that a call wrote; null where the record does not hold it, or not all of it is understood. */
export function readTrust({ request }: CloudTrailEvent): PolicyDocument | null {
  const stated = fieldIn(request, 'policyDocument') ?? fieldIn(request, 'assumeRolePolicyDocument');
  const { document, problems } = parsePolicyDocument(stated, 'trust policy', null);
  return problems.length === 0 ? document : null;
}

/** By the last record that set it, else as the role was read before its changes were applied; null when neither is known. */
export function findTrustBefore(
  call: CloudTrailEvent,
  records: readonly EvidenceRecord[],
  role: IamRole | null,
): PolicyDocument | null {
  const key = arnKey(call.principalArn ?? '');
  const earlier = records.flatMap((record) => {
    const isSetting = findTrustCall(record) !== null || isMaking(record);
    if (!isSetting || record.source !== 'cloudtrail' || record.principalArn === null) return [];
    const isEarlier = compareTimes(record.at, call.at) < 0 && record.evidence.id !== call.evidence.id;
    return isEarlier && arnKey(record.principalArn) === key ? [record] : [];
  });
  const last = earlier.sort((a, b) => compareTimes(a.at, b.at)).at(-1);
  return last === undefined ? (role?.trustBefore ?? null) : readTrust(last);
}

function isMaking(record: EvidenceRecord): boolean {
  return (
    record.source === 'cloudtrail' &&
    record.eventSource === 'iam.amazonaws.com' &&
    record.eventName === 'CreateRole' &&
    record.succeeded
  );
}

/** Whom the second lets in and the first did not, or only under a condition. */
export function listLetIn(before: PolicyDocument, after: PolicyDocument): readonly TrustedParty[] {
  const known = new Map<string, boolean>();
  for (const party of listTrusted({ trust: before }))
    known.set(keyOf(party), (known.get(keyOf(party)) ?? true) && party.isConditional);
  return listTrusted({ trust: after }).filter((party) => {
    const wasConditional = known.get(keyOf(party));
    return wasConditional === undefined || (wasConditional && !party.isConditional);
  });
}

/** True when both say the same, in whatever order. */
export function isSameTrust(before: PolicyDocument, after: PolicyDocument): boolean {
  return renderStatements(before) === renderStatements(after);
}

function renderStatements({ statements }: PolicyDocument): string {
  return JSON.stringify(statements.map((statement) => JSON.stringify({ ...statement, sid: null })).sort());
}

function keyOf({ kind, name }: TrustedParty): string {
  return `${kind} ${name}`;
}
