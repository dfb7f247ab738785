/** A small reader of the filter patterns of CloudWatch Logs: JSON patterns, and any-of terms. */
type Match = (event: unknown, message: string) => boolean;

/** Throws for what CloudWatch Logs does not take, or we never write. */
export function readFilterPattern(pattern: string): (message: string) => boolean {
  const match = pattern.startsWith('{') ? readJsonPattern(pattern) : readTerms(pattern);
  return (message) => match(parse(message), message);
}

function parse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function readTerms(pattern: string): Match {
  const terms = [...pattern.matchAll(/\?"([^"]*)"/g)].map(([, term = '']) => term);
  if (terms.map((term) => `?"${term}"`).join(' ') !== pattern) throw new SyntaxError(`expected terms, got ${pattern}`);
  return (_event, message) => terms.some((term) => message.includes(term));
}

const TOKEN = /\s*(\(|\)|&&|\|\||!=|<=|>=|=|<|>|\$(?:\.[A-Za-z0-9_]+)+|"[^"]*"|-?\d+(?:\.\d+)?|[{}])/y;

function readJsonPattern(pattern: string): Match {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(pattern) ?? [];
    if (token === undefined) throw new SyntaxError(`expected a token at ${at} of ${pattern}`);
    tokens.push(token);
  }
  const take = (wanted?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new SyntaxError(`expected ${wanted ?? 'more'}, got ${token ?? 'the end'}`);
    return token;
  };
  const readAny = (): Match => {
    const parts = [readAll()];
    while (tokens[0] === '||') {
      take();
      parts.push(readAll());
    }
    return (event, message) => parts.some((part) => part(event, message));
  };
  const readAll = (): Match => {
    const parts = [readOne()];
    while (tokens[0] === '&&') {
      take();
      parts.push(readOne());
    }
    return (event, message) => parts.every((part) => part(event, message));
  };
  const readOne = (): Match => {
    if (tokens[0] !== '(') return readComparison(take(), take(), take());
    take('(');
    const inner = readAny();
    take(')');
    return inner;
  };
  take('{');
  const match = readAny();
  take('}');
  return match;
}

/** A selector that leads to nothing, or to an object, never matches: not even with `!=`. */
function readComparison(selector: string, operator: string, operand: string): Match {
  const path = selector.split('.').slice(1);
  const isText = operand.startsWith('"');
  const wanted = isText ? operand.slice(1, -1) : Number(operand);
  return (event) => {
    let value: unknown = event;
    for (const key of path) value = typeof value === 'object' && value !== null ? Object(value)[key] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    if (operator === '<') return Number(value) < Number(wanted);
    const isEqual = typeof wanted === 'string' ? isLike(String(value), wanted) : Number(value) === wanted;
    if (operator === '=') return isEqual;
    if (operator === '!=') return !isEqual;
    throw new SyntaxError(`expected =, != or <, got ${operator}`);
  };
}

function isLike(value: string, wanted: string): boolean {
  const parts = wanted.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(value);
}
