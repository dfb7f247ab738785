/** Turns the tokens of a condition into an expression: `or` binds weakest, then `and`, then `not`. */
import type { Expression } from './syntax.ts';
import type { TokenCursor } from './token-cursor.ts';
import { MalformedQuery, type Token } from './tokens.ts';

export function parseExpression(cursor: TokenCursor): Expression {
  return parseTerms(cursor, 'or', () => parseTerms(cursor, 'and', () => parseNot(cursor)));
}

function parseTerms(cursor: TokenCursor, kind: 'and' | 'or', parseTerm: () => Expression): Expression {
  const first = parseTerm();
  const terms = [first];
  while (cursor.accept(kind) !== null) terms.push(parseTerm());
  return terms.length === 1 ? first : { kind, terms };
}

function parseNot(cursor: TokenCursor): Expression {
  return cursor.accept('not') === null ? parseComparison(cursor) : { kind: 'not', term: parseNot(cursor) };
}

function parseComparison(cursor: TokenCursor): Expression {
  const left = parseOperand(cursor);
  const isNegated = cursor.accept('not') !== null;
  if (cursor.accept('like', '=~') !== null) return { kind: 'like', left, isNegated, pattern: parsePattern(cursor) };
  if (cursor.accept('in') !== null) return { kind: 'in', left, isNegated, values: parseList(cursor) };
  if (isNegated) cursor.refuse('like or in');
  const operator = cursor.accept('=', '!=', '<', '<=', '>', '>=');
  return operator === null ? left : { kind: 'compare', operator, left, right: parseOperand(cursor) };
}

/** Also reads the argument of an aggregate. */
export function parseOperand(cursor: TokenCursor): Expression {
  if (cursor.accept('(') !== null) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  const token = cursor.takeKind('word', 'string', 'number');
  if (token.kind !== 'word') return { kind: 'value', value: token.text };
  if (cursor.accept('(') === null) return { kind: 'field', name: token.text };
  const name = token.text.toLowerCase();
  if (name !== 'ispresent' && name !== 'strcontains') throw new MalformedQuery(`unknown function ${token.text}`, token);
  const args = [parseOperand(cursor)];
  while (cursor.accept(',') !== null) args.push(parseOperand(cursor));
  cursor.expect(')');
  return { kind: 'call', name, args };
}

function parseList(cursor: TokenCursor): readonly string[] {
  cursor.expect('[');
  const values = [cursor.takeKind('string', 'number').text];
  while (cursor.accept(',') !== null) values.push(cursor.takeKind('string', 'number').text);
  cursor.expect(']');
  return values;
}

/** A string is looked for as it stands, a regex as what it is. */
function parsePattern(cursor: TokenCursor): RegExp {
  const token = cursor.takeKind('regex', 'string');
  return token.kind === 'regex' ? compileRegex(token) : new RegExp(token.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
}

/**
 * AWS does not say which engine reads them. What some engines lack (looking around, referring back) is refused here, so
 * that no query of ours comes to need it.
 */
export function compileRegex(token: Token): RegExp {
  const [, caseMark, source = ''] = /^(\(\?i\))?(.*)$/s.exec(token.text) ?? [];
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]/.test(source)) throw new MalformedQuery('regex with lookaround or reference', token);
  try {
    return new RegExp(source, caseMark === undefined ? '' : 'i');
  } catch {
    throw new MalformedQuery('regex that does not compile', token);
  }
}
