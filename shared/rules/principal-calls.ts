/** CloudTrail records of IAM into the users and roles that were deleted, and by whom. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { arnKey } from './arn.ts';
import { compareTimes } from './time.ts';

const DELETIONS: ReadonlySet<string> = new Set(['DeleteRole', 'DeleteUser']);
const CREATIONS: ReadonlySet<string> = new Set(['CreateRole', 'CreateUser']);

export interface PrincipalCall {
  readonly event: CloudTrailEvent;
  readonly key: string;
  readonly kind: 'deleted' | 'created';
}

/** null unless the record shows a user or role coming or going. */
export function findPrincipalCall(record: EvidenceRecord): PrincipalCall | null {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'iam.amazonaws.com' || !record.succeeded) return null;
  if (record.principalArn === null) return null;
  const key = arnKey(record.principalArn);
  if (DELETIONS.has(record.eventName)) return { event: record, key, kind: 'deleted' };
  return CREATIONS.has(record.eventName) ? { event: record, key, kind: 'created' } : null;
}

const indexes = new WeakMap<readonly AccountEvidence[], ReadonlyMap<string, PrincipalCall>>();

/** The last thing that the records of all accounts show of the principal. */
export function findLastCall(accounts: readonly AccountEvidence[], key: string): PrincipalCall | null {
  const index = indexes.get(accounts) ?? indexCalls(accounts);
  indexes.set(accounts, index);
  return index.get(key) ?? null;
}

function indexCalls(accounts: readonly AccountEvidence[]): ReadonlyMap<string, PrincipalCall> {
  const calls = accounts.flatMap(({ cloudTrail }) => cloudTrail.flatMap((record) => findPrincipalCall(record) ?? []));
  return new Map(calls.sort((a, b) => compareTimes(a.event.at, b.event.at)).map((call) => [call.key, call]));
}
