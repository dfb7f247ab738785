/** IAM policy text, in any of the forms that AWS prints it, into one normal form. */
import type { PolicyDocument, Statement } from '../model/iam.ts';

export interface ParsedPolicy {
  readonly document: PolicyDocument;
  /** What had to be left out; a policy with problems must not be taken for fully understood. */
  readonly problems: readonly string[];
}

type Fields = ReadonlyMap<string, unknown>;

/** What an absent Version element means: the oldest language, without policy variables. */
const DEFAULT_VERSION = '2008-10-17';

/** Takes an object, its JSON text, or its URL-encoded JSON text. */
export function parsePolicyDocument(value: unknown, name: string, arn: string | null): ParsedPolicy {
  const fields = fieldsOf(typeof value === 'string' ? parseText(value) : value);
  const unread = { name, arn, statements: [], version: DEFAULT_VERSION };
  if (fields === null) return { document: unread, problems: [`expected a policy document, got ${describe(value)}`] };
  const version = fields.get('Version');
  const problems: string[] = [];
  const listed = fields.get('Statement');
  if (listed === undefined) problems.push('expected a Statement, got none');
  const statements: Statement[] = [];
  for (const [index, item] of (Array.isArray(listed) ? listed : listed === undefined ? [] : [listed]).entries()) {
    const parsed = parseStatement(item);
    if (typeof parsed === 'string') problems.push(`statement ${index + 1}: ${parsed}`);
    else statements.push(parsed);
  }
  return {
    document: { name, arn, statements, version: typeof version === 'string' ? version : DEFAULT_VERSION },
    problems,
  };
}

/** The IAM API URL-encodes documents (RFC 3986); the command line decodes them. */
function parseText(text: string): unknown {
  for (const candidate of [text, decodeUrl(text)]) {
    try {
      const value: unknown = JSON.parse(candidate);
      return typeof value === 'string' && value !== text ? parseText(value) : value;
    } catch {
      // Not JSON in this form: the next one may be.
    }
  }
  return null;
}

function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The statement, or what is wrong with it. */
function parseStatement(value: unknown): Statement | string {
  const fields = fieldsOf(value);
  if (fields === null) return `expected an object, got ${describe(value)}`;
  const effect = parseEffect(fields.get('Effect'));
  if (effect === null) return `expected Effect Allow or Deny, got ${describe(fields.get('Effect'))}`;
  const actions = parseTexts(fields, 'Action');
  const notActions = parseTexts(fields, 'NotAction');
  if ((actions === null) === (notActions === null)) return 'expected Action or NotAction, one of them';
  const resources = parseTexts(fields, 'Resource');
  const notResources = parseTexts(fields, 'NotResource');
  const principals = parsePrincipals(fields.get('Principal'));
  const notPrincipals = parsePrincipals(fields.get('NotPrincipal'));
  const conditions = parseConditions(fields.get('Condition'));
  for (const part of [actions, notActions, resources, notResources, principals, notPrincipals, conditions]) {
    if (typeof part === 'string') return part;
  }
  const sid = fields.get('Sid');
  return {
    sid: typeof sid === 'string' ? sid : null,
    effect,
    actions: orNull(actions),
    notActions: orNull(notActions),
    resources: orNull(resources),
    notResources: orNull(notResources),
    principals: orNull(principals),
    notPrincipals: orNull(notPrincipals),
    conditions: orNull(conditions) ?? {},
  };
}

function parseEffect(value: unknown): Statement['effect'] | null {
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return word === 'allow' ? 'Allow' : word === 'deny' ? 'Deny' : null;
}

/** null when the element is absent, a problem when it is no text or list of texts. */
function parseTexts(fields: Fields, element: string): readonly string[] | string | null {
  const value = fields.get(element);
  if (value === undefined) return null;
  return textsOf(value) ?? `expected ${element} to be text or a list of texts, got ${describe(value)}`;
}

function parsePrincipals(value: unknown): Statement['principals'] | string {
  if (value === undefined) return null;
  if (typeof value === 'string') return value === '*' ? { '*': ['*'] } : { AWS: [value] };
  const kinds = [...(fieldsOf(value) ?? [])].map(([kind, names]) => [kind, textsOf(names)] as const);
  if (kinds.length === 0) return `expected a principal, got ${describe(value)}`;
  const listed: [string, readonly string[]][] = [];
  for (const [kind, names] of kinds) {
    if (names === null) return `expected principals of kind ${kind.slice(0, 40)} to be texts`;
    listed.push([kind, names]);
  }
  return Object.fromEntries(listed);
}

function parseConditions(value: unknown): Statement['conditions'] | string {
  if (value === undefined) return {};
  const operators: [string, Record<string, readonly string[]>][] = [];
  const listed = fieldsOf(value);
  if (listed === null) return `expected Condition to be an object, got ${describe(value)}`;
  for (const [operator, keys] of listed) {
    const tests: [string, readonly string[]][] = [];
    const fields = fieldsOf(keys);
    if (fields === null)
      return `expected the condition ${operator.slice(0, 40)} to be an object, got ${describe(keys)}`;
    for (const [key, values] of fields) {
      const texts = textsOf(values);
      if (texts === null) return `expected the values of ${key.slice(0, 60)} to be texts, got ${describe(values)}`;
      tests.push([key, texts]);
    }
    operators.push([operator, Object.fromEntries(tests)]);
  }
  return Object.fromEntries(operators);
}

/** Numbers and booleans, which JSON policies may hold unquoted, become text. null when anything else is met. */
function textsOf(value: unknown): readonly string[] | null {
  const texts: string[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') return null;
    texts.push(String(item));
  }
  return texts;
}

function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

function orNull<T>(parsed: T | string | null): T | null {
  return typeof parsed === 'string' ? null : parsed;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
