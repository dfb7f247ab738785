/** An alert that crashes at each moment at which it waits, and is delivered again: the same rows as without a crash. */
import { expect } from 'vitest';
import { rememberAdmins } from '../../shared/pipeline/admin-index.ts';
import type { AlertPorts } from '../../shared/pipeline/alert.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { openStanding } from '../../shared/pipeline/open-standing.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { CLUSTER_ARN, READ_AT } from './alert-estate.ts';
import { createAlertPorts } from './alert-ports.ts';
import { crashAt } from './crashing-ports.ts';
import { memoryReaders } from './memory-readers.ts';
import type { WayToAdmin } from './ways-to-admin.ts';

const FEWEST_MOMENTS = 8;

/** Many stores in one table. */
export function within(store: FindingStore, name: string): FindingStore {
  const rename = (partition: string): string => `${name} ${partition}`;
  return {
    get: (partition, key) => store.get(rename(partition), key),
    list: (partition, prefix, most) => store.list(rename(partition), prefix, most),
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

export async function walkCrashes(way: WayToAdmin, openStore: (name: string) => FindingStore): Promise<void> {
  const whole = openStore(`${way.name} 0`);
  const moments = await deliver(way, await openPorts(way, whole), 0);
  expect(moments).toBeGreaterThanOrEqual(FEWEST_MOMENTS);
  const expected = await listRows(whole);
  for (let at = 1; at <= moments; at += 1) {
    const store = openStore(`${way.name} ${at}`);
    await deliver(way, await openPorts(way, store), at);
    expect(await listRows(store), `${way.name}, crashed at moment ${at}`).toEqual(expected);
  }
  console.log(`${way.name}: ${moments} crashes, each made good by another delivery`);
}
