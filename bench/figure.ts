/** What a benchmark measures: a figure, and the limit that it must keep. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly unit: 's' | 'x' | 'MB';
  /** null: told, not judged. */
  readonly limit: number | null;
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
