/** How many remarks of each level, and words for them. */
import { LINT_LEVELS, type LintLevel, type LintReport } from '../model/lint.ts';

export type LevelCounts = Readonly<Record<LintLevel, number>>;

export function countLevels({ files }: LintReport): LevelCounts {
  const remarks = files.flatMap((file) => file.remarks);
  const count = (level: LintLevel): number => remarks.filter((remark) => remark.level === level).length;
  return { error: count('error'), warning: count('warning'), note: count('note') };
}

/** Such as "2 errors, 1 note"; "no remark" for none. */
export function wordLevels(counts: LevelCounts): string {
  const words = LINT_LEVELS.filter((level) => counts[level] > 0).map((level) => wordCount(counts[level], level));
  return words.length === 0 ? 'no remark' : words.join(', ');
}

export function wordCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
