/** Turns a line of logrus' text form into its fields, even when the line is cut at either end. */
import { unquoteGo } from '../rules/go-quotes.ts';

/** The authenticator prints at most fifteen; more is no line of its own. */
const MAX_FIELDS = 64;

export interface Logfmt {
  /** Values unquoted; `key=` gives an empty text. The first of two equal keys counts. */
  readonly fields: ReadonlyMap<string, string>;
  /** The key whose quoted value breaks off, so that what is there is not the whole of it. */
  readonly cutKey: string | null;
}

export function parseLogfmt(text: string): Logfmt {
  const fields = new Map<string, string>();
  let cutKey: string | null = null;
  let at = 0;
  while (at < text.length && fields.size < MAX_FIELDS) {
    const pair = readPair(text, at);
    at = pair.end;
    if (pair.key === '' || fields.has(pair.key)) continue;
    fields.set(pair.key, pair.value);
    if (pair.isCut) cutKey = pair.key;
  }
  return { fields, cutKey };
}

interface Pair {
  /** Empty for a word without `=`: the rest of a field whose head was cut off, or stray text. */
  readonly key: string;
  readonly value: string;
  readonly isCut: boolean;
  readonly end: number;
}

function readPair(text: string, from: number): Pair {
  let start = from;
  while (text[start] === ' ' || text[start] === '\t') start += 1;
  const wordEnd = endOfWord(text, start);
  const keyLength = text.slice(start, wordEnd).indexOf('=');
  if (keyLength === -1) return { key: '', value: '', isCut: false, end: wordEnd };
  const equals = start + keyLength;
  const key = text.slice(start, equals);
  if (text[equals + 1] !== '"') {
    // Quotes are never part of a bare value: one at its end is left over from a quotation around the line.
    return { key, value: text.slice(equals + 1, wordEnd).replace(/"+$/, ''), isCut: false, end: wordEnd };
  }
  const close = endOfQuoted(text, equals + 2);
  const isCut = close === -1;
  const value = unquoteGo(text.slice(equals + 2, isCut ? text.length : close));
  return { key, value, isCut, end: isCut ? text.length : close + 1 };
}

function endOfWord(text: string, start: number): number {
  const space = text.indexOf(' ', start);
  return space === -1 ? text.length : space;
}

/** The place of the closing quote, or -1. */
function endOfQuoted(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (quote - 1 - slashes >= start && text[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote;
  }
  return -1;
}
