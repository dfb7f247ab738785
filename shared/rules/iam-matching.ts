/** IAM's wildcards and policy variables: does a pattern of a policy cover an action, a resource, a value? */
import type { Statement } from '../model/iam.ts';
import { type RequestContext, readKey } from './iam-context.ts';
import { either, opposite, type Truth } from './iam-truth.ts';

/** Stand for a star and a question mark that are plain characters of a pattern. */
const PLAIN_STAR = '\uE000';
const PLAIN_MARK = '\uE001';

/** Greedy, with one point to go back to: linear in practice, and no pattern can make it explode. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < text.length; ) {
    const wanted = pattern.charAt(at);
    if (wanted === '*') {
      star = at++;
      resume = i;
    } else if (wanted === '?' || (wanted !== '' && matchesPlainly(wanted, text.charAt(i)))) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern.charAt(at) === '*') at++;
  return at === pattern.length;
}

function matchesPlainly(wanted: string, got: string): boolean {
  return wanted === got || (wanted === PLAIN_STAR && got === '*') || (wanted === PLAIN_MARK && got === '?');
}

/** Takes the wildcards out of a text that is to be matched as it stands. */
export function escapeGlob(text: string): string {
  return text.replaceAll('*', PLAIN_STAR).replaceAll('?', PLAIN_MARK);
}

/** Letter case does not matter in actions. `action` in lower case. */
export function coversAction({ actions, notActions }: Statement, action: string): boolean {
  const covers = (pattern: string) => pattern === '*' || matchesGlob(pattern.toLowerCase(), action);
  return actions !== null ? actions.some(covers) : !(notActions ?? []).some(covers);
}

export interface Resource {
  readonly arn: string;
  /** The ARN goes on with a part that nobody knows, such as the id at the end of an access entry's ARN. */
  readonly isCut: boolean;
}

/** A trust policy has no Resource: it is about its own role. */
export function coversResource(statement: Statement, resource: Resource, scope: PatternScope): Truth {
  const { resources, notResources } = statement;
  const patterns = resources ?? notResources;
  if (patterns === null) return true;
  let covered: Truth = false;
  for (const pattern of patterns) covered = either(covered, fitsResource(pattern, resource, scope));
  return resources !== null ? covered : opposite(covered);
}

function fitsResource(pattern: string, resource: Resource, scope: PatternScope): Truth {
  if (pattern === '*') return true;
  const expanded = expandPattern(pattern, scope);
  if (expanded === null) return false;
  // A star at the end of an ARN segment may reach over colons; one inside a segment cannot be told apart in real ARNs.
  const tail = resource.isCut ? '\uE002' : '';
  const fits = matchesExpanded(expanded, resource.arn + tail);
  if (fits !== false || !resource.isCut) return fits;
  const head = /^[^*?]*/.exec(expanded.pattern)?.[0] ?? '';
  return head.startsWith(resource.arn) && head !== resource.arn ? `the resource is ${pattern}` : false;
}

export interface PatternScope {
  readonly context: RequestContext;
  /** Version 2008-10-17 takes ${…} for plain text. */
  readonly hasVariables: boolean;
}

export interface ExpandedPattern {
  /** A variable that is not decided stands as a star. */
  readonly pattern: string;
  readonly undecided: readonly string[];
}

export function matchesExpanded({ pattern, undecided }: ExpandedPattern, text: string): Truth {
  if (!matchesGlob(pattern, text)) return false;
  return undecided.length === 0 ? true : `${undecided.join(' and ')} fits ${text}`;
}

const VARIABLE = /\$\{([^}]*)\}/g;

/** Puts values in the place of ${…}. null when a variable has no value: then nothing matches. */
export function expandPattern(pattern: string, { context, hasVariables }: PatternScope): ExpandedPattern | null {
  if (!hasVariables || !pattern.includes('${')) return { pattern, undecided: [] };
  const undecided: string[] = [];
  let hasValue = true;
  const expanded = pattern.replace(VARIABLE, (_, inner: string) => {
    if (inner === '*' || inner === '?' || inner === '$') return escapeGlob(inner);
    const [, key = inner, fallback = null] = /^(.*?), '(.*)'$/.exec(inner) ?? [];
    const value = readKey(context, key);
    if (value === 'undecided' || 'startsWith' in value) {
      undecided.push(key);
      return value === 'undecided' ? '*' : `${escapeGlob(value.startsWith)}*`;
    }
    const text = value.values.length === 1 ? value.values[0] : fallback; // a key with many values is no variable
    if (text === null || text === undefined) hasValue = false;
    return escapeGlob(text ?? '');
  });
  return hasValue ? { pattern: expanded, undecided } : null;
}

/** ARN operators compare the six parts one by one, so that no star reaches over a colon. */
export function matchesArn(pattern: string, text: string): boolean {
  const wanted = splitArn(pattern);
  const got = splitArn(text);
  return wanted.length === got.length && wanted.every((part, i) => matchesGlob(part, got[i] ?? ''));
}

function splitArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** A value of which only the start is known against a pattern. */
export function fitsStart(pattern: string, start: string): boolean | null {
  if (matchesGlob(pattern, `${start}\uE002`)) return true;
  const head = /^[^*?]*/.exec(pattern)?.[0] ?? '';
  return head.startsWith(start) || start.startsWith(head) ? null : false;
}
