/** The condition operators of IAM: how one value of a request is compared with one value of a policy. */
import { BlockList, isIP } from 'node:net';
import { escapeGlob, matchesArn, matchesGlob } from './iam-matching.ts';
import { isoTime } from './time.ts';

export interface Operator {
  /** Between key and values, when the condition is told in words. */
  readonly words: string;
  /** True for the operators that hold when nothing matches, and so when the key is absent. */
  readonly isNegated: boolean;
  /** String and ARN operators alone know policy variables. */
  readonly hasVariables: boolean;
  /** Prepares a policy's value, before its variables are put in. */
  readonly toPattern: (value: string) => string;
  readonly matches: (pattern: string, value: string) => boolean;
}

const asIs = (value: string) => value;
const sameText = (pattern: string, value: string) => pattern === value;
const sameWord = (pattern: string, value: string) => pattern.toLowerCase() === value.toLowerCase();
const foldedGlob = (pattern: string, value: string) => matchesGlob(pattern.toLowerCase(), value.toLowerCase());

function operator(words: string, matches: Operator['matches'], more: Partial<Operator> = {}): Operator {
  return { words, isNegated: false, hasVariables: false, toPattern: asIs, matches, ...more };
}

function textOperator(words: string, matches: Operator['matches'], more: Partial<Operator> = {}): Operator {
  return operator(words, matches, { hasVariables: true, ...more });
}

const EXACT = { toPattern: escapeGlob };
const NEGATED = { isNegated: true };

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['stringequals', textOperator('is', matchesGlob, EXACT)],
  ['stringnotequals', textOperator('is not', matchesGlob, { ...EXACT, ...NEGATED })],
  ['stringequalsignorecase', textOperator('is', foldedGlob, EXACT)],
  ['stringnotequalsignorecase', textOperator('is not', foldedGlob, { ...EXACT, ...NEGATED })],
  ['stringlike', textOperator('is like', matchesGlob)],
  ['stringnotlike', textOperator('is not like', matchesGlob, NEGATED)],
  ['arnequals', textOperator('is like', matchesArn)],
  ['arnlike', textOperator('is like', matchesArn)],
  ['arnnotequals', textOperator('is not like', matchesArn, NEGATED)],
  ['arnnotlike', textOperator('is not like', matchesArn, NEGATED)],
  ['bool', operator('is', sameWord)],
  ['binaryequals', operator('is', sameText)],
  ['ipaddress', operator('is in', liesInRange)],
  ['notipaddress', operator('is not in', liesInRange, NEGATED)],
  ...listComparisons('numeric', toNumber),
  ...listComparisons('date', toTime),
]);

/** null for an operator that IAM does not know. Letter case does not matter. */
export function findOperator(name: string): Operator | null {
  return OPERATORS.get(name.toLowerCase()) ?? null;
}

function listComparisons(kind: string, read: (text: string) => number): [string, Operator][] {
  const compare = (holds: (value: number, limit: number) => boolean) => (pattern: string, value: string) =>
    holds(read(value), read(pattern)); // NaN compares as false with everything
  return [
    [
      `${kind}equals`,
      operator(
        'is',
        compare((value, limit) => value === limit),
      ),
    ],
    [
      `${kind}notequals`,
      operator(
        'is not',
        compare((value, limit) => value === limit),
        NEGATED,
      ),
    ],
    [
      `${kind}lessthan`,
      operator(
        'is below',
        compare((value, limit) => value < limit),
      ),
    ],
    [
      `${kind}lessthanequals`,
      operator(
        'is at most',
        compare((value, limit) => value <= limit),
      ),
    ],
    [
      `${kind}greaterthan`,
      operator(
        'is above',
        compare((value, limit) => value > limit),
      ),
    ],
    [
      `${kind}greaterthanequals`,
      operator(
        'is at least',
        compare((value, limit) => value >= limit),
      ),
    ],
  ];
}

function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** ISO 8601, or seconds since 1970. */
function toTime(text: string): number {
  return Date.parse(isoTime(/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text) ?? '');
}

/** Without a prefix length the range is the one address. */
function liesInRange(range: string, value: string): boolean {
  const [address = '', length] = range.split('/');
  const family = isIP(address);
  const bits = length === undefined ? (family === 4 ? 32 : 128) : Number(length);
  if (family === 0 || isIP(value) === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(value, isIP(value) === 4 ? 'ipv4' : 'ipv6');
}
