/** Scans the YAML tokens that make structure: dashes, colons, question marks, brackets, commas, markers and directives. */
import type { ScanState } from './go-yaml-state.ts';
import { isDocumentMarker } from './go-yaml-text.ts';

/** False when no such token stands here. */
export function scanIndicator(state: ScanState): boolean {
  const { cursor, nesting } = state;
  const { char } = cursor;
  const isIndicator = cursor.isSpaced || nesting.inFlow;
  if (cursor.column === 0 && char === '%') scanDirective(state);
  else if (isDocumentMarker(cursor.text, cursor.at)) scanMarker(state);
  else if (char === '[' || char === '{') openFlow(state);
  else if (char === ']' || char === '}') closeFlow(state);
  else if (char === ',') scanComma(state);
  else if (char === '-' && cursor.isSpaced) scanDash(state);
  else if (char === '?' && isIndicator) scanQuestion(state);
  else if (char === ':' && isIndicator) scanColon(state);
  else return false;
  return true;
}

function scanDirective(state: ScanState): void {
  const { cursor } = state;
  const line = /^.*/.exec(cursor.text.slice(cursor.at))?.[0] ?? '';
  if (!/^%YAML[ \t]+1\.1[ \t]*(?:#.*)?$|^%TAG[ \t]/.test(line)) state.refuse('found unknown directive name');
  cursor.at += line.length;
  state.keyAllowed = false;
}

function scanMarker(state: ScanState): void {
  if (state.nesting.inFlow) state.misplace('found a document marker inside a flow collection');
  if (state.cursor.char === '.') state.misplace('did not find expected node content');
  state.dropKey();
  state.isTouched = true;
  state.keyAllowed = false;
  state.cursor.at += 3;
}

function openFlow(state: ScanState): void {
  const bracket = state.cursor.char;
  state.startKey();
  state.nesting.openFlow(bracket);
  state.limitDepth();
  state.keyAllowed = true;
  state.cursor.at += 1;
}

function closeFlow(state: ScanState): void {
  state.dropKey();
  if (!state.nesting.closeFlow()) state.misplace('found a closing bracket without an opening one');
  state.completeNode();
  state.keyAllowed = false;
  state.cursor.at += 1;
}

function scanComma(state: ScanState): void {
  if (!state.nesting.inFlow) state.misplace("found ',' outside of a flow collection");
  state.dropKey();
  state.nesting.nextItem();
  state.keyAllowed = true;
  state.cursor.at += 1;
}

function scanDash(state: ScanState): void {
  const { cursor, nesting } = state;
  const refused = 'block sequence entries are not allowed in this context';
  if (nesting.inFlow) state.misplace(refused);
  else if (!state.keyAllowed) state.refuse(refused);
  if (state.question === cursor.column && nesting.level.isComplete) state.misplace('did not find expected key');
  state.isTouched = true;
  rollEntry(state);
  state.keyAllowed = true;
}

function scanQuestion(state: ScanState): void {
  const { cursor, nesting } = state;
  if (!nesting.inFlow && !state.keyAllowed) state.refuse('mapping keys are not allowed in this context');
  state.startNode();
  if (nesting.inFlow) scanFlowQuestion(state);
  else state.question = cursor.column;
  rollEntry(state);
  state.keyAllowed = !nesting.inFlow;
}

/** In `{}` the mark says nothing that its place does not say; with no blank behind it `yaml` would not know it. */
function scanFlowQuestion(state: ScanState): void {
  const { cursor } = state;
  const { level } = state.nesting;
  if (level.isExplicit || level.isValued) state.misplace('did not find expected node content');
  level.isExplicit = true;
  if (level.bracket === '{') cursor.fill(' ', cursor.at, cursor.at + 1);
  else if (!cursor.isSpaced) state.misplace("found '?' with no blank behind it");
}

/** A `-` or `?` may open a collection, but not right behind a complete node. */
function rollEntry(state: ScanState): void {
  const { cursor, nesting } = state;
  if (state.roll(cursor.column) && nesting.level.isComplete) state.misplace('did not find expected key');
  if (!nesting.inFlow) nesting.level.isComplete = false;
  state.dropKey();
  cursor.at += 1;
}

function scanColon(state: ScanState): void {
  const { cursor, nesting } = state;
  const { level } = nesting;
  if (level.key !== null) {
    state.roll(level.key.column);
    level.key = null;
    state.keyAllowed = false;
  } else if (nesting.inFlow) {
    if (!level.isExplicit) state.misplace("did not find expected ',' or closing bracket");
    level.isExplicit = false;
    state.keyAllowed = false;
  } else {
    if (!state.keyAllowed) state.refuse('mapping values are not allowed in this context');
    if (state.roll(cursor.column)) state.misplace('did not find expected key');
    state.keyAllowed = true;
  }
  level.isValued = true;
  level.isComplete = false;
  state.question = null;
  cursor.at += 1;
}
