/** The page that text is laid out on: its width, and its colours where the terminal wants any. */
import type { Severity } from '../model/finding.ts';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue';

/** The text comes escaped: colour codes are the only ones that a report may hold. */
export type Paint = (style: Style, text: string) => string;

export interface Page {
  readonly width: number;
  readonly paint: Paint;
}

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
};

export function createPaint(colour: boolean): Paint {
  return (style, text) => {
    const [on, off] = CODES[style];
    return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

export const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
};
