/** Turns an aggregated row (one identity, how often, from when to when) into the login it stands for. */
import type { Login } from '../model/records.ts';
import { parseAuthenticatorUid, parseGroups } from './authenticator-fields.ts';
import { fieldIn, textIn } from './json-fields.ts';
import { parseLogTime } from './log-time.ts';
import { type Origin, type Outcome, refOf } from './origin.ts';
import type { JsonObject } from './parse-json.ts';

/** Whether an object is such a row: an identity, and a count or a last time. */
export function isLoginRow(value: JsonObject): boolean {
  const hasIdentity = fieldIn(value, 'arn') !== undefined || fieldIn(value, 'username') !== undefined;
  return hasIdentity && (fieldIn(value, 'count') !== undefined || fieldIn(value, 'last') !== undefined);
}

export function parseLoginRow(row: JsonObject, origin: Origin): Outcome<Login> {
  const arn = textIn(row, 'arn');
  const username = textIn(row, 'username');
  const count = parseCount(fieldIn(row, 'count'));
  if (arn === null && username === null) return { skip: 'aggregated row without ARN and username' };
  if (count === null) return { skip: 'aggregated row without a count' };
  const uid = parseAuthenticatorUid(textIn(row, 'uid'));
  const { groups, isAmbiguous } = parseGroups(fieldIn(row, 'groups') ?? '[]');
  const at = parseLogTime(fieldIn(row, 'last')) ?? origin.at;
  const record: Login = {
    source: 'authenticator-log',
    kind: 'granted',
    at,
    level: 'info',
    message: 'access granted',
    evidence: refOf('authenticator-log', origin, { id: textIn(row, 'examplePtr'), at }),
    arn,
    uniqueId: uid?.uniqueId ?? null,
    account: uid?.account ?? (arn?.split(':')[4] || null),
    username: username ?? '',
    groups,
    groupsAmbiguous: isAmbiguous,
    client: null,
    stsEndpoint: textIn(row, 'stsendpoint'),
    sessionName: textIn(row, 'session'),
    accessKeyId: textIn(row, 'accesskeyid'),
    count,
    firstAt: parseLogTime(fieldIn(row, 'first')),
  };
  return { record };
}

/** Insights prints numbers as text. */
function parseCount(value: unknown): number | null {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : null;
}
