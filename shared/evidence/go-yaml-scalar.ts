/** Turns the text and tag of a YAML scalar into the value that go-yaml v2 makes of it, or into its refusal. */
import { Buffer } from 'node:buffer';

export interface ScalarSource {
  readonly text: string;
  /** Full name such as `tag:yaml.org,2002:int`; empty when the scalar carries none. */
  readonly tag: string;
  /** Plain style; a quoted or block scalar without tag is always a string. */
  readonly isPlain: boolean;
}

export interface TypedScalar {
  readonly kind: 'null' | 'boolean' | 'number' | 'string';
  readonly text: string;
  /** Not a number, or infinite: JSON cannot hold it. */
  readonly isFinite: boolean;
  /** An integer that needs the 64th bit: it cannot be a key. */
  readonly isUnsigned: boolean;
}

const PREFIX = 'tag:yaml.org,2002:';
const BOOLEANS = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULLS = /^(?:~|null|Null|NULL)?$/;
const NOT_FINITE = /^(?:\.nan|\.NaN|\.NAN|[-+]?(?:\.inf|\.Inf|\.INF))$/;
const INTEGER = /^[-+]?(?:0|[1-9][0-9]*|0[0-7]+|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const TIME =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?$/;
/** 64 binary digits and their prefix. */
const LONGEST_INTEGER = 66;
const RESOLVED_TAGS: ReadonlySet<string> = new Set(['bool', 'int', 'float', 'null', 'timestamp']);

type Hint = 'null' | 'bool' | 'int' | 'unsigned' | 'float' | 'timestamp' | 'str';

/** What a text looks like: `y` and `on` are booleans, a leading zero means octal, and `1:30` is no number. */
function findHint(text: string): Hint {
  if (NULLS.test(text)) return 'null';
  if (BOOLEANS.test(text)) return 'bool';
  if (NOT_FINITE.test(text)) return 'float';
  if (!/^[-+.0-9]/.test(text)) return 'str';
  if (isTime(text)) return 'timestamp';
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = INTEGER.test(digits) ? findIntegerHint(digits) : null;
  if (integer !== null) return integer;
  return FLOAT.test(digits) && Number.isFinite(Number(digits)) ? 'float' : 'str';
}

function findIntegerHint(digits: string): Hint | null {
  const unsigned = digits.replace(/^[-+]/, '').toLowerCase();
  if (unsigned.length > LONGEST_INTEGER) return null;
  const size = BigInt(/^0[0-7]+$/.test(unsigned) ? `0o${unsigned.slice(1)}` : unsigned);
  if (size < 2n ** 63n || (digits.startsWith('-') && size === 2n ** 63n)) return 'int';
  return size < 2n ** 64n && /^[0-9]/.test(digits) ? 'unsigned' : null;
}

function isTime(text: string): boolean {
  const [year, month = 0, day, hour = 0, minute = 0, second = 0] =
    TIME.exec(text)
      ?.slice(1)
      .map((part) => Number(part ?? 0)) ?? [];
  if (year === undefined || hour > 23 || minute > 59 || second > 59) return false;
  const date = new Date(Date.UTC(2000 + (year % 400), month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const KINDS = {
  null: 'null',
  bool: 'boolean',
  int: 'number',
  unsigned: 'number',
  float: 'number',
  timestamp: 'string',
  str: 'string',
} as const satisfies Record<Hint, TypedScalar['kind']>;

function stringOf(text: string): TypedScalar {
  return { kind: 'string', text, isFinite: true, isUnsigned: false };
}

export function resolveScalar({ text, tag, isPlain }: ScalarSource): TypedScalar | { readonly refused: string } {
  if (tag === '' && !isPlain) return stringOf(text);
  if (tag === `${PREFIX}binary`) return resolveBinary(text);
  const wanted = tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : tag;
  const isResolved = tag === '' || (tag.startsWith(PREFIX) && RESOLVED_TAGS.has(wanted));
  if (!isResolved) return stringOf(text);
  const hint = findHint(text);
  const fits = wanted === '' || wanted === hint || (wanted === 'float' && hint === 'int');
  if (!fits && !(wanted === 'int' && hint === 'unsigned'))
    return { refused: `cannot decode !!${hint} \`${text}\` as a !!${wanted}` };
  const isInfinite = hint === 'float' && NOT_FINITE.test(text);
  return { kind: KINDS[hint], text, isFinite: !isInfinite, isUnsigned: hint === 'unsigned' };
}

function resolveBinary(text: string): TypedScalar | { readonly refused: string } {
  const packed = text.replace(/[\r\n]/g, '');
  if (!BASE64.test(packed)) return { refused: '!!binary value contains invalid base64 data' };
  return stringOf(Buffer.from(packed, 'base64').toString('utf8'));
}
