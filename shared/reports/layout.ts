/** Escaped text into lines and columns of a terminal: widths, cuts, wraps and padding. */
import { escapeText } from './escape.ts';

const WIDE =
  /[\u1100-\u115e\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes on a terminal. */
export function measure(text: string): number {
  let columns = 0;
  for (const character of text) columns += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Cuts to `width` columns and says so with an ellipsis. Hostile text goes in here and comes out harmless. */
export function cut(text: string, width: number): string {
  // No name is worth measuring past this; a text of megabytes stays cheap.
  const shown = escapeText(text.slice(0, 4 * width + 16));
  if (measure(shown) <= width && text.length <= 4 * width + 16) return shown;
  let kept = '';
  let columns = 0;
  for (const character of shown) {
    columns += measure(character);
    if (columns >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** `cut`, then blanks up to the width. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const shown = cut(text, width);
  const blanks = ' '.repeat(Math.max(0, width - measure(shown)));
  return align === 'left' ? `${shown}${blanks}` : `${blanks}${shown}`;
}

export interface Wrapping {
  readonly width: number;
  readonly indent: string;
  /** The last line says that text was left out. */
  readonly mostLines: number;
  /** Words stay whole, however long: an ARN that is to be copied. */
  readonly keepsWords?: boolean;
}

/** Lines of at most `width` columns, each behind the indent; a word that is longer than a line is broken. */
export function wrap(text: string, { width, indent, mostLines, keepsWords = false }: Wrapping): readonly string[] {
  const room = Math.max(20, width - measure(indent));
  const shown = cut(text, room * (mostLines + 1));
  const lines = fillLines(keepsWords ? shown.split(' ') : breakWords(shown, room), room, ' ');
  const kept = lines.slice(0, mostLines);
  const last = kept.at(-1);
  if (lines.length > mostLines && last !== undefined)
    kept[mostLines - 1] = `${cut(last, room - 1)}…`.replace('……', '…');
  return kept.map((line) => `${indent}${line}`);
}

function breakWords(text: string, room: number): readonly string[] {
  return text.split(' ').flatMap((word) => {
    if (measure(word) <= room) return [word];
    const parts: string[] = [''];
    for (const character of word) {
      const last = parts.at(-1) ?? '';
      if (measure(last + character) > room) parts.push(character);
      else parts[parts.length - 1] = last + character;
    }
    return parts;
  });
}

function fillLines(words: readonly string[], room: number, glue: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || measure(last) + glue.length + measure(word) > room) lines.push(word);
    else lines[lines.length - 1] = `${last}${glue}${word}`;
  }
  return lines;
}

/** A command over several lines that can still be pasted: broken between its arguments alone, never inside quotes. */
export function wrapCommand(command: string, width: number, indent: string): readonly string[] {
  const shown = escapeText(command);
  const parts = shown.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\]|['"\\])+/g) ?? [];
  const words = joinFlags(parts);
  // The lines of a file stay lines, so that it can be read before it is applied.
  const lines = isFile(parts) ? joinFile(words) : fillLines(words, width - measure(indent) - 2, ' ');
  return lines.map(
    (line, index) => `${indent}${index === 0 ? '' : '  '}${line}${index < lines.length - 1 ? ' \\' : ''}`,
  );
}

function isFile([first, second]: readonly string[]): boolean {
  return first === 'printf' && second === "'%s\\n'";
}

function joinFile([first = '', second = '', ...lines]: readonly string[]): readonly string[] {
  return [`${first} ${second}`, ...lines];
}

/** A flag stays with its value, and a redirection with its file. */
function joinFlags(parts: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const takesValue = last?.startsWith('--') === true && !last.includes(' ') && !part.startsWith('-');
    if (last !== undefined && (takesValue || last === '>')) {
      joined[joined.length - 1] = `${last} ${part}`;
    } else joined.push(part);
  }
  return joined;
}
