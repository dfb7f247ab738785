/** Clusters with a snapshot each, and events that make somebody their admin: what the alert path is measured on. */
import type { AlertPorts } from '../shared/pipeline/alert.ts';
import type { FindingStore } from '../shared/ports.ts';
import { alertEstate, READ_AT } from '../test/support/alert-estate.ts';
import { type BusEvent, call } from '../test/support/cloudtrail-events.ts';
import { type MemoryFiles, memoryReaders } from '../test/support/memory-readers.ts';
import type { Size } from './large-cluster.ts';
import { makeAnswerFolder } from './large-folder.ts';

export interface World {
  readonly account: string;
  readonly region: string;
  readonly clusters: number;
  /** Of one cluster, named payments, of the account 111122223333. */
  readonly files: MemoryFiles;
}

/** With a few roles, one of them an admin. */
export function smallWorld(account: string, region: string, clusters: number): World {
  return { account, clusters, region, files: alertEstate({}) };
}

export function worldOf(account: string, size: Size): World {
  const { cluster, iam } = makeAnswerFolder(size);
  return { account, clusters: 1, region: 'eu-central-1', files: Object.fromEntries([...cluster, ...iam]) };
}

export interface CountedPorts {
  readonly ports: AlertPorts;
  /** Calls so far. */
  readonly count: () => number;
}

export function openPorts(store: FindingStore, world: World): CountedPorts {
  let calls = 0;
  const counted = <Args extends readonly unknown[], Answer>(one: (...args: Args) => Answer) => {
    return (...args: Args): Answer => {
      calls += 1;
      return one(...args);
    };
  };
  const readers = new Map(
    Array.from({ length: world.clusters }, (_, cluster) => [arnOf(cluster, world), filesOf(cluster, world)]),
  );
  const open = async (clusterArn: string) => {
    const files = readers.get(clusterArn);
    return files === undefined ? null : { version: '1', at: READ_AT, readers: memoryReaders(files) };
  };
  const ports: AlertPorts = {
    store: { get: counted(store.get), list: counted(store.list), put: counted(store.put) },
    snapshots: { open: counted(open) },
    refresh: { request: counted(async () => {}) },
    opened: new Map(),
  };
  return { ports, count: () => calls };
}

function nameOf(cluster: number, { clusters }: World): string {
  return `payments-${cluster % clusters}`;
}

export function arnOf(cluster: number, world: World): string {
  return `arn:aws:eks:${world.region}:${world.account}:cluster/${nameOf(cluster, world)}`;
}

function filesOf(cluster: number, world: World): MemoryFiles {
  const rename = (text: string): string =>
    text
      .replaceAll('111122223333', world.account)
      .replaceAll(/eu-(?:west|central)-1/g, world.region)
      .replaceAll('payments', nameOf(cluster, world));
  return Object.fromEntries(Object.entries(world.files).map(([path, text]) => [rename(path), rename(String(text))]));
}

/** One each ten milliseconds, of one cluster after the other. */
export function grantEvent(index: number, world: World): BusEvent {
  const { account, region } = world;
  const at = new Date(Date.parse(READ_AT) + 60_000 + index * 10).toISOString();
  const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  const principalArn = `arn:aws:iam::${account}:role/newcomer-${index}`;
  const request = { name: nameOf(index, world), principalArn, policyArn, accessScope: { type: 'cluster' } };
  return call({ name: 'AssociateAccessPolicy', at, account, region, request });
}
