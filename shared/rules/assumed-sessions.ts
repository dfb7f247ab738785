/** Calls to AssumeRole into who began which session, and until when it lasts. */
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { fieldIn, textIn } from './loose-values.ts';
import { isoTime } from './time.ts';

export interface Assumption {
  readonly roleArn: string;
  readonly sessionName: string | null;
  readonly at: string | null;
  readonly expiresAt: string | null;
  /** Of the session: the same in the records of both accounts, where a role is assumed from another one. */
  readonly accessKeyId: string | null;
  readonly call: CloudTrailEvent;
}

const CALLS: ReadonlySet<string> = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

/** null for anything else, and for a call that was refused. */
export function findAssumption(record: EvidenceRecord): Assumption | null {
  if (record.source !== 'cloudtrail' || !record.succeeded || !CALLS.has(record.eventName)) return null;
  const roleArn = textIn(record.request, 'roleArn');
  if (roleArn === null) return null;
  const credentials = fieldIn(record.response, 'credentials');
  const expiration = textIn(credentials, 'expiration');
  return {
    roleArn,
    sessionName: textIn(record.request, 'roleSessionName'),
    at: record.at,
    expiresAt: expiration === null ? null : parseExpiration(expiration),
    accessKeyId: textIn(credentials, 'accessKeyId'),
    call: record,
  };
}

/** CloudTrail prints it as `Nov 21, 2026, 9:00:00 AM`, in UTC and with blanks of its own, and in ISO elsewhere. */
function parseExpiration(text: string): string | null {
  const words = text.replace(/[\s\u202f\u00a0]+/g, ' ').trim();
  const isWritten = /^[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M$/.test(words);
  return isWritten ? isoTime(Date.parse(`${words} UTC`)) : isoTime(words);
}
