import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { createAlertWay } from '../support/alert-way.ts';
import { dieAt } from '../support/crashing-changes.ts';
import { CLUSTER, remembered } from '../support/notices.ts';
import type { StreamRecord } from '../support/streamed-store.ts';

const PLACE = { account: '444455556666', region: 'eu-west-1' };
const ID = '8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10';
const ONCE = { people: 1, chat: 1, machines: 1 };
const NEVER = { people: 0, chat: 0, machines: 0 };

const marked = (purpose: string) => ({
  ...PLACE,
  source: 'keyholder.test',
  detail: { eventSource: 'eks.amazonaws.com', eventName: 'KeyholderTest', purpose, test: ID },
});
const alarm = (value: string) => ({
  ...PLACE,
  source: 'aws.cloudwatch',
  detail: { alarmName: 'keyholder-member-dead-letters', state: { value } },
});

/** As DynamoDB tells of a row whose time is over. */
function remove({ dynamodb: { NewImage, ...rest } }: StreamRecord) {
  return { eventName: 'REMOVE', dynamodb: { ...rest, OldImage: NewImage } };
}

describe('publishPath', () => {
  test('tells of a test once on each channel, whatever is delivered again', async () => {
    const way = createAlertWay();
    await way.bring(marked('test'));
    const records = way.ports.store.drain();
    const first = await publishChanges({ Records: records }, way.ports);
    const again = await publishChanges({ Records: [...records, ...way.ports.store.drain()] }, way.ports);

    expect([first.sent, again.sent]).toEqual([ONCE, NEVER]);
    expect(first).toMatchObject({ digested: 0, skips: [], batchItemFailures: [], oldestChangeAt: null });
  });

  test('tells again under the same id after a crash behind the message', async () => {
    const way = createAlertWay();
    await way.bring(marked('test'));
    const records = way.ports.store.drain();
    const put = () => Promise.reject(new Error('crash'));
    const broken = { ...way.ports, store: { ...way.ports.store, put } };
    const first = await publishChanges({ Records: records }, broken);
    const again = await publishChanges({ Records: records }, way.ports);

    expect(first.failures).toEqual(['crash']);
    expect(first.batchItemFailures).toEqual([{ itemIdentifier: records.at(-1)?.dynamodb.SequenceNumber }]);
    expect(again.sent).toEqual(ONCE);
    expect(new Set(way.ports.told.people.map(({ attributes }) => attributes.deduplicationId))).toEqual(
      new Set([`test-${ID}`]),
    );
  });

  test.each([
    ['a test', marked('test'), 3],
    ['dead letters', alarm('ALARM'), 3],
    ['a canary', marked('canary'), 0],
  ])('loses nothing of %s by a crash at any moment, and repeats it under one id', async (_name, event, channels) => {
    let at = 0;
    for (let moments = 1; at <= moments; at += 1) {
      const way = createAlertWay();
      await way.bring(event);
      const records = way.ports.store.drain();
      const dying = dieAt(way.ports, at);
      await publishChanges({ Records: records }, dying.ports).catch(() => null);
      if (at === 0) moments = dying.moments();
      const { batchItemFailures } = await publishChanges({ Records: records }, way.ports);
      const told = Object.values(way.ports.told).map((messages) => messages.map(({ attributes }) => attributes));

      expect(batchItemFailures).toEqual([]);
      expect(told.filter(({ length }) => length > 0)).toHaveLength(channels);
      expect(new Set(told.flat().map(({ deduplicationId }) => deduplicationId)).size).toBe(channels === 0 ? 0 : 1);
      if (channels === 0) expect(await way.ports.store.list('path', 'heard#')).toHaveLength(1);
    }
    expect(at).toBeGreaterThan(4);
  });

  test('hides no alert among tests of the same account, and holds none back', async () => {
    const way = createAlertWay();
    for (let index = 0; index < 300; index += 1) {
      const test = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
      await way.bring({ ...marked('test'), detail: { ...marked('test').detail, test } });
      await way.bring(marked('canary'));
    }
    const finding = remembered();
    const key = `finding#${finding.fingerprint}`;
    const body = wrapRemembered('finding', finding);
    await way.ports.store.put({ partition: CLUSTER, key, version: 1, body, expiresAt: null });
    await way.publish();
    const [first, ...tests] = way.ports.told.people;

    expect(first?.text).toMatch(/^role\/newcomer can now administer payments, given by /);
    expect(tests).toHaveLength(20);
    expect(new Set(tests.map(({ attributes }) => attributes.kind))).toEqual(new Set(['test']));
  });

  test('asks for a refused test again, and tells the other channels', async () => {
    const way = createAlertWay();
    await way.bring(marked('test'));
    const records = way.ports.store.drain();
    const chat = { publish: () => Promise.reject(new Error('denied')) };
    const channels = { ...way.ports.channels, chat };
    const first = await publishChanges({ Records: records }, { ...way.ports, channels });
    const again = await publishChanges({ Records: records }, way.ports);

    expect(first).toMatchObject({ sent: { people: 1, chat: 0, machines: 1 }, failures: ['denied'] });
    expect(again.sent).toEqual({ people: 0, chat: 1, machines: 0 });
  });

  test('writes down that nobody listens on a channel', async () => {
    const way = createAlertWay();
    await way.bring(marked('test'));
    const channels = { ...way.ports.channels, chat: null, machines: null };
    const { sent } = await publishChanges({ Records: way.ports.store.drain() }, { ...way.ports, channels });
    const rows = await way.ports.store.list(`test:444455556666/eu-west-1/${ID}`, 'told#');

    expect(sent).toEqual({ people: 1, chat: 0, machines: 0 });
    expect(rows.map(({ key, body }) => [key, body])).toEqual([
      ['told#chat', { at: '2026-11-21T08:05:00Z', isSent: false }],
      ['told#machines', { at: '2026-11-21T08:05:00Z', isSent: false }],
      ['told#people', { at: '2026-11-21T08:05:00Z', isSent: true }],
    ]);
  });

  test('hears a canary, and tells nobody', async () => {
    const way = createAlertWay();
    await way.bring(marked('canary'));
    const { sent } = await way.publish();

    expect(sent).toEqual(NEVER);
    expect((await way.ports.store.list('path', 'heard#')).map(({ key }) => key)).toEqual([
      'heard#444455556666/eu-west-1#eks',
    ]);
    expect((await way.publish()).sent).toEqual(NEVER);
  });

  test('tells once of dead letters, again when they come back, and not when they go', async () => {
    const way = createAlertWay();
    await way.bring(alarm('ALARM'));
    const first = await way.publish();
    await way.bring(alarm('OK'), '2026-11-21T09:00:00Z');
    const gone = await way.publish();
    await way.bring(alarm('ALARM'), '2026-11-22T08:00:00Z');
    const back = await way.publish();

    expect([first.sent, gone.sent, back.sent]).toEqual([ONCE, NEVER, ONCE]);
    expect(way.ports.told.people.map(({ attributes }) => attributes.kind)).toEqual(['dead-letters', 'dead-letters']);
  });

  test('tells once within six hours of an alarm that goes on and off', async () => {
    const way = createAlertWay();
    for (let minute = 0; minute < 300; minute += 1) {
      const now = new Date(Date.parse('2026-11-21T08:00:00Z') + minute * 60_000).toISOString();
      await way.bring(alarm(minute % 2 === 0 ? 'ALARM' : 'OK'), now);
      await way.publish();
    }

    expect(way.ports.told.people).toHaveLength(1);
  });

  test('takes a row whose time is over for no news', async () => {
    const way = createAlertWay();
    await way.bring(marked('test'));
    await way.bring(alarm('ALARM'));
    const removed = way.ports.store.drain().map(remove);

    expect((await publishChanges({ Records: removed }, way.ports)).sent).toEqual(NEVER);
  });
});
