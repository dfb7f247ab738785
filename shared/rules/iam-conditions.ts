/** The Condition of a statement into true, false, or the words of what a request would have to fulfil. */
import type { Statement } from '../model/iam.ts';
import { type KeyValue, readKey } from './iam-context.ts';
import { type ExpandedPattern, expandPattern, fitsStart, type PatternScope } from './iam-matching.ts';
import { findOperator, type Operator } from './iam-operators.ts';
import { both, either, opposite, type Truth } from './iam-truth.ts';

interface Test {
  readonly operator: Operator;
  readonly quantifier: 'all' | 'any' | null;
  readonly ifExists: boolean;
  /** What decides it, in words. */
  readonly words: string;
}

/** All operators and all keys must hold. */
export function meetsConditions(conditions: Statement['conditions'], scope: PatternScope): Truth {
  let met: Truth = true;
  for (const [name, keys] of Object.entries(conditions)) {
    for (const [key, values] of Object.entries(keys)) {
      met = both(met, meetsCondition(name, { key, values }, scope));
      if (met === false) return false;
    }
  }
  return met;
}

interface Comparison {
  readonly key: string;
  readonly values: readonly string[];
}

function meetsCondition(name: string, { key, values }: Comparison, scope: PatternScope): Truth {
  const actual = readKey(scope.context, key);
  if (name.toLowerCase() === 'null') return meetsNull(key, values, actual);
  const test = parseTest(name, key, values);
  if (test === null) return `${key} fulfils ${name}`;
  const patterns = listPatterns(test.operator, values, scope);
  if (actual === 'undecided') {
    const neverMatches =
      patterns.length === 0 && !test.operator.isNegated && !test.ifExists && test.quantifier !== 'all';
    return neverMatches ? false : test.words;
  }
  if ('startsWith' in actual) return meetsStart(test, patterns, actual.startsWith);
  if (actual.values.length === 0) return holdsWhenAbsent(test);
  return meetsValues(test, patterns, actual.values);
}

/** `true`: the key must be absent. */
function meetsNull(key: string, values: readonly string[], actual: KeyValue): Truth {
  let met: Truth = false;
  for (const value of values) {
    const wantsAbsent = value.toLowerCase() === 'true';
    if (actual === 'undecided') met = either(met, `${key} is ${wantsAbsent ? 'absent' : 'present'}`);
    else met = either(met, wantsAbsent === ('values' in actual && actual.values.length === 0));
  }
  return met;
}

function holdsWhenAbsent({ operator, quantifier, ifExists }: Test): boolean {
  if (ifExists || quantifier === 'all') return true;
  return quantifier === null && operator.isNegated;
}

function meetsValues(test: Test, patterns: readonly ExpandedPattern[], actual: readonly string[]): Truth {
  const matched = actual.map((value) => matchesAny(test.operator, patterns, value));
  const { isNegated } = test.operator;
  if (test.quantifier === 'all')
    return matched.map((truth) => (isNegated ? opposite(truth) : truth)).reduce(both, true);
  if (test.quantifier === 'any')
    return matched.map((truth) => (isNegated ? opposite(truth) : truth)).reduce(either, false);
  const some = matched.reduce(either, false);
  return isNegated ? opposite(some) : some;
}

function matchesAny(operator: Operator, patterns: readonly ExpandedPattern[], value: string): Truth {
  let matched: Truth = false;
  for (const { pattern, undecided } of patterns) {
    if (!operator.matches(pattern, value)) continue;
    matched = either(matched, undecided.length === 0 ? true : `${undecided.join(' and ')} fits ${value}`);
  }
  return matched;
}

/** For a value of which only the start is known; only patterns of texts can tell anything. */
function meetsStart(test: Test, patterns: readonly ExpandedPattern[], start: string): Truth {
  if (!test.operator.hasVariables) return test.words;
  const fits = patterns.map(({ pattern }) => fitsStart(pattern, start));
  const matched: Truth = fits.includes(true) ? true : fits.includes(null) ? test.words : false;
  if (!test.operator.isNegated || matched === test.words) return matched;
  return opposite(matched);
}

/** Patterns whose variables have no value match nothing, and are left out. */
function listPatterns(operator: Operator, values: readonly string[], scope: PatternScope): readonly ExpandedPattern[] {
  const own = operator.hasVariables ? scope : { ...scope, hasVariables: false };
  return values.map((value) => expandExactly(operator, value, own)).filter((pattern) => pattern !== null);
}

/** The wildcards of an exact operator are plain text, those inside ${…} are names of characters. */
function expandExactly(operator: Operator, value: string, scope: PatternScope): ExpandedPattern | null {
  const parts = scope.hasVariables ? value.split(/(\$\{[^}]*\})/) : [value];
  const prepared = parts.map((part) => (scope.hasVariables && part.startsWith('${') ? part : operator.toPattern(part)));
  return expandPattern(prepared.join(''), scope);
}

function parseTest(name: string, key: string, values: readonly string[]): Test | null {
  const parts = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/i.exec(name);
  const operator = findOperator(parts?.[2] ?? '');
  if (operator === null) return null;
  const set = parts?.[1]?.toLowerCase();
  const quantifier = set === 'forallvalues' ? 'all' : set === 'foranyvalue' ? 'any' : null;
  const ifExists = parts?.[3] !== undefined;
  const subject = quantifier === null ? key : quantifier === 'all' ? `every value of ${key}` : `a value of ${key}`;
  const words = `${subject} ${operator.words} ${nameValues(key, values)}${ifExists ? ' or absent' : ''}`;
  return { operator, quantifier, ifExists, words };
}

const SHOWN_VALUES = 3;
const SHOWN_LENGTH = 100;

function nameValues(key: string, values: readonly string[]): string {
  // Whoever holds an external id is half way in: a report is no place for it.
  if (key.toLowerCase() === 'sts:externalid') return 'what the policy asks for';
  const shown = values
    .slice(0, SHOWN_VALUES)
    .map((value) => (value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value));
  const more = values.length - shown.length;
  return shown.length === 0 ? 'nothing' : shown.join(', ') + (more > 0 ? ` or one of ${more} more` : '');
}
