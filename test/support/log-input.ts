/** Log bytes for tests, and the items that the reader makes of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LogItem, type LogOptions, readRecords } from '../../shared/evidence/log-records.ts';
import type { Origin } from '../../shared/evidence/origin.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Recorded data of others lies beside the repository, where it lies at all. */
export const RECORDED = join(ROOT, '..', 'shared', 'data');

export const ORIGIN: Origin = { file: 'some.log', line: 7, id: null, at: null, stream: null };

export function readFixture(name: string): Buffer {
  return readFileSync(join(ROOT, 'test', 'fixtures', 'records', name));
}

export async function* chunksOf(input: string | Uint8Array, size = 65_536): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(input);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function readItems(
  input: string | Uint8Array,
  options: Partial<LogOptions> & { readonly chunk?: number } = {},
): Promise<readonly LogItem[]> {
  const { chunk, ...rest } = options;
  const items: LogItem[] = [];
  for await (const item of readRecords(chunksOf(input, chunk), { file: 'some.log', ...rest })) items.push(item);
  return items;
}

export async function listRecords(input: string | Uint8Array): Promise<readonly EvidenceRecord[]> {
  return (await readItems(input)).flatMap((item) => ('record' in item ? [item.record] : []));
}

/** A word for each item: what a record is, or why there is none. */
export function describeItem(item: LogItem): string {
  if ('skip' in item) return `skip: ${item.skip.reason}`;
  if ('ignored' in item) return `ignored: ${item.ignored}`;
  if ('gap' in item) return `gap: ${item.gap.reason}`;
  const { record } = item;
  return record.source === 'authenticator-log' ? record.kind : record.source;
}

export async function listWords(input: string | Uint8Array): Promise<readonly string[]> {
  return (await readItems(input)).map(describeItem);
}

/** One record of each log, of the fewest fields by which it is known. */
export const AUDIT = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  verb: 'get',
  requestURI: '/version',
};
export const TRAIL = { eventSource: 'eks.amazonaws.com', eventName: 'DeleteAccessEntry', eventID: 'e-1' };
export const LINE = 'time="2026-11-20T07:00:00Z" level=info msg="access granted" groups="[]" username=alice';

/** Over many lines, as people and programs print it. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
