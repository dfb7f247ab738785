/** Turns an authenticator line, in text or JSON form, into one set of fields that its grammar reads. */
import { fieldIn, isRecord, textIn } from './json-fields.ts';
import { parseLogTime } from './log-time.ts';
import { parseLogfmt } from './logfmt.ts';
import type { JsonObject } from './parse-json.ts';

export interface GroupList {
  readonly groups: readonly string[];
  /** True when the text can be read as other groups too. */
  readonly isAmbiguous: boolean;
}

export interface AuthenticatorFields {
  readonly level: string;
  readonly message: string;
  /** The line's own time. */
  readonly at: string | null;
  /** null when the field is absent, empty, or broken off: half an ARN names somebody else. */
  readonly get: (key: string) => string | null;
  readonly groups: GroupList;
}

const LEVELS: ReadonlySet<string> = new Set(['trace', 'debug', 'info', 'warning', 'error', 'fatal', 'panic']);

/** null when the text lacks a level that logrus knows, or a message. */
export function readTextFields(text: string): AuthenticatorFields | null {
  const { fields, cutKey } = parseLogfmt(text);
  const level = parseLevel(fields.get('level'));
  const message = fields.get('msg') ?? '';
  if (level === null || message === '') return null;
  return {
    level,
    message,
    at: parseLogTime(fields.get('time')),
    get: (key) => (key === cutKey ? null : fields.get(key) || null),
    groups: parseGroups(fields.get('groups'), cutKey === 'groups'),
  };
}

/** null when the object lacks a level that logrus knows, or a message. */
export function readJsonFields(value: JsonObject): AuthenticatorFields | null {
  const level = parseLevel(textIn(value, 'level'));
  const message = textIn(value, 'msg');
  if (level === null || message === null) return null;
  return {
    level,
    message,
    at: parseLogTime(fieldIn(value, 'time')),
    get: (key) => readJsonText(fieldIn(value, key)),
    groups: parseGroups(fieldIn(value, 'groups')),
  };
}

function parseLevel(level: string | null | undefined): string | null {
  if (level === null || level === undefined) return null;
  const known = level === 'warn' ? 'warning' : level;
  return LEVELS.has(known) ? known : null;
}

/** A field that is a Go struct in the text form (`{a b c}`) is an object in the JSON form. */
function readJsonText(field: unknown): string | null {
  if (isRecord(field)) return `{${Object.values(field).filter(isScalar).join(' ')}}`;
  return typeof field === 'string' && field !== '' ? field : null;
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** No group name that anybody gives on purpose holds one of these, or is a dash: two YAML items were folded into one. */
const UNLIKELY_GROUP = /^-?$|["'[\],]/;

/**
 * The groups of a line: a list in the JSON form, Go's print of one in the text form (`[a b]`), where a group with a
 * space in it cannot be told from two groups.
 */
export function parseGroups(value: unknown, isCut = false): GroupList {
  if (Array.isArray(value)) {
    const groups = value.filter((group) => typeof group === 'string');
    return { groups, isAmbiguous: groups.length < value.length };
  }
  if (typeof value !== 'string') return { groups: [], isAmbiguous: true };
  const listed = parseListText(value);
  if (listed !== null) return parseGroups(listed);
  const printed = /^\[(.*?)(\]?)$/s.exec(value);
  if (printed === null) return { groups: value === '' ? [] : value.split(' '), isAmbiguous: true };
  const [, inner = '', close] = printed;
  const groups = inner === '' ? [] : inner.split(' ');
  const isWhole = close === ']' && !isCut;
  return {
    groups: groups.filter((group) => group !== ''),
    isAmbiguous: !isWhole || groups.some((group) => UNLIKELY_GROUP.test(group)),
  };
}

/** An aggregated row may carry the groups as a JSON list. */
function parseListText(value: string): readonly unknown[] | null {
  if (!value.startsWith('["')) return null;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

const UID = /^(?:aws-iam-authenticator|heptio-authenticator-aws):([^:]*):(.*)$/s;

export interface AuthenticatorUid {
  readonly account: string | null;
  readonly uniqueId: string | null;
}

/** null when the uid is not one that the authenticator makes. Accounts that AWS keeps to itself print `administrative`. */
export function parseAuthenticatorUid(uid: string | null): AuthenticatorUid | null {
  const [whole, account = '', userId = ''] = UID.exec(uid ?? '') ?? [];
  if (whole === undefined) return null;
  if (account === 'administrative') return { account: null, uniqueId: null };
  return { account: account === '' ? null : account, uniqueId: parseUniqueId(userId) };
}

/** The unique id of a role or user, without the session name; null for the root user, federated users, and masked ids. */
export function parseUniqueId(userId: string | null): string | null {
  return /^(A(?:RO|ID)A[A-Z0-9]+)(?::|$)/.exec(userId ?? '')?.[1] ?? null;
}
