/** Turns the text of an Insights query into tokens, each with its place; refuses what no token begins with. */

export type TokenKind = 'word' | 'string' | 'number' | 'regex' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What it stands for: strings and fields without their quotes, a regex without its slashes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What StartQuery answers as MalformedQueryException. */
export class MalformedQuery extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, at: { readonly start: number; readonly end: number }) {
    super(message);
    this.start = at.start;
    this.end = at.end;
  }
}

const BLANK = /(?:\s|#[^\n]*)*/y;

/** Division and the other operators of arithmetic are not among them: no query of ours uses any. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['regex', /\/((?:[^/\\\n]|\\.)+)\//y],
  ['string', /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y],
  ['word', /`([^`]+)`|[A-Za-z_@][\w.@]*/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['symbol', /!=|<=|>=|=~|[=<>()[\],|*]/y],
];

export function readTokens(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(query, 0);
  while (at < query.length) {
    const token = readToken(query, at);
    tokens.push(token);
    at = skipBlank(query, token.end);
  }
  return [...tokens, { kind: 'end', text: '', start: query.length, end: query.length }];
}

function skipBlank(query: string, from: number): number {
  BLANK.lastIndex = from;
  BLANK.exec(query);
  return BLANK.lastIndex;
}

function readToken(query: string, start: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const found = pattern.exec(query);
    if (found === null) continue;
    const inner = found[1] ?? found[2];
    const text = kind === 'string' ? (inner ?? '').replace(/\\(["'\\])/g, '$1') : (inner ?? found[0]);
    return { kind, text, start, end: pattern.lastIndex };
  }
  throw new MalformedQuery(`unexpected character ${query.slice(start, start + 1)}`, { start, end: start + 1 });
}
