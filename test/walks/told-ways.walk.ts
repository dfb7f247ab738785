import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNELS } from '../../shared/pipeline/channels.ts';
import { type AlertStack, startAlertStack } from '../support/alert-stack.ts';
import { ALL_WAYS } from '../support/all-ways.ts';
import { rememberNight } from '../support/audited-night.ts';
import { nameFixture, writeTold } from '../support/told-messages.ts';
import type { WayToAdmin } from '../support/ways-to-admin.ts';

const NOTHING = { people: 0, chat: 0, machines: 0 };
const ONCE = { people: 1, chat: 1, machines: 1 };

let stack: AlertStack;
let alert: (event: unknown) => Promise<unknown>;
let publish: (event: unknown) => Promise<{ readonly sent: typeof NOTHING }>;
let messages = 0;

beforeAll(async () => {
  stack = await startAlertStack();
  for (const [name, value] of Object.entries(stack.environment)) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await stack.close();
  console.log(`${ALL_WAYS.length} ways to admin, ${messages} messages taken out of the queues`);
});

/** A table and functions that remember nothing of the way before. */
beforeEach(async () => {
  await stack.empty();
  vi.resetModules();
  alert = (await import('../../functions/alert-on-api-call.ts')).handler;
  publish = (await import('../../functions/publish-changes.ts')).handler;
});

/** Each event through the function, and what that wrote through the other; whatever both wrote, again. */
async function happen({ before, events }: WayToAdmin) {
  await rememberNight(before, stack.memory);
  const baseline = await publish({ Records: await stack.readStream() });
  for (const event of events) await alert(event);
  const records = await stack.readStream();
  const first = await publish({ Records: records });
  const again = await publish({ Records: [...records, ...(await stack.readStream())] });
  return { baseline: baseline.sent, first: first.sent, again: again.sent };
}

async function receive() {
  const [people = [], chat = [], machines = []] = await Promise.all(CHANNELS.map((channel) => stack.receive(channel)));
  messages += people.length + chat.length + machines.length;
  return { people, chat, machines };
}

describe('an event of the home bus', () => {
  test.each(ALL_WAYS)('tells of $name once on each topic, in its words', async (way) => {
    const sent = await happen(way);
    const told = await receive();

    expect(sent).toEqual({ baseline: NOTHING, first: ONCE, again: NOTHING });
    expect({ people: told.people.length, chat: told.chat.length, machines: told.machines.length }).toEqual(ONCE);
    await expect(writeTold(told)).toMatchFileSnapshot(`../fixtures/told-ways/${nameFixture(way.name)}`);
  });
});
