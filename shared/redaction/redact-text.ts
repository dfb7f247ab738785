/**
 * Any text of an evidence folder into one that says the same about other names. Whatever Keyholder does not know by
 * name is replaced, wherever it stands: so nothing has to be recognised as a secret to be taken out, joins hold since
 * a word is always replaced by the same, and nothing that decides an answer is lost.
 */
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';
import { VOCABULARY } from './vocabulary.ts';

export interface Redactor {
  readonly redact: (text: string) => string;
}

export interface RedactorOptions {
  readonly seed: string;
  /** Texts with an answer of their own, such as fingerprints: they depend on what is renamed. */
  readonly renamed?: ReadonlyMap<string, string>;
}

/**
 * Letters that are written as escapes or percent signs would otherwise pass as something else: those of UTF-8 take two
 * signs and more, those that lie beyond \uffff two escapes.
 */
const HIDDEN_LETTER =
  /\\+u(d[89ab][0-9a-f]{2})\\+u(d[c-f][0-9a-f]{2})|\\+u([0-9a-f]{4})|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}/gi;
const SEPARATOR_ESCAPE = String.raw`\\+[nrtbf]|\\+u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}`;
const TIME = String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\p{L}\p{N}])|\d\d:\d\d:\d\d(?:\.\d+)?(?![\p{L}\p{N}:])|(?<![\p{L}\p{N}])20\d{6}T\d{4,6}Z(?![\p{L}\p{N}])`;
const REGION = String.raw`(?<![\p{L}\p{N}-])(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-(?:gov|iso[a-z]?))?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d[a-z]?(?![\p{L}\p{N}])`;
/** Of AWS by their form: its managed policies, service-linked roles, and what it prefixes with `eks:`. */
const OWN_NAMES = [
  String.raw`(?<=:iam::aws:(?:policy|role)/|:eks::aws:cluster-access-policy/)[\w/-]+`,
  String.raw`(?<![\p{L}\p{N}])AWSServiceRoleFor[A-Z][A-Za-z0-9]*(?![\p{L}\p{N}])`,
  String.raw`(?<![\p{L}\p{N}])eks:[A-Za-z*-]+`,
].join('|');
const IPV4 = String.raw`(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}]|\.\d)`;
const IPV4_HOST = String.raw`(?<![\p{L}\p{N}])ip-(?:\d{1,3}-){3}\d{1,3}(?![\p{L}\p{N}])`;
const IPV6 = String.raw`(?<![\p{L}\p{N}:])(?:[0-9a-fA-F]{1,4}:){2,7}(?::|[0-9a-fA-F]{1,4})(?:[0-9a-fA-F:]{0,30})(?![\p{L}\p{N}:])`;
const UUID = String.raw`(?<![\p{L}\p{N}-])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![\p{L}\p{N}-])`;

const LEXEME = new RegExp(
  [
    `(?<kept>${[SEPARATOR_ESCAPE, TIME, REGION, OWN_NAMES].join('|')})`,
    `(?<uuid>${UUID})`,
    `(?<ipv4>${IPV4})`,
    `(?<host>${IPV4_HOST})`,
    `(?<ipv6>${IPV6})`,
    String.raw`(?<word>[\p{L}\p{N}\p{M}]+)`,
  ].join('|'),
  'gu',
);

/** Grows with the distinct words of a log; forgetting them costs time alone. */
const MOST_REMEMBERED = 200_000;

export function createRedactor({ seed, renamed = new Map() }: RedactorOptions): Redactor {
  const pseudonyms = createPseudonyms(seed);
  const remembered = new Map<string, string>();
  const replaceWord = (word: string): string => {
    const known = renamed.get(word) ?? remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const replaced = renameWord(word, pseudonyms);
    remembered.set(word, replaced);
    return replaced;
  };
  return {
    redact: (text) =>
      text
        .replace(HIDDEN_LETTER, showLetter)
        .replace(LEXEME, (...match) => replaceLexeme(match, { pseudonyms, replaceWord })),
  };
}

function showLetter(whole: string, ...units: readonly unknown[]): string {
  const escaped = units.slice(0, 3).flatMap((unit) => (typeof unit === 'string' ? Number.parseInt(unit, 16) : []));
  const bytes = Buffer.from(whole.replaceAll('%', ''), 'hex');
  const letter =
    escaped.length > 0 ? String.fromCharCode(...escaped) : bytes.toString(bytes.length > 1 ? 'utf8' : 'latin1');
  return /^[\p{L}\p{N}\p{M}]$/u.test(letter) ? letter : whole;
}

interface Replacing {
  readonly pseudonyms: Pseudonyms;
  readonly replaceWord: (word: string) => string;
}

function replaceLexeme(match: readonly unknown[], { pseudonyms, replaceWord }: Replacing): string {
  const text = String(match[0]);
  const groups = match.at(-1);
  const is = (name: string): boolean =>
    typeof groups === 'object' && groups !== null && Reflect.get(groups, name) !== undefined;
  if (is('kept')) return text;
  if (is('uuid')) return text.replace(/[0-9a-fA-F]+/g, (part) => pseudonyms.hex(part));
  if (is('ipv4')) return OPEN_ADDRESSES.has(text) ? text : pseudonyms.ipv4(text);
  if (is('host')) return `ip-${pseudonyms.ipv4(text.slice(3).replaceAll('-', '.')).replaceAll('.', '-')}`;
  if (is('ipv6')) return OPEN_ADDRESSES.has(text) ? text : pseudonyms.ipv6(text);
  return replaceWord(text);
}

/** They name nobody, and decide what is open. */
const OPEN_ADDRESSES = new Set(['0.0.0.0', '127.0.0.1', '255.255.255.255', '::', '::1']);

const SHORT_NUMBER = 5;
/** Seconds or milliseconds of this century. */
const EPOCH = /^1\d{9}(?:\d{3})?$/;
const DAY = /^20\d{6}$/;

function renameWord(word: string, pseudonyms: Pseudonyms): string {
  if (/^\d+$/.test(word)) {
    return word.length <= SHORT_NUMBER || EPOCH.test(word) || DAY.test(word) ? word : pseudonyms.digits(word);
  }
  if (/^[A-Z]{4}[A-Z0-9]{12,}$/.test(word) && ID_PREFIXES.has(word.slice(0, 4))) return pseudonyms.id(word);
  if (/^[0-9a-f]{16,}$/.test(word)) return pseudonyms.hex(word);
  return VOCABULARY.has(word.toLowerCase()) || /^v\d+(?:(?:alpha|beta)\d+)?$/.test(word) ? word : pseudonyms.word(word);
}

const ID_PREFIXES = new Set([
  'AKIA',
  'ASIA',
  'AROA',
  'AIDA',
  'AGPA',
  'AIPA',
  'ANPA',
  'ANVA',
  'APKA',
  'ASCA',
  'ABIA',
  'ACCA',
]);
