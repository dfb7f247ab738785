import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { CHANNELS } from '../../shared/pipeline/channels.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { READ_AT } from '../support/alert-estate.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import { createChangePorts, type TestChangePorts } from '../support/change-ports.ts';
import { dieAt } from '../support/crashing-changes.ts';
import { type LocalTable, openLocalTable } from '../support/local-dynamodb.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import type { StreamRecord } from '../support/streamed-store.ts';
import { WAYS } from '../support/ways-to-admin.ts';

const FEWEST_MOMENTS = 8;

interface Told {
  readonly moments: number;
  readonly sent: number;
  /** By channel: each id that was sent, in the order of the first time. */
  readonly ids: readonly (readonly string[])[];
}

/** What happened on the way, as the stream delivers it. */
async function streamOf({ before, events }: (typeof WAYS)[number]): Promise<readonly StreamRecord[]> {
  const { store } = createChangePorts();
  const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT }, store });
  for (const event of events) await alertOnEvent(event, ports);
  return store.drain();
}

/** Lambda delivers the batch again until it comes back without failures. */
async function deliver(records: readonly StreamRecord[], store: FindingStore, at: number): Promise<Told> {
  const ports: TestChangePorts = createChangePorts();
  const dying = dieAt({ ...ports, store }, at);
  const first = await publishChanges({ Records: records }, dying.ports).catch(() => null);
  expect(dying.isDead()).toBe(at > 0);
  if (first === null || dying.isDead()) {
    const again = await publishChanges({ Records: records }, { ...ports, store });
    expect(again.batchItemFailures).toEqual([]);
  }
  const messages = CHANNELS.map((channel) => ports.told[channel]);
  return {
    moments: dying.moments(),
    sent: messages.flat().length,
    ids: messages.map((told) =>
      [...new Set(told.map(({ attributes }) => attributes.deduplicationId ?? 'none'))].sort(),
    ),
  };
}

describe('a crash between a record of the stream and SNS', () => {
  let table: LocalTable;
  let crashes = 0;
  let repeats = 0;

  beforeAll(async () => {
    table = await openLocalTable();
  });

  afterAll(async () => {
    console.log(
      `${crashes} crashes, each told at least once; ${repeats} messages came twice, under the id of the first`,
    );
    await table.close();
  });

  async function walk(records: readonly StreamRecord[], openStore: (at: number) => FindingStore): Promise<void> {
    const whole = await deliver(records, openStore(0), 0);
    if (whole.sent === 0) return;
    expect(whole.moments).toBeGreaterThanOrEqual(FEWEST_MOMENTS);
    for (let at = 1; at <= whole.moments; at += 1) {
      const told = await deliver(records, openStore(at), at);
      expect(told.ids, `crashed at moment ${at}`).toEqual(whole.ids);
      expect(told.sent - whole.sent, `crashed at moment ${at}`).toBeLessThanOrEqual(1);
      repeats += told.sent - whole.sent;
      crashes += 1;
    }
  }

  test.each(WAYS)('leaves nothing of $name untold, in memory', async (way) => {
    await walk(await streamOf(way), () => createMemoryStore());
  });

  test('leaves nothing untold, in a table', async () => {
    const store = openFindingsTable(table.access, table.table);
    for (const [index, way] of WAYS.entries()) {
      await walk(await streamOf(way), (at) => within(store, `${index} ${at}`));
    }
    expect(crashes).toBeGreaterThan(0);
  });
});

/** Many stores in one table. */
function within(store: FindingStore, name: string): FindingStore {
  const rename = (partition: string): string => `${name} ${partition}`;
  return {
    get: (partition, key) => store.get(rename(partition), key),
    list: (partition, prefix, most) => store.list(rename(partition), prefix, most),
    put: (item) => store.put({ ...item, partition: rename(item.partition) }),
  };
}
