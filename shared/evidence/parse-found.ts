/** Turns one raw record into an evidence record by the grammar of its kind, or says why it is none. */
import type { EvidenceRecord } from '../model/records.ts';
import { parseAuditFragment } from './audit-fragment.ts';
import { parseAuditEvent } from './audit-log.ts';
import { parseAuthenticatorLine, parseAuthenticatorObject } from './authenticator-log.ts';
import { parseCloudTrailRecord } from './cloudtrail-record.ts';
import { parseLoginRow } from './login-row.ts';
import type { Origin, Outcome } from './origin.ts';
import type { Found } from './unwrap.ts';

export type ParsableFound = Exclude<Found, { readonly kind: 'gap' | 'ignored' }>;

export function parseFound(found: ParsableFound): Outcome<EvidenceRecord> {
  switch (found.kind) {
    case 'audit':
      return parseAuditEvent(found.value, found.origin);
    case 'cloudtrail':
      return parseCloudTrailRecord(found.value, found.origin);
    case 'authenticator':
      return parseAuthenticatorObject(found.value, found.origin);
    case 'login-row':
      return parseLoginRow(found.value, found.origin);
    case 'line':
      return parseAuthenticatorLine(found.text, found.origin);
    case 'fragment':
      return parseFragment(found);
    case 'unknown':
      return { skip: found.reason };
  }
}

/** The authenticator's longest lines are some kilobytes. */
const MAX_TAGGED = 1024 * 1024;

/** Broken JSON may be a cut audit event; with a bracket in front it may be no JSON but a line behind a tag. */
function parseFragment(fragment: { readonly text: string; readonly origin: Origin }): Outcome<EvidenceRecord> {
  const { text, origin } = fragment;
  const event = parseAuditFragment(text, origin);
  if (event !== null) return event;
  const line = text.startsWith('[') && text.length <= MAX_TAGGED ? parseAuthenticatorLine(text, origin) : null;
  return line !== null && 'record' in line ? line : { skip: 'broken JSON' };
}
