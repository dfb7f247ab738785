/** JSON text that does not parse into the place and the reason; worded here, as each version of Node words it anew. */
import { skipBlanks } from './json-scan.ts';

export interface TextProblem {
  readonly offset: number;
  readonly problem: string;
}

type State = 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'after';

interface Step {
  readonly state: State;
  readonly next: number;
}

const MAY_CLOSE: ReadonlySet<State> = new Set(['first-item', 'first-key', 'after']);

/** null when the text is valid after all. */
export function findJsonProblem(text: string): TextProblem | null {
  const closers: string[] = [];
  let state: State = 'value';
  let at = skipBlanks(text, 0);
  while (state !== 'after' || closers.length > 0) {
    const step = takeStep(text, { state, next: at }, closers);
    if ('problem' in step) return step;
    state = step.state;
    at = skipBlanks(text, step.next);
  }
  return at < text.length ? problemAt(text, at, 'the end of the text') : null;
}

function takeStep(text: string, { state, next: at }: Step, closers: string[]): Step | TextProblem {
  const mark = text.charAt(at);
  const closer = closers.at(-1);
  if (MAY_CLOSE.has(state) && mark !== '' && mark === closer) {
    closers.pop();
    return { state: 'after', next: at + 1 };
  }
  switch (state) {
    case 'after':
      if (mark !== ',') return problemAt(text, at, `"," or "${closer}"`);
      return { state: closer === '}' ? 'key' : 'value', next: at + 1 };
    case 'colon':
      return mark === ':' ? { state: 'value', next: at + 1 } : problemAt(text, at, '":"');
    case 'key':
    case 'first-key':
      if (mark === '"') return takeString(text, at, 'colon');
      return problemAt(text, at, state === 'key' ? 'a key in double quotes' : 'a key in double quotes or "}"');
    case 'value':
    case 'first-item':
      if (mark === '{' || mark === '[') {
        closers.push(mark === '{' ? '}' : ']');
        return { state: mark === '{' ? 'first-key' : 'first-item', next: at + 1 };
      }
      return takeScalar(text, at) ?? problemAt(text, at, state === 'value' ? 'a value' : 'a value or "]"');
  }
}

const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function takeScalar(text: string, at: number): Step | TextProblem | null {
  if (text.charAt(at) === '"') return takeString(text, at, 'after');
  NUMBER_OR_WORD.lastIndex = at;
  return NUMBER_OR_WORD.test(text) ? { state: 'after', next: NUMBER_OR_WORD.lastIndex } : null;
}

function takeString(text: string, from: number, state: State): Step | TextProblem {
  let at = from + 1;
  while (at < text.length) {
    const mark = text.charAt(at);
    if (mark === '"') return { state, next: at + 1 };
    if (mark < ' ') return problemAt(text, at, 'a closing quote before the end of the line');
    ESCAPE.lastIndex = at;
    if (mark !== '\\') at += 1;
    else if (ESCAPE.test(text)) at = ESCAPE.lastIndex;
    else return problemAt(text, at, 'an escape that JSON knows');
  }
  return problemAt(text, at, 'a closing quote');
}

function problemAt(text: string, offset: number, wanted: string): TextProblem {
  const code = text.codePointAt(offset);
  const got = code === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(code));
  return { offset, problem: `expected ${wanted}, got ${got}` };
}
