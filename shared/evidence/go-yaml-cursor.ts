/** Walks over YAML text and keeps a copy of equal length beside it, in which what was passed is rewritten for another parser. */
import { breakLength, isBlankOrEnd, isBreak } from './go-yaml-text.ts';

export class Cursor {
  readonly text: string;
  at = 0;
  line = 0;
  private lineStart = 0;
  private readonly out: string[];

  constructor(text: string) {
    this.text = text;
    this.out = text.split('');
    if (!text.startsWith('\ufeff')) return;
    this.at = this.lineStart = 1;
    this.out[0] = '\n';
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  get char(): string {
    return this.text.charAt(this.at);
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The indicator here has a blank, a break or nothing behind it. */
  get isSpaced(): boolean {
    return isBlankOrEnd(this.text.charAt(this.at + 1));
  }

  rewritten(end: number): string {
    return this.out.slice(0, end).join('');
  }

  /** Characters alone; the cursor stays. */
  fill(char: string, start: number, end: number): void {
    this.out.fill(char, start, end);
  }

  /** Over blanks and line breaks, which become plain blanks and line feeds; with `flat`, blanks alone. */
  passGap(to: number, flat: boolean): void {
    while (this.at < to) {
      const length = this.passOne();
      this.fill(' ', this.at - length, this.at);
      if (this.column === 0 && !flat) this.out[this.at - 1] = '\n';
    }
  }

  /** Over a scalar of one or more lines, whose copy is left alone. */
  pass(to: number): void {
    while (this.at < to) this.passOne();
  }

  /** Over a comment; it becomes blank where `isBlanked`, or where nothing sets it off from what stands before it. */
  passComment(isBlanked: boolean): void {
    const start = this.at;
    while (!this.isAtEnd && !isBreak(this.char)) this.at += 1;
    const isGlued = start > 0 && !isBlankOrEnd(this.text.charAt(start - 1));
    if (isBlanked || isGlued) this.fill(' ', start, this.at);
  }

  /** Over the lines of a block scalar: text from `indent` on becomes filler, left of it stay blanks. */
  passBlock(to: number, indent: number): void {
    while (this.at < to) {
      // The first half of CR LF stands in for text: as a blank it would make an empty line too wide.
      const isText = (!isBreak(this.char) || this.text.startsWith('\r\n', this.at)) && this.column >= indent;
      if (isText) this.fill('x', this.at, this.at + 1);
      if (isText) this.at += 1;
      else this.passGap(this.at + 1, false);
    }
  }

  private passOne(): number {
    const isLineEnd = isBreak(this.char);
    const length = isLineEnd ? breakLength(this.text, this.at) : 1;
    this.at += length;
    if (isLineEnd) {
      this.line += 1;
      this.lineStart = this.at;
    }
    return length;
  }
}
