/** Scans the YAML tokens that make content (anchors, aliases, tags, scalars), keeps the scalars' values and puts fillers in their places. */
import { scanBlock } from './go-yaml-block.ts';
import { scanQuoted } from './go-yaml-quoted.ts';
import type { ScanState } from './go-yaml-state.ts';
import { isBlankOrEnd, scanPlain } from './go-yaml-text.ts';

const MAX_NAME = 1024;
const TAG = /^!(?:<[\w\-;/?:@&=+$,.!~*'()[\]%]+>|[\w\-;/?:@&=+$,.!~*'()[\]%]*)$/;
const ORDINARY_TAG = /^!(?:!?\w*|[\w-]+!\S*|<\S*>)$/;

export function scanContent(state: ScanState): void {
  const { char } = state.cursor;
  if (char === '*' || char === '&') scanAnchor(state);
  else if (char === '!') scanTag(state);
  else if ((char === '|' || char === '>') && !state.nesting.inFlow) scanBlockScalar(state);
  else if (char === '"' || char === "'") scanQuotedScalar(state);
  else if (isBlankOrEnd(char) || '|>%@`'.includes(char)) state.refuse('found character that cannot start any token');
  else scanPlainScalar(state);
}

function scanAnchor(state: ScanState): void {
  const { cursor } = state;
  const { char, at: start } = cursor;
  state.startKey();
  const name = /^[0-9A-Za-z_-]*/.exec(cursor.text.slice(start + 1, start + 1 + MAX_NAME))?.[0] ?? '';
  cursor.at += 1 + name.length;
  const follower = cursor.char;
  if (name === '' || !(isBlankOrEnd(follower) || '?:,]}%@`'.includes(follower)))
    state.refuse('did not find expected alphabetic or numeric character', start);
  if (char === '*') state.completeNode();
  if (char === '*' || follower !== ':') return;
  const isEmptyKey = state.nesting.inFlow || cursor.isSpaced;
  if (isEmptyKey) state.misplace('unsupported map key');
  else state.glued = start;
}

function scanTag(state: ScanState): void {
  const { cursor } = state;
  const start = cursor.at;
  state.startKey();
  while (!isBlankOrEnd(cursor.char)) cursor.at += 1;
  const tag = cursor.text.slice(start, cursor.at);
  if (/%(?![0-9a-fA-F]{2})/.test(tag)) state.refuse('did not find URI escaped octet', start);
  if (!TAG.test(tag)) state.refuse('did not find expected whitespace or line break', start);
  // A tag that go-yaml does not know makes a string, whatever its name; `yaml` is stricter about names.
  if (!ORDINARY_TAG.test(tag)) cursor.fill('x', start + 1, cursor.at);
}

function keep(state: ScanState, start: number, scalar: { value: string; isPlain: boolean; end: number }): void {
  state.scalars.set(start, scalar);
  state.completeNode();
}

function scanPlainScalar(state: ScanState): void {
  const { cursor, nesting } = state;
  state.startKey();
  const { indent, inFlow } = nesting;
  const scanned = scanPlain(cursor.text, cursor.at, { indent: indent + 1, inFlow });
  if ('refused' in scanned) {
    state.refuse(scanned.refused, scanned.at);
    return;
  }
  const start = state.glued ?? cursor.at;
  state.glued = null;
  cursor.fill('x', start, scanned.end);
  cursor.pass(scanned.end);
  cursor.passGap(scanned.next, inFlow);
  if (scanned.hasBreak) state.keyAllowed = true;
  keep(state, start, { value: scanned.value, isPlain: true, end: scanned.end });
}

function scanQuotedScalar(state: ScanState): void {
  const { cursor } = state;
  state.startKey();
  const start = cursor.at;
  const scanned = scanQuoted(cursor.text, start);
  if ('refused' in scanned) {
    state.refuse(scanned.refused, scanned.at);
    return;
  }
  cursor.fill('x', start + 1, scanned.end - 1);
  cursor.pass(scanned.end);
  keep(state, start, { value: scanned.value, isPlain: false, end: scanned.end });
}

function scanBlockScalar(state: ScanState): void {
  const { cursor, nesting } = state;
  state.startNode();
  state.dropKey();
  state.keyAllowed = true;
  const start = cursor.at;
  const scanned = scanBlock(cursor.text, start, nesting.indent);
  if ('refused' in scanned) {
    state.refuse(scanned.refused, scanned.at);
    return;
  }
  // go-yaml takes it at the column of its own key, too: there it is moved up to the line of the key.
  if (cursor.column <= nesting.indent && !nesting.hasUnrolled) cursor.fill(' ', state.tokenEnd, start);
  cursor.pass(scanned.headerEnd);
  cursor.passComment(true);
  cursor.passGap(scanned.body, false);
  cursor.passBlock(scanned.end, scanned.indent);
  cursor.passGap(scanned.next, false);
  keep(state, start, { value: scanned.value, isPlain: false, end: scanned.end });
}
