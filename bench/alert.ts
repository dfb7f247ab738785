/** How long an event waits for its alert beside the table, how many calls it takes, and whether a burst loses any. */
import { openFindingsTable } from '../shared/aws/findings-table.ts';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import type { FindingStore } from '../shared/ports.ts';
import { openLocalTable } from '../test/support/local-dynamodb.ts';
import { arnOf, grantEvent, openPorts, smallWorld, type World, worldOf } from './alert-world.ts';
import { type Benchmark, type Figure, timeSeconds } from './figure.ts';

const BURST = 10_000;
const STORM = 500;
const AT_ONCE = 32;
/** As many as an account may have in a region by default. */
const CLUSTERS = 100;
/** One for each event; whatever else an event shows must not make up for one that is lost. */
const SHOWN = 'admin-policy-at-cluster-scope';

const SMALL = smallWorld('444455556666', 'eu-west-1', CLUSTERS);
const MANY = smallWorld('111122223333', 'eu-west-1', CLUSTERS);
const ONE = smallWorld('111122223333', 'us-east-1', 1);
const ORDINARY = worldOf('111122223333', { bindings: 600, entries: 150, subjects: 3_000 });
const LARGE = worldOf('444455556666', { bindings: 4_000, entries: 1_000, subjects: 20_000 });

export const benchAlert: Benchmark = async () => {
  const local = await openLocalTable();
  try {
    const store = openFindingsTable(local.access, local.table);
    const small = await measureSingle(store, SMALL, 400);
    const ordinary = await measureSingle(store, ORDINARY, 100);
    const large = await measureSingle(store, LARGE, 10);
    const burst = await measureAtOnce(store, MANY, BURST);
    const storm = await measureAtOnce(store, ONE, STORM);
    return [
      waits('alert on an event, beside the table (95 of 100 of 400)', small.p95, 0.15),
      waits('alert on a cluster of 600 bindings and 150 entries (95 of 100 of 100)', ordinary.p95, 0.15),
      waits('of that on the processor, table and all (95 of 100 of 100)', ordinary.processor, null),
      waits('alert on a cluster of 4,000 bindings and 1,000 entries (the slowest of 10)', large.p95, null),
      counts('calls of the store and the snapshots for an event, at most', Math.max(small.calls, ordinary.calls), 6),
      counts(`events of a burst of ${BURST} that are lost`, burst.lost, 0),
      waits(`a burst of ${BURST} events over ${CLUSTERS} clusters`, burst.seconds, null),
      counts(`events of a storm of ${STORM} on one cluster that are lost`, storm.lost, 0),
      counts('calls for an event of the storm, on average', storm.calls / STORM, 6),
      waits(`a storm of ${STORM} events on one cluster`, storm.seconds, null),
    ];
  } finally {
    await local.close();
  }
};

function waits(what: string, measured: number, limit: number | null): Figure {
  return { what, measured, unit: 's', limit };
}

function counts(what: string, measured: number, limit: number): Figure {
  return { what, measured, unit: '', limit };
}

async function measureSingle(store: FindingStore, world: World, events: number) {
  const seconds: number[] = [];
  // What others do on the machine makes an event wait, and takes no more of the processor for it.
  const processor: number[] = [];
  let most = 0;
  const { ports, count } = openPorts(store, world);
  for (let index = 0; index < events; index += 1) {
    const before = count();
    const begun = process.cpuUsage();
    seconds.push(await timeSeconds(() => alertOnEvent(grantEvent(index, world), ports)));
    const { user, system } = process.cpuUsage(begun);
    processor.push((user + system) / 1_000_000);
    most = Math.max(most, count() - before);
  }
  return { p95: find95(seconds), processor: find95(processor), calls: most };
}

function find95(seconds: readonly number[]): number {
  return [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length * 0.95)] ?? Number.NaN;
}

async function measureAtOnce(store: FindingStore, world: World, events: number) {
  const { ports, count } = openPorts(store, world);
  const waiting = Array.from({ length: events }, (_, index) => grantEvent(index, world));
  const work = async (): Promise<void> => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) await alertOnEvent(event, ports);
  };
  const seconds = await timeSeconds(() => Promise.all(Array.from({ length: AT_ONCE }, work)));
  const calls = count();
  let found = 0;
  for (let cluster = 0; cluster < world.clusters; cluster += 1) {
    const rows = await store.list(arnOf(cluster, world), 'finding#');
    found += rows.filter(({ body }) => unwrapRemembered('finding', body)?.detection === SHOWN).length;
  }
  return { lost: events - found, seconds, calls };
}
