/** A top-level key of aws-auth in the wrong case into the renaming of it. */
import type { Inspection, PlacedProblem } from './aws-auth-inspection.ts';
import type { TextEdit } from './text-edits.ts';

/** Left alone where the right key is there as well, or several keys would become it. */
export function repairKey(file: string, { map }: Inspection, { problem, at }: PlacedProblem): TextEdit[] {
  const { code, section } = problem;
  if (code !== 'key-case' || section === null) return [];
  const same = map.entries.filter(({ key }) => key.toLowerCase() === section.toLowerCase());
  const [entry, ...others] = same;
  if (entry === undefined || others.length > 0 || entry.keySpan.start !== at) return [];
  const { start, end } = entry.keySpan;
  const offset = file.slice(start, end).indexOf(entry.key);
  return offset === -1 ? [] : [{ start: start + offset, end: start + offset + entry.key.length, insert: section }];
}
