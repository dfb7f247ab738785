/** The rules of a bus into those by which a test of the way would go. */
import { PATH_RULES, type PathRule } from '../model/alert-path.ts';
import { eventSourceOf, TEST_SOURCE } from '../rules/path-rules.ts';
import { fieldIn, textsIn } from './json-fields.ts';
import { parseJson } from './parse-json.ts';

export interface TestRules {
  readonly on: readonly PathRule[];
  /** Switched off. */
  readonly off: readonly PathRule[];
}

interface PatternedRule {
  readonly isOn: boolean;
  readonly pattern: string | null;
}

/** By their patterns: CloudFormation makes up the names. */
export function resolveTestRules(rules: readonly PatternedRule[]): TestRules {
  const taken = (isOn: boolean): readonly PathRule[] => {
    const sources = rules.filter((rule) => rule.isOn === isOn).flatMap(({ pattern }) => listSources(pattern));
    return PATH_RULES.filter((rule) => sources.includes(eventSourceOf(rule)));
  };
  const on = taken(true);
  return { on, off: taken(false).filter((rule) => !on.includes(rule)) };
}

/** Whose calls a rule takes, if it takes tests of them too. */
function listSources(text: string | null): readonly string[] {
  const pattern = text === null ? null : parseJson(text);
  return textsIn(pattern, 'source').includes(TEST_SOURCE) ? textsIn(fieldIn(pattern, 'detail'), 'eventSource') : [];
}
