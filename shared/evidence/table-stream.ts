/** Records of the table's stream into rows before and after: what a writer of the table did. */
import type { Skip } from '../model/coverage.ts';
import { isoTime } from '../rules/time.ts';
import { fieldIn, isRecord, itemsIn, textIn } from './json-fields.ts';
import { parseJson } from './parse-json.ts';

export interface RowChange {
  /** Names the record to whoever delivers it. */
  readonly sequenceNumber: string;
  readonly partition: string;
  readonly key: string;
  /** Bodies; null where there was, or is, no row. */
  readonly before: unknown;
  readonly after: unknown;
  /** ISO, to the second: the same for each delivery; null where the record does not say. */
  readonly writtenAt: string | null;
}

export interface TableStream {
  readonly changes: readonly RowChange[];
  readonly skips: readonly Skip[];
}

/** In the order of the stream. A row without a body is no row of ours: counted, with the reason. */
export function parseTableStream(event: unknown): TableStream {
  const records = itemsIn(event, 'Records');
  if (records === null) return { changes: [], skips: [skip('expected an event with Records', 1, 1)] };
  const changes: RowChange[] = [];
  const skips = new Map<string, Skip>();
  records.forEach((record, index) => {
    const read = parseRecord(record);
    if (typeof read !== 'string') changes.push(read);
    else skips.set(read, skip(read, (skips.get(read)?.count ?? 0) + 1, skips.get(read)?.line ?? index + 1));
  });
  return { changes, skips: [...skips.values()] };
}

/** The row is left out of the sample: it may hold anything. */
function skip(reason: string, count: number, line: number): Skip {
  return { reason, count, sample: '', file: null, line };
}

/** A change, or why it is none. */
function parseRecord(record: unknown): RowChange | string {
  const change = fieldIn(record, 'dynamodb');
  const sequenceNumber = textIn(change, 'SequenceNumber');
  const keys = fieldIn(change, 'Keys');
  const partition = textIn(fieldIn(keys, 'pk'), 'S');
  const key = textIn(fieldIn(keys, 'sk'), 'S');
  if (sequenceNumber === null) return 'a record without a sequence number';
  if (partition === null || key === null) return 'a record without the keys of a row';
  const before = parseImage(fieldIn(change, 'OldImage'));
  const after = parseImage(fieldIn(change, 'NewImage'));
  if (before === undefined || after === undefined) return 'a row whose body is no JSON';
  return { sequenceNumber, partition, key, before, after, writtenAt: parseWrittenAt(change) };
}

/** Lambda writes seconds since 1970. */
function parseWrittenAt(change: unknown): string | null {
  const seconds = fieldIn(change, 'ApproximateCreationDateTime');
  return typeof seconds === 'number' ? isoTime(Math.floor(seconds)) : null;
}

/** undefined: there is a row, and its body cannot be read. */
function parseImage(image: unknown): unknown {
  if (!isRecord(image)) return null;
  const text = textIn(fieldIn(image, 'body'), 'S');
  return text === null ? undefined : parseJson(text);
}
