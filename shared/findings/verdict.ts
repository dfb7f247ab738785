/** Turns what a detection needs and what was read into how far its silence may be trusted. */
import type { Coverage, CoverageStatus, Need, Source, Verdict, VerdictStatus } from '../model/coverage.ts';
import { EKS_PARTS, SOURCES } from '../model/coverage.ts';
import type { Detection } from '../model/finding.ts';

interface Lack {
  readonly need: Need;
  readonly source: Source;
  readonly status: Exclude<CoverageStatus, 'complete'>;
  readonly reason: string | null;
}

interface Alternative {
  readonly status: VerdictStatus;
  readonly lacks: readonly Lack[];
}

const RANK: Readonly<Record<VerdictStatus, number>> = { evaluated: 0, 'partly-evaluated': 1, 'not-evaluated': 2 };

/**
 * The verdict of the best alternative. `missing` names what every alternative lacks, the best one first: any of
 * them, read in whole, could have changed the answer.
 */
export function judge(detection: Pick<Detection, 'id' | 'needs'>, coverage: readonly Coverage[]): Verdict {
  const alternatives = detection.needs
    .map((needs) => judgeAlternative(needs, coverage))
    .sort((a, b) => RANK[a.status] - RANK[b.status] || a.lacks.length - b.lacks.length);
  const status = alternatives[0]?.status ?? 'not-evaluated';
  if (status === 'evaluated') return { detection: detection.id, status, missing: [], reason: null };
  const missing = [...new Set(alternatives.flatMap(({ lacks }) => lacks.map(({ source }) => source)))];
  const reason = [...new Set(alternatives.map(({ lacks }) => lacks.map(wordLack).join('; ')))].join(', or ');
  return { detection: detection.id, status, missing, reason };
}

/** An alternative joins its sources, so one that was not read at all leaves nothing to join. */
function judgeAlternative(needs: readonly Need[], coverage: readonly Coverage[]): Alternative {
  const lacks = needs.flatMap((need) => findLack(need, coverage) ?? []);
  if (lacks.length === 0) return { status: 'evaluated', lacks };
  return { status: lacks.every(({ status }) => status === 'partial') ? 'partly-evaluated' : 'not-evaluated', lacks };
}

/** A source that coverage does not speak of was not read. */
function findLack(need: Need, coverage: readonly Coverage[]): Lack | undefined {
  const part = EKS_PARTS.find((name) => need === `eks-api/${name}`);
  const source = SOURCES.find((name) => name === need) ?? 'eks-api';
  const row = coverage.find((candidate) => candidate.source === source);
  const status = part === undefined || row?.parts === undefined ? row?.status : row.parts[part];
  if (status === 'complete') return undefined;
  return { need, source, status: status ?? 'unavailable', reason: row?.reason ?? null };
}

function wordLack({ need, status, reason }: Lack): string {
  const words = status === 'partial' ? 'read in part' : status === 'unavailable' ? 'not read' : status;
  return reason === null ? `${need} ${words}` : `${need} ${words} (${reason})`;
}
