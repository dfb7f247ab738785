/** Turns what a detection needs and what was read into how far its silence may be trusted. */
import type { Coverage, CoverageStatus, Need, Source, Verdict, VerdictStatus } from '../model/coverage.ts';
import { EKS_PARTS, SOURCES } from '../model/coverage.ts';
import type { DetectionRule } from '../model/finding.ts';

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

type Judged = Pick<DetectionRule, 'id' | 'needs' | 'detect'>;

const RANK: Readonly<Record<VerdictStatus, number>> = { evaluated: 0, 'partly-evaluated': 1, 'not-evaluated': 2 };

/**
 * `bornAt` is when the cluster was created; left out, a stream is taken to reach back to it.
 * The verdict of the best alternative. `missing` names what every alternative lacks, the best one first: any of
 * them, read in whole, could have changed the answer.
 */
export function judge(detection: Judged, coverage: readonly Coverage[], bornAt?: string | null): Verdict {
  const rows = isOfState(detection) ? coverage.map((row) => limitToWindow(row, bornAt)) : coverage;
  const alternatives = detection.needs
    .map((needs) => judgeAlternative(needs, rows))
    .sort((a, b) => RANK[a.status] - RANK[b.status] || a.lacks.length - b.lacks.length);
  const status = alternatives[0]?.status ?? 'not-evaluated';
  if (status === 'evaluated') return { detection: detection.id, status, missing: [], reason: null };
  const missing = [...new Set(alternatives.flatMap(({ lacks }) => lacks.map(({ source }) => source)))];
  const reason = [...new Set(alternatives.map(({ lacks }) => lacks.map(wordLack).join('; ')))].join(', or ');
  return { detection: detection.id, status, missing, reason };
}

/** True when a read of state alone could show it; what only streams show is an event, and their window is its own. */
function isOfState({ needs, detect }: Judged): boolean {
  return detect !== undefined && needs.some((alternative) => !alternative.some((need) => STREAMS.has(need)));
}

const STREAMS: ReadonlySet<Need> = new Set(['authenticator-log', 'audit-log', 'cloudtrail']);

/**
 * What stands may have been made before a stream begins: for a detection of what stands, a stream is whole only when it
 * reaches back to the birth of the cluster.
 */
function limitToWindow(row: Coverage, bornAt: string | null | undefined): Coverage {
  if (bornAt === undefined || row.status !== 'complete' || !STREAMS.has(row.source)) return row;
  if (row.window !== null && bornAt !== null && Date.parse(row.window.from) <= Date.parse(bornAt)) return row;
  const from = row.window === null ? 'no stated time' : row.window.from;
  return { ...row, status: 'partial', reason: `shows changes since ${from} only` };
}

const MOST_CALLS = 3;

/** CloudTrail that was asked for some calls by name is no whole answer to whoever needs another one. */
export function limitToCalls(coverage: readonly Coverage[], needed: readonly string[]): readonly Coverage[] {
  return coverage.map((row) => {
    const unasked = row.calls === undefined ? [] : needed.filter((name) => row.calls?.includes(name) === false);
    if (unasked.length === 0 || row.status !== 'complete') return row;
    const more = unasked.length > MOST_CALLS ? ` and ${unasked.length - MOST_CALLS} more` : '';
    return { ...row, status: 'partial', reason: `not asked for ${unasked.slice(0, MOST_CALLS).join(', ')}${more}` };
  });
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
