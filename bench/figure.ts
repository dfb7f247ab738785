/** What a benchmark measures: a figure, and the limit that it must keep. */
export interface Figure {
  readonly what: string;
  /** null: could not be measured here. */
  readonly measured: number | null;
  readonly unit: 's' | 'x' | 'MB' | '';
  /** null: told, not judged. */
  readonly limit: number | null;
}

/** One line a figure, under a header. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = [['what', 'figure', 'limit', 'ok'], ...figures.map(renderFigure)];
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [what, figure, limit] = [width(0), width(1), width(2)];
  return rows
    .map(([first = '', second = '', third = '', ok = '']) =>
      `${first.padEnd(what)}  ${second.padStart(figure)}  ${third.padStart(limit)}  ${ok}`.trimEnd(),
    )
    .join('\n');
}

function renderFigure(figure: Figure): readonly string[] {
  const { what, measured, limit } = figure;
  if (measured === null) return [what, '-', '', 'not measured'];
  const [value, most = ''] = [measured, limit].flatMap((number) =>
    number === null ? [] : [renderNumber(number, figure)],
  );
  return [what, value ?? '', most, limit === null ? '' : isMissed(figure) ? 'MISSED' : 'yes'];
}

function renderNumber(number: number, { unit }: Figure): string {
  if (unit === '') return String(number);
  return `${unit === 'MB' ? Math.round(number) : number.toFixed(2)} ${unit}`;
}

/** Also when the figure is no number. */
export function isMissed({ measured, limit }: Figure): boolean {
  return measured !== null && limit !== null && !(measured <= limit);
}

export type Benchmark = () => Promise<readonly Figure[]>;

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Seconds that the work takes. */
export async function timeSeconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
