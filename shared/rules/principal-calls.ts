/** CloudTrail records of IAM into the users and roles that came and went, by what they are called. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { arnKey, parsePrincipal } from './arn.ts';
import { textIn } from './loose-values.ts';
import { compareTimes } from './time.ts';

const DELETIONS: ReadonlySet<string> = new Set(['DeleteRole', 'DeleteUser']);
const CREATIONS: ReadonlySet<string> = new Set(['CreateRole', 'CreateUser']);

export interface PrincipalCall {
  readonly event: CloudTrailEvent;
  readonly arn: string;
  readonly key: string;
  readonly kind: 'deleted' | 'created';
  /** Of a user who took another name, the other of the two: to whom knows users by name, one is gone and one has come. */
  readonly renamed: string | null;
}

/** Whom the record shows coming or going; of most records nobody. */
export function listPrincipalCalls(record: EvidenceRecord): readonly PrincipalCall[] {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'iam.amazonaws.com' || !record.succeeded) return [];
  const { principalArn: arn, eventName } = record;
  if (arn === null) return [];
  const renamed = findNewName(record);
  if (renamed !== null)
    return [describe(record, 'deleted', [arn, renamed]), describe(record, 'created', [renamed, arn])];
  if (DELETIONS.has(eventName)) return [describe(record, 'deleted', [arn, null])];
  return CREATIONS.has(eventName) ? [describe(record, 'created', [arn, null])] : [];
}

function describe(
  event: CloudTrailEvent,
  kind: PrincipalCall['kind'],
  [arn, renamed]: readonly [arn: string, renamed: string | null],
): PrincipalCall {
  return { event, arn, key: arnKey(arn), kind, renamed };
}

/** The ARN by which a user goes after the call; null where it goes by the same name as before. */
export function findNewName({ eventName, principalArn, request }: CloudTrailEvent): string | null {
  const name = eventName === 'UpdateUser' ? textIn(request, 'newUserName') : null;
  if (name === null || principalArn === null) return null;
  const { partition, account } = parsePrincipal(principalArn);
  const arn = `arn:${partition}:iam::${account}:user/${name}`;
  return arnKey(arn) === arnKey(principalArn) ? null : arn;
}

const indexes = new WeakMap<readonly AccountEvidence[], ReadonlyMap<string, PrincipalCall>>();

/** The last thing that the records of all accounts show of the principal. */
export function findLastCall(accounts: readonly AccountEvidence[], key: string): PrincipalCall | null {
  const index = indexes.get(accounts) ?? indexCalls(accounts);
  indexes.set(accounts, index);
  return index.get(key) ?? null;
}

function indexCalls(accounts: readonly AccountEvidence[]): ReadonlyMap<string, PrincipalCall> {
  const calls = accounts.flatMap(({ cloudTrail }) => cloudTrail.flatMap(listPrincipalCalls));
  return new Map(calls.sort((a, b) => compareTimes(a.event.at, b.event.at)).map((call) => [call.key, call]));
}
