/** What the table says of a night's findings into those that came back or got worse: by their first day they are not new. */
import { mapBounded } from '../bounded.ts';
import { listChangedSince } from '../findings/changes.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { NightChanges } from '../model/night.ts';
import type { Report } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { partitionOfRegion } from './region-rows.ts';

const READS_AT_ONCE = 16;

/** Never throws: the digest is still to be sent, and says what could not be asked. */
export async function readNightChanges(
  { clusters, window }: Pick<Report, 'clusters' | 'window'>,
  rows: Pick<FindingStore, 'list'> | null,
): Promise<NightChanges> {
  if (rows === null || window === null) return { kinds: new Map(), problem: null };
  try {
    const partitions = new Set([...clusters.map(({ arn }) => arn), ...clusters.map(partitionOfRegion)]);
    const found = await mapBounded([...partitions], READS_AT_ONCE, (partition) => rows.list(partition, 'finding#'));
    const findings = found.flat().flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
    return { kinds: listChangedSince(findings, window.from), problem: null };
  } catch (error) {
    return { kinds: new Map(), problem: error instanceof Error ? error.message : String(error) };
  }
}
