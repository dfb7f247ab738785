/**
 * Text that others chose (names, log lines) into text that changes nothing around it: the one place where reports
 * neutralise control characters, terminal sequences, invisible and direction-changing characters, and formulas.
 */

/**
 * Control and format characters (bidi overrides, zero-width marks, soft hyphens, tags), lone surrogates, private use,
 * line and paragraph separators, and whatever else prints as nothing.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Blanks that pass for the one of the keyboard: two names that look alike must not be. */
const ODD_BLANKS = /(?! )\p{Zs}|\u2800/gu;

/** More marks on one letter than any script needs paint over the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** One line of text whose every character shows. */
export function escapeText(text: string): string {
  return text.replace(INVISIBLE, nameCharacter).replace(ODD_BLANKS, nameCharacter).replace(STACKED_MARKS, '$1…');
}

function nameCharacter(character: string): string {
  return SHORT_NAMES.get(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** JSON text in which every character shows; it still parses to the same value. */
export function escapeJson(json: string): string {
  return json.replace(INVISIBLE, (character) => (character === '\n' ? character : escapeUnits(character)));
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** A cell that a spreadsheet would run begins, blanks aside, with one of these, in ASCII or full width. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/u;

/** One cell of a table for spreadsheets: shown as text, never run. */
export function escapeCell(text: string): string {
  const shown = escapeText(text);
  return FORMULA.test(text) || FORMULA.test(shown) ? `'${shown}` : shown;
}

/** Whatever Markdown gives a meaning to; `://` and `www.` too, which it makes links of by itself. */
const MARKDOWN = /[\\`*_[\]<>|~#&!@$]|(?<=:)\/(?=\/)|(?<=\bwww)\./gi;

/** One paragraph, cell or item of Markdown: shown as text, never as a link, an image, HTML or a heading. */
export function escapeMarkdown(text: string): string {
  return escapeText(text)
    .replace(MARKDOWN, (mark) => `\\${mark}`)
    .replace(/^(\s*)([-+=]|\d+[.)])/, (_all, blank, mark) => `${blank}${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}

/** Lines of code as a block whose fence none of them can end. */
export function fenceCode(code: string, language: string): string {
  const lines = code.split('\n').map(escapeText);
  const runs = [...code.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, 1 + Math.max(0, ...runs)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

const HTML_NAMES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['`', '&#96;'],
]);

/** Text for HTML and SVG, between tags or as a quoted attribute. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"'`]/g, (character) => HTML_NAMES.get(character) ?? '');
}

/** What programs for mail and chat make a link of by themselves. */
const LINKS = /:(?=\/\/)|(?<=\bwww)\.|(?<=\bmailto):/gi;

/** One line of a message: no name in it becomes a link. */
export function escapeMessage(text: string): string {
  return escapeText(text).replace(LINKS, (mark) => `[${mark}]`);
}

/** What no sentence can be made of. */
const ONE_WORD = /^[\p{L}\p{N}_.:/@+=*\\[\]{}-]+…?$/u;

/** A name in a sentence of a message: in quotes where it could pass for words of ours. */
export function escapeName(text: string): string {
  const shown = escapeMessage(text);
  return ONE_WORD.test(shown) ? shown : `"${shown.replaceAll('"', "'")}"`;
}

/** Text for a label, where no code can stand: names of AWS are made of these characters alone. */
export function escapeLabel(text: string): string {
  return escapeMessage(text).replace(/[^\w.:/-]/g, '?');
}

/** By which chat programs know mentions, links, emphasis and the end of code; in their place stand look-alikes. */
const CHAT_MARKS: ReadonlyMap<string, string> = new Map([
  ['<', '\u2039'],
  ['>', '\u203a'],
  ['&', '\uff06'],
  ['@', '\uff20'],
  ['`', '\u02cb'],
]);

/** Text for a chat, as code: Slack and Teams have other Markdown each, and neither reads any in code. */
export function escapeChat(text: string): string {
  const shown = escapeMessage(text).replace(/[<>&@`]/g, (mark) => CHAT_MARKS.get(mark) ?? '');
  return shown === '' ? '` `' : `\`${shown}\``;
}
