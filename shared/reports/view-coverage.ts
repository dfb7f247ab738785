/** Coverage into what people read of it: what was read in whole on one line, every gap with its reason. */
import type { Coverage, Skip } from '../model/coverage.ts';
import { tellCount, tellDay } from './words.ts';

export interface GapView {
  readonly source: string;
  readonly status: string;
  readonly read: string;
  readonly skipped: string;
  readonly reason: string;
  /** What was passed over, and the first sample of each kind. */
  readonly skips: readonly string[];
}

export interface SourceView {
  readonly whole: readonly string[];
  readonly gaps: readonly GapView[];
}

export function viewCoverage(coverage: readonly Coverage[]): SourceView {
  return {
    whole: coverage.filter(isWhole).map(tellWhole),
    gaps: coverage.filter((row) => !isWhole(row)).map(viewGap),
  };
}

function tellWhole({ source, read, reason }: Coverage): string {
  return `${source} (${reason === null ? read : `${read}: ${reason}`})`;
}

function isWhole({ status, skipped, parts }: Coverage): boolean {
  return status === 'complete' && skipped === 0 && Object.values(parts ?? {}).every((part) => part === 'complete');
}

function viewGap({ source, status, read, skipped, skips, reason, window, parts }: Coverage): GapView {
  const days = window === null ? [] : [`${tellDay(window.from)} to ${tellDay(window.to)}`];
  return {
    source,
    status,
    read: String(read),
    skipped: String(skipped),
    reason: [...(reason === null ? [] : [reason]), ...tellPieces(parts ?? {}), ...days].join('; '),
    skips: skips.map(tellSkip),
  };
}

/** The pieces that lack, by state. */
function tellPieces(parts: NonNullable<Coverage['parts']>): readonly string[] {
  const byState = new Map<string, string[]>();
  for (const [part, state] of Object.entries(parts)) {
    if (state === 'complete') continue;
    const names = byState.get(state) ?? [];
    names.push(part);
    byState.set(state, names);
  }
  return [...byState].map(([state, names]) => `${state}: ${names.join(', ')}`);
}

function tellSkip({ count, reason, sample, file, line }: Skip): string {
  const where = file === null ? '' : ` at ${file}${line > 0 ? `:${line}` : ''}`;
  return `${tellCount(count, 'record')} skipped, ${reason}${where}: ${sample}`;
}
