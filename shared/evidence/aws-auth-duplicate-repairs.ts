/** A row of aws-auth that a later row repeats to the letter into the removal of its lines. */
import type { Inspection, PlacedProblem } from './aws-auth-inspection.ts';
import type { TextEdit } from './text-edits.ts';

/** Only in a literal block, where the lines of the row are lines of the file; what stands between rows stays. */
export function repairDuplicate(
  file: string,
  { drafts }: Inspection,
  { problem, place, at }: PlacedProblem,
): TextEdit[] {
  // A row that grants otherwise than the one that counts is for people to judge.
  if (problem.code !== 'duplicate-arn' || problem.losesAccess || place === null) return [];
  if (file.charAt(place.span.start) !== '|') return [];
  const row = drafts.get(place)?.find(({ span }) => span.start === at);
  if (row === undefined) return [];
  const { text, offsets } = place;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const dash = /^( *)- *$/.exec(text.slice(lineStart, at))?.[1];
  const lines = text.slice(at, row.span.end).split('\n');
  // Aliases elsewhere may need an anchor of the row, and a block scalar may end in what looks like a comment.
  if (dash === undefined || lines.some((line) => /(?:^|[\s,[{:])[&|>]/.test(line))) return [];
  while (/^\s*(?:#|$)/.test(lines.at(-1) ?? '-')) lines.pop();
  const last = at + lines.join('\n').trimEnd().length - 1;
  const start = file.lastIndexOf('\n', offsets[lineStart + dash.length] ?? 0) + 1;
  const end = file.indexOf('\n', offsets[last] ?? 0) + 1;
  return end === 0 ? [] : [{ start, end, insert: '' }];
}
