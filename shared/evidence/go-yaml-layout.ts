/**
 * Rewrites YAML text, character for character, so that the `yaml` library finds in it the structure that go-yaml v2
 * finds: scalars become fillers whose true values are kept beside, flow collections lie on one line, and what comes
 * after the first document is cut off. Or says why go-yaml refuses the text.
 */
import { scanContent } from './go-yaml-content.ts';
import { scanIndicator } from './go-yaml-indicators.ts';
import { type LaidOutScalar, ScanState } from './go-yaml-state.ts';
import { breakLength, isBreak, isDocumentMarker, type Refused } from './go-yaml-text.ts';

export interface Layout {
  readonly text: string;
  /** By the offset at which they start. */
  readonly scalars: ReadonlyMap<number, LaidOutScalar>;
  /** Where text begins that go-yaml never looks at, because the document has ended before; null when it reads all. */
  readonly ignoredFrom: number | null;
}

const CONTROL = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ufffd]/;
const MARKER = /^(?:---|\.\.\.)/;

export function layOut(text: string): Layout | Refused {
  const control = CONTROL.exec(text);
  if (control !== null) return { refused: 'control characters are not allowed', at: control.index };
  const state = new ScanState(text);
  let end: number | null = null;
  while (end === null && state.refusal === null) end = scanNext(state);
  if (state.refusal !== null) return state.refusal;
  const stop = end ?? text.length;
  return { text: state.cursor.rewritten(stop), scalars: state.scalars, ignoredFrom: findIgnored(text, stop) };
}

/** The first place behind the document that holds more than comments and markers. */
function findIgnored(text: string, stop: number): number | null {
  let at = stop;
  for (const line of text.slice(stop).split('\n')) {
    const content = line.replace(MARKER, '').trimStart();
    if (content !== '' && !content.startsWith('#')) return at + line.indexOf(content);
    at += line.length + 1;
  }
  return null;
}

/** Goes one token on; gives the offset where the document ends once it has come there. */
function scanNext(state: ScanState): number | null {
  const { cursor, nesting } = state;
  skipToToken(state);
  nesting.unroll(cursor.column);
  const end = cursor.at;
  const isMarker = !nesting.inFlow && state.isTouched && isDocumentMarker(cursor.text, end);
  if (cursor.isAtEnd || isMarker) {
    state.dropKey();
    return end;
  }
  if (isPastRoot(state)) {
    lookAhead(state);
    return end;
  }
  scanToken(state);
  return null;
}

function scanToken(state: ScanState): void {
  if (!scanIndicator(state)) scanContent(state);
  state.tokenEnd = state.cursor.at;
}

/** A tab counts as a blank only where no key may begin. */
function skipToToken(state: ScanState): void {
  const { cursor, nesting } = state;
  for (;;) {
    const { char } = cursor;
    if (char === ' ' || (char === '\t' && (nesting.inFlow || !state.keyAllowed))) {
      cursor.passGap(cursor.at + 1, nesting.inFlow);
    } else if (char === '#') {
      cursor.passComment(nesting.inFlow);
    } else if (isBreak(char)) {
      cursor.passGap(cursor.at + breakLength(cursor.text, cursor.at), nesting.inFlow);
      if (!nesting.inFlow) state.keyAllowed = true;
    } else break;
  }
  if (!nesting.expireKeys(cursor.at, cursor.line)) state.refuse("could not find expected ':'");
}

function isPastRoot({ cursor, nesting, isRooted }: ScanState): boolean {
  if (nesting.inFlow || !isRooted || nesting.indent >= 0) return false;
  return !(cursor.char === ':' && cursor.isSpaced && nesting.level.key !== null);
}

/** go-yaml reads on until it knows that no key begins there, so what it cannot even scan spoils all. */
function lookAhead(state: ScanState): void {
  const { cursor, nesting } = state;
  const start = cursor.at;
  state.inTail = true;
  do {
    skipToToken(state);
    if (cursor.isAtEnd) return;
    scanToken(state);
    nesting.expireKeys(cursor.at, cursor.line);
  } while (state.refusal === null && nesting.hasKeyAt(start));
}
