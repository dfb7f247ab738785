/** Turns a line of the authenticator log, in text or JSON form, into a record, or says why it is none. */
import type { AuthenticatorRecord, ConfigMapMessage } from '../model/records.ts';
import { findDeniedArn, parseDenial } from './authenticator-denial.ts';
import {
  type AuthenticatorFields,
  parseAuthenticatorUid,
  parseUniqueId,
  readJsonFields,
  readTextFields,
} from './authenticator-fields.ts';
import { type Origin, type Outcome, refOf } from './origin.ts';
import type { JsonObject } from './parse-json.ts';

type Parse = Outcome<AuthenticatorRecord>;

/** What logrus prints to a terminal; a copy of it may be wrapped or coloured, so it is never read. */
const TERMINAL_FORM = /^(?:\p{Cc}\[\d+m)?(?:TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)(?:\p{Cc}\[\d*m)?\[/u;

export function parseAuthenticatorLine(text: string, origin: Origin): Parse {
  if (TERMINAL_FORM.test(text)) return { skip: 'authenticator line in terminal form' };
  const fields = readTextFields(text);
  return fields === null ? { skip: 'line without level and message' } : { record: toRecord(fields, origin) };
}

export function parseAuthenticatorObject(value: JsonObject, origin: Origin): Parse {
  const fields = readJsonFields(value);
  return fields === null ? { skip: 'JSON line without level and message' } : { record: toRecord(fields, origin) };
}

type Base = Pick<AuthenticatorRecord, 'source' | 'at' | 'level' | 'message' | 'evidence'>;

function toRecord(fields: AuthenticatorFields, origin: Origin): AuthenticatorRecord {
  const { message, level } = fields;
  const at = fields.at ?? origin.at;
  const source = 'authenticator-log';
  const base: Base = { source, at, level, message, evidence: refOf(source, origin, { at }) };
  const read = READERS.find(([pattern]) => pattern.test(message))?.[1];
  return read?.(fields, base) ?? { ...base, kind: 'other' };
}

/** Gives null when the fields that make the record are missing: the line still has a level and a message. */
type Reader = (fields: AuthenticatorFields, base: Base) => AuthenticatorRecord | null;

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^access granted$/, readLogin],
  [/^access denied/, readDenial],
  [/^STS response$/, readSts],
  [/^mapping IAM (?:role|user)$/i, readMapping],
  [/^Errors parsing configmap: /, readConfigMap('configmap-error')],
  [/^There was an error parsing the config maps\./, readConfigMap('configmap-error')],
  [/^error parsing config map: /, readConfigMap('configmap-error')],
  [/^Resetting configmap on delete/, readConfigMap('configmap-deleted')],
  [/^Received aws-auth watch event/, readConfigMap('configmap-loaded')],
];

function readLogin({ get, groups }: AuthenticatorFields, base: Base): AuthenticatorRecord | null {
  const arn = get('arn');
  const username = get('username');
  if (arn === null && username === null) return null;
  const uid = parseAuthenticatorUid(get('uid'));
  return {
    ...base,
    kind: 'granted',
    arn,
    uniqueId: uid?.uniqueId ?? null,
    account: uid?.account ?? accountOf(arn),
    username: username ?? '', // the last field of a line, so the first that a cut takes
    groups: groups.groups,
    groupsAmbiguous: groups.isAmbiguous,
    client: get('client'),
    stsEndpoint: get('stsendpoint') ?? get('sts'),
    sessionName: null,
    accessKeyId: null,
    count: 1,
    firstAt: null,
  };
}

function readDenial({ get, message }: AuthenticatorFields, base: Base): AuthenticatorRecord {
  // The first builds said it in the message, and had no error field.
  const error = get('error') ?? message.replace(/^access denied(?: because )?/, '');
  return {
    ...base,
    kind: 'denied',
    arn: get('arn') ?? findDeniedArn(error),
    error,
    denial: parseDenial(error),
    client: get('client'),
  };
}

function readSts({ get }: AuthenticatorFields, base: Base): AuthenticatorRecord | null {
  const arn = get('arn');
  if (arn === null) return null;
  return {
    ...base,
    kind: 'sts',
    arn,
    account: get('accountid') ?? accountOf(arn),
    uniqueId: parseUniqueId(get('userid')),
    sessionName: get('session'),
    accessKeyId: get('accesskeyid'),
    client: get('client'),
    stsEndpoint: get('stsendpoint') ?? get('sts'),
  };
}

function readMapping({ get, groups }: AuthenticatorFields, base: Base): AuthenticatorRecord | null {
  const arn = get('role') ?? get('user') ?? parseSsoPattern(get('sso'));
  const username = get('username');
  if (arn === null || username === null) return null;
  return { ...base, kind: 'mapping', arn, username, groups: groups.groups };
}

/** `{<permission set> <account> <partition>}`, which stands for every role of that permission set. */
function parseSsoPattern(sso: string | null): string | null {
  const [whole, set, account, partition] = /^&?\{(\S+) (\d+) ?(\S*)\}$/.exec(sso ?? '') ?? [];
  if (whole === undefined) return sso;
  return `arn:${partition || 'aws'}:iam::${account}:role/AWSReservedSSO_${set}_*`;
}

function readConfigMap(kind: ConfigMapMessage['kind']): Reader {
  return (_fields, base) => ({ ...base, kind });
}

function accountOf(arn: string | null): string | null {
  return arn?.split(':')[4] || null;
}
