/** Turns the bytes of any log file into the records that may matter, passing over the ordinary events of an audit log. */
import { createLineSplitter, type RawLine } from './lines.ts';
import { parseLogPrefix } from './log-prefix.ts';
import { createLogReader, type LogItem, type LogOptions } from './log-records.ts';
import { createEventScanner } from './ordinary-event.ts';

export interface NotableReader {
  readonly push: (chunk: Uint8Array) => Iterable<LogItem>;
  readonly end: () => Iterable<LogItem>;
  /** Events that were seen to be whole and to hold nothing of note. They count as read, like what is ignored. */
  readonly countPassedOver: () => number;
}

/** For records one by one: whoever needs to know everybody's use of a cluster reads them all. */
export function createNotableReader(options: LogOptions): NotableReader {
  const reader = createLogReader(options);
  const findOrdinaryEnd = createEventScanner();
  let isAuditLog = false;
  const findUnneeded = (bytes: Buffer, from: number): number => {
    const event = reader.isOpen() ? -1 : findOrdinaryEnd(bytes, findEvent(bytes, from));
    const end = event !== -1 && bytes[event] === RETURN ? event + 1 : event;
    if (end === -1 || bytes[end] !== NEWLINE) return -1;
    // The first one is read all the same: from then on no line can be taken for the header of a table.
    const isFirst = !isAuditLog;
    isAuditLog = true;
    return isFirst ? -1 : end;
  };
  const splitter = createLineSplitter({ ...options, findUnneeded });
  function* read(lines: Iterable<RawLine>): Iterable<LogItem> {
    for (const line of lines) yield* reader.read(line);
  }
  return {
    push: (chunk) => read(splitter.push(chunk)),
    *end() {
      yield* read(splitter.end());
      yield* reader.end();
    },
    countPassedOver: splitter.countUnneeded,
  };
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const OBJECT = 0x7b;

/** Longer than the time and the name of a stream that exports put before an event. */
const MAX_PREFIX = 160;

/** Where the event of a line starts: behind the prefix of an export, or with the line. */
function findEvent(bytes: Buffer, from: number): number {
  if (bytes[from] === OBJECT) return from;
  const start = bytes.subarray(from, from + MAX_PREFIX).indexOf(OBJECT);
  if (start === -1) return from;
  const prefix = parseLogPrefix(bytes.toString('utf8', from, from + start + 1));
  return prefix?.rest === '{' ? from + start : from;
}
