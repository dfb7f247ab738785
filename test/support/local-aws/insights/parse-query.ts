/** Turns the text of an Insights query into its commands, and refuses every command and function it does not know. */
import { compileRegex, parseExpression, parseOperand } from './parse-expression.ts';
import { AGGREGATES, type Aggregate, type Column, type Command } from './syntax.ts';
import { createCursor, type TokenCursor } from './token-cursor.ts';
import { MalformedQuery, readTokens } from './tokens.ts';

const MAX_LIMIT = 100_000;

export function parseQuery(text: string): readonly Command[] {
  const cursor = createCursor(readTokens(text));
  const commands: Command[] = [];
  do {
    const before = commands.at(-1)?.kind;
    const token = cursor.peek();
    const command = parseCommand(cursor);
    if (before === 'dedup' && command.kind !== 'limit') {
      throw new MalformedQuery('only limit may follow dedup', token);
    }
    commands.push(command);
  } while (cursor.accept('|') !== null);
  if (cursor.peek().kind !== 'end') cursor.refuse('| or the end');
  return commands;
}

function parseCommand(cursor: TokenCursor): Command {
  const kind = cursor.accept('fields', 'display', 'dedup', 'filter', 'parse', 'stats', 'sort', 'limit');
  switch (kind) {
    case 'fields':
    case 'display':
    case 'dedup':
      return { kind, columns: parseColumns(cursor) };
    case 'filter':
      return { kind, condition: parseExpression(cursor) };
    case 'parse':
      return { kind, source: parseOperand(cursor), pattern: compileRegex(cursor.takeKind('regex')) };
    case 'stats':
      return {
        kind,
        aggregates: parseAggregates(cursor),
        by: cursor.accept('by') === null ? [] : parseColumns(cursor),
      };
    case 'sort':
      return { kind, keys: parseList(cursor, () => parseSortKey(cursor)) };
    case 'limit':
      return { kind, count: parseLimit(cursor) };
    default:
      return cursor.refuse('a known command');
  }
}

function parseList<T>(cursor: TokenCursor, parseItem: () => T): readonly T[] {
  const items = [parseItem()];
  while (cursor.accept(',') !== null) items.push(parseItem());
  return items;
}

function parseColumns(cursor: TokenCursor): readonly Column[] {
  return parseList(cursor, () => {
    const start = cursor.peek();
    const expression = parseExpression(cursor);
    if (cursor.accept('as') !== null) return { expression, name: cursor.takeKind('word').text };
    if (expression.kind !== 'field') throw new MalformedQuery('an expression needs a name', start);
    return { expression, name: expression.name };
  });
}

function parseAggregates(cursor: TokenCursor): readonly Aggregate[] {
  return parseList(cursor, () => {
    const token = cursor.takeKind('word');
    const name = AGGREGATES.find((known) => known === token.text.toLowerCase());
    if (name === undefined) throw new MalformedQuery(`unknown function ${token.text}`, token);
    cursor.expect('(');
    const argument = cursor.accept('*') === null ? parseOperand(cursor) : null;
    cursor.expect(')');
    const shown = argument?.kind === 'field' ? argument.name : '*';
    const alias = cursor.accept('as') === null ? `${name}(${shown})` : cursor.takeKind('word').text;
    return { function: name, argument, name: alias };
  });
}

function parseSortKey(cursor: TokenCursor) {
  const expression = parseOperand(cursor);
  return { expression, isDescending: cursor.accept('asc', 'desc') !== 'asc' };
}

function parseLimit(cursor: TokenCursor): number {
  const token = cursor.takeKind('number');
  const count = Number(token.text);
  if (!Number.isInteger(count) || count < 1 || count > MAX_LIMIT) throw new MalformedQuery('limit out of range', token);
  return count;
}
