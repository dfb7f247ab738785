import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { rememberAdmins } from '../../shared/pipeline/admin-index.ts';
import type { AlertPorts } from '../../shared/pipeline/alert.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { openStanding } from '../../shared/pipeline/open-standing.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { CLUSTER_ARN, READ_AT } from '../support/alert-estate.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import { crashAt } from '../support/crashing-ports.ts';
import { type LocalTable, openLocalTable } from '../support/local-dynamodb.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { WAYS, type WayToAdmin } from '../support/ways-to-admin.ts';

const FEWEST_MOMENTS = 8;

/** Many stores in one table. */
function within(store: FindingStore, name: string): FindingStore {
  const rename = (partition: string): string => `${name} ${partition}`;
  return {
    get: (partition, key) => store.get(rename(partition), key),
    list: (partition, prefix) => store.list(rename(partition), prefix),
    put: (item) => store.put({ ...item, partition: rename(item.partition) }),
  };
}

async function openPorts({ before }: WayToAdmin, store: FindingStore): Promise<AlertPorts> {
  const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT }, store });
  const { admins } = await openStanding(CLUSTER_ARN, READ_AT, ports);
  await rememberAdmins(store, { clusterArn: CLUSTER_ARN, at: READ_AT, admins, isWhole: true });
  return ports;
}

async function listRows(store: FindingStore): Promise<unknown> {
  const rows = [...(await store.list(CLUSTER_ARN, '')), ...(await store.list('account:111122223333', ''))];
  return rows.map(({ key, version, body, expiresAt }) => ({ key, version, body, expiresAt }));
}

/** The event that crashed is delivered again, as the bus does it; true when one did. */
async function deliver({ events }: WayToAdmin, ports: AlertPorts, at: number): Promise<number> {
  const crashing = crashAt(ports, at);
  let hasCrashed = false;
  for (const event of events) {
    try {
      await alertOnEvent(event, hasCrashed ? { ...ports, opened: new Map() } : crashing.ports);
    } catch {
      hasCrashed = true;
      await alertOnEvent(event, { ...ports, opened: new Map() });
    }
  }
  expect(hasCrashed).toBe(at > 0);
  return crashing.moments();
}

async function walk(way: WayToAdmin, openStore: (name: string) => FindingStore): Promise<number> {
  const whole = openStore(`${way.name} 0`);
  const moments = await deliver(way, await openPorts(way, whole), 0);
  const expected = await listRows(whole);
  for (let at = 1; at <= moments; at += 1) {
    const store = openStore(`${way.name} ${at}`);
    await deliver(way, await openPorts(way, store), at);
    expect(await listRows(store), `${way.name}, crashed at moment ${at}`).toEqual(expected);
  }
  return moments;
}

describe('a crash between an event and what is remembered of it', () => {
  let table: LocalTable;
  let crashes = 0;

  beforeAll(async () => {
    table = await openLocalTable();
  });

  afterAll(async () => {
    console.log(`${crashes} crashes, each made good by another delivery`);
    await table.close();
  });

  test.each(WAYS)('loses nothing of $name, in memory', async (way) => {
    const moments = await walk(way, () => createMemoryStore());

    expect(moments).toBeGreaterThanOrEqual(FEWEST_MOMENTS);
    crashes += moments;
  });

  test.each(WAYS)('loses nothing of $name, in a table', async (way) => {
    const store = openFindingsTable(table.access, table.table);

    const moments = await walk(way, (name) => within(store, name));

    expect(moments).toBeGreaterThanOrEqual(FEWEST_MOMENTS);
    crashes += moments;
  });
});
