/** How long an event waits for its alert beside the table, how many calls it takes, and whether a burst loses any. */
import { openFindingsTable } from '../shared/aws/findings-table.ts';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import type { AlertPorts } from '../shared/pipeline/alert.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import type { FindingStore } from '../shared/ports.ts';
import { alertEstate, READ_AT } from '../test/support/alert-estate.ts';
import { type BusEvent, call } from '../test/support/cloudtrail-events.ts';
import { openLocalTable } from '../test/support/local-dynamodb.ts';
import { memoryReaders } from '../test/support/memory-readers.ts';
import { type Benchmark, timeSeconds } from './figure.ts';

const EVENTS = 400;
const BURST = 10_000;
const AT_ONCE = 32;
/** As many as an account may have in a region by default. */
const CLUSTERS = 100;
/** One for each event; whatever else an event shows must not make up for one that is lost. */
const SHOWN = 'admin-policy-at-cluster-scope';

export const benchAlert: Benchmark = async () => {
  const local = await openLocalTable();
  try {
    const store = openFindingsTable(local.access, local.table);
    const single = await measureSingle(store);
    const burst = await measureBurst(store);
    return [
      {
        what: `alert on an event, beside the table (95 of 100 of ${EVENTS})`,
        measured: single.p95,
        unit: 's',
        limit: 0.15,
      },
      {
        what: 'calls of the store and the snapshots for an event, at most',
        measured: single.calls,
        unit: '',
        limit: 6,
      },
      { what: `events of a burst of ${BURST} that are lost`, measured: burst.lost, unit: '', limit: 0 },
      { what: `a burst of ${BURST} events over ${CLUSTERS} clusters`, measured: burst.seconds, unit: 's', limit: null },
    ];
  } finally {
    await local.close();
  }
};

async function measureSingle(store: FindingStore): Promise<{ readonly p95: number; readonly calls: number }> {
  const seconds: number[] = [];
  let most = 0;
  const { ports, count } = openPorts(store, '444455556666');
  for (let index = 0; index < EVENTS; index += 1) {
    const before = count();
    seconds.push(await timeSeconds(() => alertOnEvent(grantEvent(index, '444455556666'), ports)));
    most = Math.max(most, count() - before);
  }
  const p95 = seconds.sort((a, b) => a - b)[Math.floor(EVENTS * 0.95)] ?? Number.NaN;
  return { p95, calls: most };
}

async function measureBurst(store: FindingStore): Promise<{ readonly lost: number; readonly seconds: number }> {
  const { ports } = openPorts(store, '111122223333');
  const waiting = Array.from({ length: BURST }, (_, index) => grantEvent(index, '111122223333'));
  const work = async (): Promise<void> => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) await alertOnEvent(event, ports);
  };
  const seconds = await timeSeconds(() => Promise.all(Array.from({ length: AT_ONCE }, work)));
  let found = 0;
  for (let cluster = 0; cluster < CLUSTERS; cluster += 1) {
    const rows = await store.list(arnOf(cluster, '111122223333'), 'finding#');
    found += rows.filter(({ body }) => unwrapRemembered('finding', body)?.detection === SHOWN).length;
  }
  return { lost: BURST - found, seconds };
}

function openPorts(store: FindingStore, account: string): { readonly ports: AlertPorts; readonly count: () => number } {
  let calls = 0;
  const counted = <Args extends readonly unknown[], Answer>(one: (...args: Args) => Answer) => {
    return (...args: Args): Answer => {
      calls += 1;
      return one(...args);
    };
  };
  const readers = new Map(
    Array.from({ length: CLUSTERS }, (_, cluster) => [arnOf(cluster, account), filesOf(cluster, account)]),
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

const nameOf = (cluster: number): string => `payments-${cluster % CLUSTERS}`;
const arnOf = (cluster: number, account: string): string =>
  `arn:aws:eks:eu-west-1:${account}:cluster/${nameOf(cluster)}`;

function filesOf(cluster: number, account: string): ReturnType<typeof alertEstate> {
  const rename = (text: string): string =>
    text.replaceAll('111122223333', account).replaceAll('payments', nameOf(cluster));
  return Object.fromEntries(
    Object.entries(alertEstate({})).map(([path, text]) => [rename(path), rename(String(text))]),
  );
}

function grantEvent(index: number, account: string): BusEvent {
  const at = new Date(Date.parse(READ_AT) + 60_000 + index * 10).toISOString();
  const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  const principalArn = `arn:aws:iam::${account}:role/newcomer-${index}`;
  const request = { name: nameOf(index), principalArn, policyArn, accessScope: { type: 'cluster' } };
  return call({ name: 'AssociateAccessPolicy', at, account, request });
}
