/** A walk over the tokens of a query: look, take, or refuse what stands there. */
import { MalformedQuery, type Token, type TokenKind } from './tokens.ts';

export interface TokenCursor {
  readonly peek: () => Token;
  readonly take: () => Token;
  /** Takes the next token when it reads so, in any case of letters. */
  readonly accept: (...texts: readonly string[]) => string | null;
  readonly expect: (text: string) => void;
  readonly takeKind: (...kinds: readonly TokenKind[]) => Token;
  readonly refuse: (expected: string) => never;
}

export function createCursor(tokens: readonly Token[]): TokenCursor {
  const last = tokens.length - 1;
  let at = 0;
  const peek = (): Token => {
    const token = tokens[Math.min(at, last)];
    if (token === undefined) throw new MalformedQuery('empty query', { start: 0, end: 0 });
    return token;
  };
  const take = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const refuse = (expected: string): never => {
    const token = peek();
    throw new MalformedQuery(`expected ${expected}, got ${token.kind === 'end' ? 'the end' : token.text}`, token);
  };
  const accept = (...texts: readonly string[]): string | null => {
    const token = peek();
    const isPlain = token.kind === 'word' || token.kind === 'symbol';
    const found = isPlain ? texts.find((text) => text === token.text.toLowerCase()) : undefined;
    if (found === undefined) return null;
    at += 1;
    return found;
  };
  return {
    peek,
    take,
    accept,
    refuse,
    expect: (text) => {
      if (accept(text) === null) refuse(text);
    },
    takeKind: (...kinds) => (kinds.includes(peek().kind) ? take() : refuse(`a ${kinds.join(' or ')}`)),
  };
}
