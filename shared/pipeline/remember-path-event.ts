/** What an event says of the way of alerts into rows, which tell whoever asks that it came so far. */
import { parsePathEvent } from '../evidence/path-event.ts';
import {
  ARRIVED_PREFIX,
  addTest,
  CANARY_PREFIX,
  canaryKey,
  changeDeadLetters,
  deadLettersKey,
  PATH_PARTITION,
  TEST_KEY,
  testPartition,
  testsKey,
} from '../findings/path-rows.ts';
import { wrapRemembered } from '../findings/remembered.ts';
import type { PathEvent } from '../model/alert-path.ts';
import type { FindingStore } from '../ports.ts';
import { keepRow, readRow } from './remembered-row.ts';

export interface PathOutcome {
  /** null: marked as one, and none. */
  readonly path: PathEvent['kind'] | null;
  /** False: one test too many, or a canary again. */
  readonly isKept: boolean;
  /** What the event was, where it was no use. */
  readonly skipped: readonly string[];
}

interface PathPorts {
  readonly store: FindingStore;
  /** ISO, of home: a sender's own clock proves nothing. */
  readonly now: string;
}

const HOUR_MS = 3_600_000;
const TEST_KEPT_MS = 24 * HOUR_MS;

/** null for an event that says nothing of the way: one to be judged. */
export async function rememberPathEvent(event: unknown, ports: PathPorts): Promise<PathOutcome | null> {
  const parsed = parsePathEvent(event);
  if (parsed === null) return null;
  if (typeof parsed === 'string') return { path: null, isKept: false, skipped: [parsed] };
  return { path: parsed.kind, isKept: await keep(parsed, ports), skipped: [] };
}

function keep(event: PathEvent, ports: PathPorts): Promise<boolean> {
  switch (event.kind) {
    case 'test':
      return keepTest(event, ports);
    case 'canary':
      return keepCanary(event, ports);
    case 'dead-letters':
      return keepDeadLetters(event, ports);
  }
}

/** Whoever follows the test sees every rule; the first of them has people told. */
async function keepTest(test: PathEvent & { readonly kind: 'test' }, { store, now }: PathPorts): Promise<boolean> {
  const { account, region, id, rule } = test;
  const quota = { partition: PATH_PARTITION, key: testsKey(test), kind: 'tests' } as const;
  await keepRow(store, { ...quota, change: (stored) => addTest(stored, id, now) });
  const told = await readRow(store, quota);
  if (told?.ids.includes(id) !== true) return false;
  const expiresAt = new Date(Date.parse(now) + TEST_KEPT_MS).toISOString();
  const row = { partition: testPartition(test), version: 1, expiresAt };
  await store.put({ ...row, key: `${ARRIVED_PREFIX}${rule}`, body: { at: now } });
  await store.put({ ...row, key: TEST_KEY, body: wrapRemembered('test', { account, region, id, at: now }) });
  return true;
}

/** Once an hour is enough for what comes once a day, however often it is sent. */
async function keepCanary(event: PathEvent & { readonly kind: 'canary' }, { store, now }: PathPorts): Promise<boolean> {
  const { account, region, rule } = event;
  const written = await keepRow(store, {
    partition: PATH_PARTITION,
    key: canaryKey(CANARY_PREFIX, event),
    kind: 'canary',
    change: (stored) =>
      stored !== null && Date.parse(now) - Date.parse(stored.at) < HOUR_MS ? null : { account, region, rule, at: now },
  });
  return written > 0;
}

async function keepDeadLetters(
  event: PathEvent & { readonly kind: 'dead-letters' },
  { store, now }: PathPorts,
): Promise<boolean> {
  const written = await keepRow(store, {
    partition: PATH_PARTITION,
    key: deadLettersKey(event),
    kind: event.kind,
    change: (stored) => changeDeadLetters(stored, event, now),
  });
  return written > 0;
}
