/** Input of `keyholder detect` into what it finds and counts: by the pipeline, and by reading every line in full. */
import { gzipSync } from 'node:zlib';
import { DETECTIONS } from '../../shared/detections/index.ts';
import { withWritten } from '../../shared/evidence/written-object.ts';
import { createObserver } from '../../shared/findings/observe.ts';
import type { Finding } from '../../shared/model/finding.ts';
import { openRecordStream } from '../../shared/offline/record-input.ts';
import { detectFindings } from '../../shared/pipeline/detect.ts';
import { chunksOf, readItems } from './log-input.ts';

const NOW = '2026-11-21T00:00:00Z';
const SILENT = { step: () => {}, end: () => {} };

export interface Detected {
  readonly findings: readonly Finding[];
  readonly parsed: number;
  /** By reason. */
  readonly skips: Readonly<Record<string, number>>;
}

export interface Feed {
  /** How many bytes come at once. */
  readonly chunk?: number;
  readonly gzip?: boolean;
}

export async function detect(input: string, { chunk, gzip = false }: Feed = {}): Promise<Detected> {
  const findings: Finding[] = [];
  const file = openRecordStream('some.log', chunksOf(gzip ? gzipSync(input) : input, chunk));
  const tell = async (finding: Finding) => {
    findings.push(finding);
  };
  const { parsed, skips } = await detectFindings([file], { now: NOW, tell, progress: SILENT });
  return { findings, parsed, skips: Object.fromEntries(skips.map(({ reason, count }) => [reason, count])) };
}

/** Passes over nothing. */
export async function detectSlowly(input: string): Promise<Detected> {
  const observer = createObserver(DETECTIONS, NOW);
  const findings: Finding[] = [];
  const skips = new Map<string, number>();
  let parsed = 0;
  for (const item of await readItems(input)) {
    if ('skip' in item) skips.set(item.skip.reason, (skips.get(item.skip.reason) ?? 0) + 1);
    else if (!('gap' in item)) parsed += 1;
    if (!('record' in item)) continue;
    findings.push(...observer.add(item.record.source === 'audit-log' ? withWritten(item.record) : item.record));
  }
  return { findings: [...findings, ...observer.end()], parsed, skips: Object.fromEntries(skips) };
}
