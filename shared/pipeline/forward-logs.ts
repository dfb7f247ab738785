/** The story of a log subscription: what matters of a batch goes onto the home bus, in events that it takes. */
import { KeyholderError } from '../errors.ts';
import { LOG_SOURCE } from '../evidence/happenings.ts';
import { type LogBatch, type LogEvent, parseLogBatch } from '../evidence/log-batch.ts';
import { parseProofRequest } from '../evidence/path-event.ts';
import type { BusEvent, ClusterPlace, EventBus } from '../ports.ts';

export interface Forwarded {
  readonly forwarded: number;
  /** Log events that decide nothing about access, and tests that are none. */
  readonly passed: number;
}

/**
 * `region`: of the log group; what is put on a bus of another region looks as if it came from there.
 * Throws KeyholderError('unreadable-input') for what is no payload, and what the bus throws, once all was sent.
 */
export async function forwardLogs(event: unknown, bus: EventBus, region: string): Promise<Forwarded> {
  const proof = parseProofRequest(event, region);
  // Anybody who may put events on the bus of the account may send it: thrown, it would lie among the dead letters.
  if (typeof proof === 'string') return { forwarded: 0, passed: 1 };
  if (proof !== null) {
    await bus.put([proof]);
    return { forwarded: 1, passed: 0 };
  }
  const batch = parseLogBatch(event);
  if (batch === null)
    throw new KeyholderError('unreadable-input', 'expected the payload of a log subscription, got something else');
  const events = packEvents(batch, { region });
  if (events.length > 0) await bus.put(events);
  return { forwarded: batch.events.length, passed: batch.passed };
}

/** An event of the bus holds 256 KB; smaller ones are tried again one by one. */
const MOST_DETAIL_CHARS = 60_000;

/** `place`: where the log is; the account is only believed of the home account, else the bus knows it. */
export function packEvents(
  { logGroup, logStream, events }: Omit<LogBatch, 'passed'>,
  place: Partial<Pick<ClusterPlace, 'account' | 'region'>> = {},
): readonly BusEvent[] {
  const packs: LogEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const last = packs.at(-1);
    if (last === undefined || event.message.length > room) {
      packs.push([event]);
      room = MOST_DETAIL_CHARS - event.message.length;
    } else {
      last.push(event);
      room -= event.message.length;
    }
  }
  return packs.map((logEvents) => ({
    source: LOG_SOURCE,
    detailType: 'Keyholder log records',
    detail: JSON.stringify({ ...place, logGroup, logStream, logEvents }),
  }));
}
