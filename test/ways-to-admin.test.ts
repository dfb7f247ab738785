import { afterAll, describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { rememberAdmins } from '../shared/pipeline/admin-index.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { openStanding } from '../shared/pipeline/open-standing.ts';
import { CLUSTER_ARN, READ_AT } from './support/alert-estate.ts';
import { createAlertPorts, type TestAlertPorts } from './support/alert-ports.ts';
import { ALL_WAYS } from './support/all-ways.ts';
import { memoryReaders } from './support/memory-readers.ts';

/** Every order in which events arrive when each comes once, twice or three times. */
function listDeliveries(events: number, most = 3): readonly (readonly number[])[] {
  const orders: number[][] = [];
  const extend = (order: readonly number[], counts: readonly number[]): void => {
    if (counts.every((count) => count > 0)) orders.push([...order]);
    for (const [event, count] of counts.entries()) {
      if (count < most) extend([...order, event], counts.with(event, count + 1));
    }
  };
  extend([], new Array<number>(events).fill(0));
  return orders;
}

async function remembered({ store }: TestAlertPorts): Promise<readonly string[]> {
  const rows = await store.list(CLUSTER_ARN, 'finding#');
  return rows
    .flatMap(({ body }) => unwrapRemembered('finding', body) ?? [])
    .map(({ detection, subject, status, change }) =>
      [detection, subject, status, change.number, change.kind, change.cause].join(' | '),
    )
    .sort();
}

describe('alertOnEvent', () => {
  let deliveries = 0;

  afterAll(() => console.log(`${ALL_WAYS.length} ways to admin, ${deliveries} orders of delivery`));

  test.each(ALL_WAYS)(
    'finds $name, in whatever order and number its events come',
    async ({ before, events, found }) => {
      const readers = memoryReaders(before);
      const opened = createAlertPorts({ snapshot: { readers, at: READ_AT } }).opened;
      const expected = found
        .map(([detection, subject, cause]) => `${detection} | ${subject} | new | 1 | new | ${cause}`)
        .sort();
      let bodies: unknown = null;

      for (const order of listDeliveries(events.length)) {
        const ports = { ...createAlertPorts({ snapshot: { readers, at: READ_AT } }), opened };
        const { admins } = await openStanding(CLUSTER_ARN, READ_AT, ports);
        await rememberAdmins(ports.store, { clusterArn: CLUSTER_ARN, at: READ_AT, admins, isWhole: true });
        for (const index of order) await alertOnEvent(events[index], ports);

        expect(await remembered(ports), JSON.stringify(order)).toEqual(expected);
        const rows = (await ports.store.list(CLUSTER_ARN, 'finding#')).map(({ body }) => body);
        bodies ??= rows;
        expect(rows, JSON.stringify(order)).toEqual(bodies);
        deliveries += 1;
      }
    },
  );
});
