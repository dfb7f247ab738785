import { describe, expect, test } from 'vitest';
import { rememberPathEvent } from '../../shared/pipeline/remember-path-event.ts';
import type { StoredItem } from '../../shared/ports.ts';
import { call } from '../support/cloudtrail-events.ts';
import { createStreamedStore } from '../support/streamed-store.ts';

const NOW = '2026-11-21T08:05:00Z';
const PLACE = { account: '444455556666', region: 'eu-west-1' };
const ID = '8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10';

const marked = (purpose: string, eventSource = 'eks.amazonaws.com', id = ID) => ({
  ...PLACE,
  source: 'keyholder.test',
  detail: { eventSource, eventName: 'KeyholderTest', purpose, test: id },
});
const alarm = (value: string) => ({
  ...PLACE,
  source: 'aws.cloudwatch',
  detail: { alarmName: 'keyholder-member-dead-letters', state: { value } },
});

async function remember(events: readonly (readonly [event: unknown, now?: string])[]) {
  const store = createStreamedStore();
  const outcomes = [];
  for (const [event, now = NOW] of events) outcomes.push(await rememberPathEvent(event, { store, now }));
  const written = store.drain().map(({ dynamodb: { Keys } }) => `${Keys.pk?.S} ${Keys.sk?.S}`);
  return { outcomes, written, store };
}

describe('rememberPathEvent', () => {
  test('writes down by which rule a test came, and once that it is to be told', async () => {
    const { written } = await remember([[marked('test')], [marked('test')], [marked('test', 'logs.amazonaws.com')]]);

    expect(written).toEqual([
      'path tests#444455556666',
      `test:444455556666/eu-west-1/${ID} arrived#eks`,
      `test:444455556666/eu-west-1/${ID} test#`,
      `test:444455556666/eu-west-1/${ID} arrived#logs`,
    ]);
  });

  test('has a test told though the function died at any write of it', async () => {
    for (let at = 1; at <= 3; at += 1) {
      const store = createStreamedStore();
      let writes = 0;
      const put = async (item: StoredItem) => {
        writes += 1;
        if (writes === at) throw new Error('died');
        return store.put(item);
      };
      await rememberPathEvent(marked('test'), { store: { ...store, put }, now: NOW }).catch(() => null);
      await rememberPathEvent(marked('test'), { store, now: NOW });
      const written = store.drain().map(({ dynamodb: { Keys } }) => Keys.sk?.S);

      expect(written).toEqual(['tests#444455556666', 'arrived#eks', 'test#']);
    }
  });

  test('writes nothing more of an account that asked too often, whatever its regions', async () => {
    const many = Array.from({ length: 500 }, (_, index) => {
      const id = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
      return [{ ...marked('test', 'eks.amazonaws.com', id), region: `eu-west-${index % 3}` }] as const;
    });
    const { written, outcomes } = await remember(many);

    expect(written.filter((row) => row.endsWith(' test#'))).toHaveLength(20);
    expect(written).toHaveLength(60);
    expect(outcomes.at(-1)).toEqual({ path: 'test', isKept: false, skipped: [] });
  });

  test('writes a canary once an hour, however often it is sent', async () => {
    const flood = Array.from({ length: 500 }, () => [marked('canary')] as const);
    const { written } = await remember([...flood, [marked('canary'), '2026-11-21T09:05:00Z']]);

    expect(written).toEqual(['path canary#444455556666/eu-west-1#eks', 'path canary#444455556666/eu-west-1#eks']);
  });

  test('keeps since when dead letters stand, and when none do any more', async () => {
    const { store, written } = await remember([
      [alarm('OK')],
      [alarm('ALARM')],
      [alarm('ALARM'), '2026-11-21T08:06:00Z'],
      [alarm('OK'), '2026-11-21T09:00:00Z'],
      [alarm('ALARM'), '2026-11-22T09:00:00Z'],
    ]);

    expect(written).toHaveLength(3);
    expect((await store.get('path', 'dead-letters#444455556666/eu-west-1'))?.body).toMatchObject({
      value: { ...PLACE, since: '2026-11-22T09:00:00Z' },
    });
  });

  test('leaves an event of access alone, and says what a forged test was', async () => {
    const event = call({ name: 'CreateAccessEntry', at: NOW });
    const { outcomes, written } = await remember([[event], [{ ...event, source: 'keyholder.test' }]]);

    expect(outcomes).toEqual([
      null,
      {
        path: null,
        isKept: false,
        skipped: ['expected a test to be named KeyholderTest, by one of the rules, got another event'],
      },
    ]);
    expect(written).toEqual([]);
  });
});
