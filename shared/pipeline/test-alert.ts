/** The story of a test of the way: marked events on the bus of a region, and the rows that say how far they came. */

import { mapBounded } from '../bounded.ts';
import { KeyholderError } from '../errors.ts';
import { resolveTestRules } from '../evidence/bus-rules.ts';
import { listTestEvents } from '../evidence/path-event.ts';
import { addTest, PATH_PARTITION, testPartition, testsKey } from '../findings/path-rows.ts';
import { isAwaited, type RulesThere, resolveTestedPlace, type TestTraces } from '../findings/test-hops.ts';
import type { EventSender } from '../live-ports.ts';
import type { AlertTest, TestedPlace } from '../model/alert-test.ts';
import type { Clock, EventBus, FindingStore, LiveCaller } from '../ports.ts';
import { readRow } from './remembered-row.ts';

export interface AlertTestRequest {
  readonly caller: LiveCaller;
  readonly regions: readonly string[];
  readonly timeoutMs: number;
}

export interface AlertTestPorts {
  /** The default bus of the caller's account in that region, where its services put their events too. */
  readonly openBus: (region: string) => EventBus;
  readonly listRules: EventSender['listRules'];
  /** The table of the home account. */
  readonly store: FindingStore;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<void>;
  /** A UUID that nobody else has. */
  readonly createId: () => string;
}

const REGIONS_AT_ONCE = 20;
const BETWEEN_LOOKS_MS = 3_000;

export async function testAlert(request: AlertTestRequest, ports: AlertTestPorts): Promise<AlertTest> {
  const { caller, regions } = request;
  // A table that cannot be read tells nothing of a message that is on its way.
  await ports.store.get(PATH_PARTITION, testsKey(caller));
  const places = await mapBounded(regions, REGIONS_AT_ONCE, (region) => testRegion(region, request, ports));
  return {
    schema: 'keyholder.test-alert/v1',
    generatedAt: ports.clock.now(),
    caller: caller.arn,
    isOpen: places.every(({ isOpen }) => isOpen),
    places,
  };
}

async function testRegion(
  region: string,
  { caller: { account }, timeoutMs }: AlertTestRequest,
  ports: AlertTestPorts,
): Promise<TestedPlace> {
  const id = ports.createId();
  const untilMs = Date.parse(ports.clock.now()) + timeoutMs;
  const refusal = await send(region, id, ports);
  const sentAt = refusal === null ? ports.clock.now() : null;
  const unasked = { account, region, id, sentAt, refusal, rows: new Map(), isHeldBack: false };
  if (refusal !== null) return resolveTestedPlace({ ...unasked, rules: null });
  const traces: TestTraces = { ...unasked, rules: await askRules(region, ports) };
  for (;;) {
    const rows = await ports.store.list(testPartition(traces), '');
    const tested = resolveTestedPlace({ ...traces, rows: new Map(rows.map(({ key, body }) => [key, body])) });
    if (!tested.hops.some(isAwaited) || takesNothing(traces)) return tested;
    if (Date.parse(ports.clock.now()) >= untilMs) {
      if (rows.length > 0) return tested;
      return resolveTestedPlace({ ...traces, isHeldBack: await isHeldBack(traces, ports) });
    }
    await ports.wait(BETWEEN_LOOKS_MS);
  }
}

/** No rule there is on that would send anything home. */
function takesNothing({ rules }: TestTraces): boolean {
  return typeof rules === 'object' && rules !== null && rules.on.length === 0;
}

/** Why the bus did not take them; null where it did. */
async function send(region: string, id: string, ports: AlertTestPorts): Promise<string | null> {
  try {
    await ports.openBus(region).put(listTestEvents(region, id));
    return null;
  } catch (error) {
    if (error instanceof KeyholderError) return error.message;
    throw error;
  }
}

/** Why they could not be asked for, where they could not. */
async function askRules(region: string, { listRules }: AlertTestPorts): Promise<RulesThere | string> {
  try {
    return resolveTestRules(await listRules(region));
  } catch (error) {
    if (error instanceof KeyholderError) return error.message;
    throw error;
  }
}

async function isHeldBack(test: TestTraces, { store, clock }: AlertTestPorts): Promise<boolean> {
  const tests = await readRow(store, { partition: PATH_PARTITION, key: testsKey(test), kind: 'tests' });
  return tests !== null && !tests.ids.includes(test.id) && addTest(tests, test.id, clock.now()) === null;
}
