/** Turns a literal (`|`) or folded (`>`) YAML scalar into the text it stands for, by libyaml's rules. */
import { breakLength, breakValue, columnOf, isBlank, isBreak, type Refused, type ScannedText } from './go-yaml-text.ts';

export interface ScannedBlock extends ScannedText {
  /** Where the header ends: just past the indicators. */
  readonly headerEnd: number;
  /** Start of the first line below the header. */
  readonly body: number;
  /** Column at which the content stands. */
  readonly indent: number;
}

interface BlockHeader {
  readonly chomping: string;
  readonly increment: number;
  readonly headerEnd: number;
  readonly body: number;
}

/** `parent` is the indentation of the collection around the scalar, -1 at the root. */
export function scanBlock(text: string, start: number, parent: number): ScannedBlock | Refused {
  const header = scanHeader(text, start);
  if ('refused' in header) return header;
  const { chomping, increment, headerEnd, body } = header;
  const explicit = increment === 0 ? 0 : Math.max(parent, 0) + increment;
  let breaks = scanBreaks(text, body, { indent: explicit, parent });
  if ('refused' in breaks) return breaks;
  const { indent } = breaks;
  const folding = new Folding(text.charAt(start) === '>');
  while (columnOf(text, breaks.next) === indent && breaks.next < text.length) {
    const lineEnd = findLineEnd(text, breaks.next);
    folding.add(breaks.value, text.slice(breaks.next, lineEnd));
    folding.lead = lineEnd < text.length ? breakValue(text, lineEnd) : '';
    const next = lineEnd < text.length ? lineEnd + breakLength(text, lineEnd) : lineEnd;
    breaks = scanBreaks(text, next, { indent, parent });
    if ('refused' in breaks) return breaks;
  }
  const tail = (chomping === '-' ? '' : folding.lead) + (chomping === '+' ? breaks.value : '');
  return { value: folding.value + tail, end: breaks.lineStart, next: breaks.next, headerEnd, body, indent };
}

/** Joins lines: in a folded scalar a single break between two lines that start with no blank reads as a space. */
class Folding {
  value = '';
  /** The break that ended the line before. */
  lead = '';
  private afterBlank = false;
  private readonly isFolded: boolean;

  constructor(isFolded: boolean) {
    this.isFolded = isFolded;
  }

  add(breaks: string, line: string): void {
    const startsBlank = isBlank(line.charAt(0));
    const folds = this.isFolded && !this.afterBlank && !startsBlank && this.lead === '\n';
    const glue = breaks === '' ? ' ' : '';
    this.value += (folds ? glue : this.lead) + breaks + line;
    this.afterBlank = startsBlank;
  }
}

function scanHeader(text: string, start: number): BlockHeader | Refused {
  const [mark = '', sign, digit, otherDigit, otherSign] =
    /^[|>](?:([-+])([0-9]?)|([0-9])([-+]?))?/.exec(text.slice(start, start + 3)) ?? [];
  const increment = Number(digit ?? otherDigit ?? 0);
  if ((digit ?? otherDigit) === '0') return { refused: 'found an indentation indicator equal to 0', at: start };
  const headerEnd = start + mark.length;
  let at = headerEnd;
  while (isBlank(text.charAt(at))) at += 1;
  if (text.charAt(at) === '#') at = findLineEnd(text, at);
  if (at < text.length && !isBreak(text.charAt(at)))
    return { refused: 'did not find expected comment or line break', at: start };
  const body = at < text.length ? at + breakLength(text, at) : at;
  return { chomping: sign ?? otherSign ?? '', increment, headerEnd, body };
}

function findLineEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isBreak(text.charAt(at))) at += 1;
  return at;
}

interface Breaks {
  readonly value: string;
  readonly lineStart: number;
  readonly next: number;
  readonly indent: number;
}

/** Empty lines and indentation; with no indentation given, the widest of them (or of the first line of text) sets it. */
function scanBreaks(
  text: string,
  start: number,
  { indent, parent }: { readonly indent: number; readonly parent: number },
): Breaks | Refused {
  let at = start;
  let lineStart = start;
  let value = '';
  let widest = 0;
  for (;;) {
    const isLeft = () => indent === 0 || at - lineStart < indent;
    while (text.charAt(at) === ' ' && isLeft()) at += 1;
    widest = Math.max(widest, at - lineStart);
    if (text.charAt(at) === '\t' && isLeft())
      return { refused: 'found a tab character where an indentation space is expected', at };
    if (!isBreak(text.charAt(at))) break;
    value += breakValue(text, at);
    at += breakLength(text, at);
    lineStart = at;
  }
  return { value, lineStart, next: at, indent: indent || Math.max(widest, parent + 1, 1) };
}
