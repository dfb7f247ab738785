/** Coverage into what was not read and could change an answer. */
import type { Coverage, EksPart, Source } from '../model/coverage.ts';
import type { Gap } from '../model/explanation.ts';

/** null where the source was read in whole. */
export function findSourceGap(coverage: readonly Coverage[], source: Source): Gap | null {
  const row = coverage.find((each) => each.source === source);
  if (row?.status === 'complete') return null;
  return { need: source, reason: wordGap(source, row?.status, row?.reason) };
}

/** null where the piece of `eks-api` was read in whole. */
export function findPartGap(coverage: readonly Coverage[], part: EksPart): Gap | null {
  const row = coverage.find(({ source }) => source === 'eks-api');
  const status = row?.parts?.[part] ?? row?.status;
  if (status === 'complete') return null;
  return { need: `eks-api/${part}`, reason: wordGap(part, status, row?.reason) };
}

const HOW: Readonly<Partial<Record<Coverage['status'], string>>> = {
  partial: 'read in part',
  denied: 'denied',
  disabled: 'turned off',
};

function wordGap(what: string, status: Coverage['status'] | undefined, reason: string | null | undefined): string {
  const how = (status && HOW[status]) ?? 'not read';
  return `${what} was ${how}${reason == null ? '' : `: ${reason}`}`;
}
