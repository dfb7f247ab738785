/** Offsets in a text into lines and columns that count from 1. */
import type { Position } from '../model/aws-auth.ts';

export type Locate = (offset: number) => Position;

export function locateIn(text: string): Locate {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = countUpTo(starts, offset);
    const hasMark = line === 1 && text.startsWith('\ufeff');
    return { line, column: Math.max(1, offset - (starts[line - 1] ?? 0) + (hasMark ? 0 : 1)) };
  };
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
