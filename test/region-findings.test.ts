import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import type { Report } from '../shared/model/report.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { tellDiff } from '../shared/pipeline/history.ts';
import { readWithState, recallState } from '../shared/pipeline/recall-state.ts';
import { rememberRegion } from '../shared/pipeline/remember-region.ts';
import { rememberRun } from '../shared/pipeline/remember-run.ts';
import type { FindingStore } from '../shared/ports.ts';
import { viewDiff } from '../shared/reports/view-diff.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { call } from './support/cloudtrail-events.ts';
import { interleaveAll, type Writer } from './support/interleave.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import { memoryReaders } from './support/memory-readers.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { CLUSTER, smallEstate } from './support/small-estate.ts';

const AT = '2026-11-20T08:00:00Z';
const NIGHT = '2026-11-21T00:00:00Z';
const NEXT = '2026-11-22T00:00:00Z';
const NEIGHBOUR = '111122223333/eu-west-1/orders';
const TRAILS = '111122223333/eu-west-1/trails.json';
const SUBJECT = 'region:111122223333/eu-west-1';
/** Of detection and subject alone: what an acceptance in keyholder.yml names. */
const FINGERPRINT = 'e9f73cc489077f6f90e6d4df422a5722';

const stops = call({ name: 'StopLogging', service: 'cloudtrail', at: AT, request: { name: 'all' } });
const stopped = { Name: 'all', IsMultiRegionTrail: true, status: { IsLogging: false } };
const recording = { ...stopped, status: { IsLogging: true }, eventSelectors: [{ ReadWriteType: 'All' }] };
const NOTHING_READ = { [TRAILS]: 'not JSON' };
const trailFile = (...trailList: readonly unknown[]) => ({ [TRAILS]: JSON.stringify({ trailList }) });

type More = Readonly<Record<string, string>>;

/** payments, and orders, which was made after the trail was stopped. */
function twoClusters(more: More = {}) {
  const files: Record<string, string | Uint8Array> = { ...smallEstate(), ...trailFile(stopped) };
  for (const [file, text] of Object.entries(files)) {
    if (!file.startsWith(`${CLUSTER}/`)) continue;
    const [own, born] = [String(text).replaceAll('payments', 'orders'), '2026-11-20T12:00:00Z'];
    files[file.replace(CLUSTER, NEIGHBOUR)] = own.replace('2026-01-01T00:00:00Z', born);
  }
  return {
    ...files,
    '111122223333/cloudtrail/a.json': JSON.stringify({ Records: [stops.detail] }),
    'manifest.json': JSON.stringify({
      schema: 'keyholder.evidence/v1',
      window: { from: '2026-11-01T00:00:00Z', to: NIGHT },
    }),
    ...more,
  };
}

async function audit(more: More = {}, now = NIGHT): Promise<Report> {
  return auditEvidence(await collectEvidence(memoryReaders(twoClusters(more))), now);
}

/** What one cluster of a night writes of its region, which knows nothing of the other. */
async function writerOf(folder: string, more: More = {}, at = NIGHT): Promise<Writer> {
  const other = folder === CLUSTER ? NEIGHBOUR : CLUSTER;
  const files = Object.entries(twoClusters(more)).filter(([file]) => !file.startsWith(`${other}/`));
  const evidence = await collectEvidence(memoryReaders(Object.fromEntries(files)));
  const { clusters, findings } = auditEvidence(evidence, at);
  const [report, ...others] = clusters;
  if (report === undefined || others.length > 0) throw new Error(`expected one cluster, got ${clusters.length}`);
  return (store) => rememberRegion(store, { report, findings, at });
}

async function writersOf(more: More = {}, at = NIGHT): Promise<readonly Writer[]> {
  return [await writerOf(CLUSTER, more, at), await writerOf(NEIGHBOUR, more, at)];
}

const alert: Writer = (store) => alertOnEvent(stops, createAlertPorts({ store }));

async function listRows(store: FindingStore) {
  const rows = await store.list('account:111122223333', 'finding#');
  return rows.map(({ body }) => unwrapRemembered('finding', body));
}

/** Each outcome of all orders once; who told of it first is of the order. */
async function listOutcomes(runs: Awaited<ReturnType<typeof interleaveAll>>): Promise<readonly unknown[]> {
  const outcomes = new Map<string, unknown>();
  for (const { store } of runs) {
    const rows = (await listRows(store)).map((row) => ({ ...row, change: { ...row?.change, cause: 'either' } }));
    outcomes.set(JSON.stringify(rows), rows);
  }
  return [...outcomes.values()];
}

describe('a trail that is stopped in a region of two clusters', () => {
  test('is one finding of the report, of no cluster, with the call that stopped it', async () => {
    const { clusters, findings, summary } = await audit();

    expect(findings).toMatchObject([
      {
        fingerprint: FINGERPRINT,
        detection: 'cloudtrail-off',
        cluster: null,
        subject: SUBJECT,
        status: 'open',
        severity: 'high',
        at: AT,
        actor: 'arn:aws:iam::111122223333:role/deployer',
      },
    ]);
    expect(clusters.map(({ name }) => name)).toEqual(['payments', 'orders']);
    for (const cluster of clusters) {
      expect(cluster.findings.map(({ detection }) => detection)).not.toContain('cloudtrail-off');
      expect(cluster.verdicts.map(({ detection }) => detection)).toContain('cloudtrail-off');
    }
    const open = [...clusters.flatMap((cluster) => cluster.findings), ...findings].filter(
      ({ status, severity }) => status === 'open' && severity === 'high',
    );
    expect(summary.findings.high).toBe(open.length);
  });

  test('is as grave as it is, whether production runs there or not', async () => {
    const production = { 'keyholder.yml': 'tags:\n  production:\n    owner: [shop]\n' };
    const tagged = JSON.parse(String(smallEstate()[`${CLUSTER}/describe-cluster.json`]));
    tagged.cluster.tags = { owner: 'shop' };

    const { findings } = await audit({ ...production, [`${CLUSTER}/describe-cluster.json`]: JSON.stringify(tagged) });

    expect(findings.map(({ severity }) => severity)).toEqual(['high']);
  });

  test('is accepted by one line of keyholder.yml', async () => {
    const risk = `finding: ${FINGERPRINT}\n    owner: payments\n    reason: moved\n    expires: '2027-01-31'\n`;

    const { findings, acceptances } = await audit({ 'keyholder.yml': `acceptedRisks:\n  - ${risk}` });

    expect(findings.map(({ status }) => status)).toEqual(['accepted']);
    expect(acceptances.map(({ status }) => status)).toEqual(['in-force']);
  });
});

describe('the clusters of a region and an event, which write of it at once', () => {
  test('leave one row with one change, in whatever order their calls of the store come', async () => {
    const runs = await interleaveAll(async () => undefined, [...(await writersOf()), alert]);
    const [rows, ...others] = await listOutcomes(runs);

    console.log(`${runs.length} orders of the calls of three writers`);
    expect(runs.length).toBeGreaterThan(100);
    for (const other of others) expect(other).toEqual(rows);
    expect(rows).toMatchObject([
      {
        fingerprint: FINGERPRINT,
        cluster: null,
        subject: SUBJECT,
        status: 'new',
        change: { number: 1, kind: 'new', at: AT },
        basis: NIGHT,
      },
    ]);
  });

  test('end it once, when the next night reads that a trail records again', async () => {
    const first = await writersOf();
    const prepare: Writer = async (store) => {
      for (const write of first) await write(store);
    };
    const next = await writersOf(trailFile(recording), NEXT);

    const runs = await interleaveAll(prepare, [...next, alert]);

    expect(runs.length).toBeGreaterThan(100);
    expect(await listOutcomes(runs)).toMatchObject([
      [{ status: 'resolved', change: { number: 2, kind: 'resolved', at: NEXT } }],
    ]);
  });

  test('leave it ended, where one of them could see the call alone', async () => {
    const first = await writersOf();
    const next = [await writerOf(CLUSTER, trailFile(recording), NEXT), await writerOf(NEIGHBOUR, NOTHING_READ, NEXT)];

    const runs = await interleaveAll(async (store) => {
      for (const write of first) await write(store);
    }, next);

    expect(runs.length).toBeGreaterThan(5);
    expect(await listOutcomes(runs)).toMatchObject([
      [{ status: 'resolved', change: { number: 2, kind: 'resolved', at: NEXT } }],
    ]);
  });
});

describe('rememberRegion', () => {
  test('ends nothing where the trails were not read', async () => {
    const store = createMemoryStore();
    for (const write of await writersOf()) await write(store);

    const silent = { ...NOTHING_READ, '111122223333/cloudtrail/a.json': '{"Records":[]}' };
    for (const write of await writersOf(silent, NEXT)) expect(await write(store)).toBe(0);

    expect(await listRows(store)).toMatchObject([{ status: 'new', change: { number: 1 } }]);
  });

  test('leaves other findings of the account, and those of other regions, alone', async () => {
    const store = createMemoryStore();
    const others = [
      call({ name: 'StopLogging', service: 'cloudtrail', at: AT, region: 'us-east-1', request: { name: 'all' } }),
      call({ name: 'StopLogging', service: 'cloudtrail', at: AT, account: '444455556666', request: { name: 'all' } }),
    ];
    for (const other of others) await alertOnEvent(other, createAlertPorts({ store }));

    for (const write of await writersOf(trailFile(recording), NEXT)) await write(store);

    const rows = [...(await listRows(store)), ...(await store.list('account:444455556666', 'finding#'))];
    expect(rows).toHaveLength(3);
    expect((await listRows(store)).map((row) => [row?.subject, row?.status])).toContainEqual([
      'region:111122223333/us-east-1',
      'new',
    ]);
  });
});

describe('what is remembered of a region', () => {
  /** As a night does it that knows the ones before. */
  async function remember(store: FindingStore, now: string, more: More = {}) {
    const files = memoryReaders(twoClusters({ 'manifest.json': '{"schema": "keyholder.evidence/v1"}', ...more }));
    const readers = await readWithState(files, await recallState(store));
    const evidence = await collectEvidence(readers);
    const report = auditEvidence(evidence, now);
    const written = await rememberRun({ store, objects: openMemoryObjects() }, { evidence, report, readers });
    return { report, written: written.map((one) => one.written) };
  }
  const noCalls = { '111122223333/cloudtrail/a.json': '{"Records": []}', ...trailFile() };

  test('gives the next nights its first day, and costs none after the second a write', async () => {
    const store = createMemoryStore();
    for (const night of [NIGHT, '2026-11-21T12:00:00Z']) await remember(store, night, noCalls);
    const before = await store.list('account:111122223333', 'finding#');

    const { report } = await remember(store, NEXT, noCalls);

    expect(report.findings).toMatchObject([{ firstSeenAt: NIGHT, lastSeenAt: NEXT }]);
    expect(before).toMatchObject([{ version: 2 }]);
    expect(await store.list('account:111122223333', 'finding#')).toEqual(before);
    expect((await recallState(store)).findings.filter(({ fingerprint }) => fingerprint === FINGERPRINT)).toEqual([
      { fingerprint: FINGERPRINT, firstSeenAt: NIGHT, lastSeenAt: NEXT, status: 'open' },
    ]);
  });

  test('is told once by a diff, whether of all clusters or of one there', async () => {
    const store = createMemoryStore();
    const elsewhere = '{"cluster": {"name": "archive", "createdAt": "2026-01-01T00:00:00Z"}}';
    await remember(store, NIGHT, { ...noCalls, '111122223333/us-east-1/archive/describe-cluster.json': elsewhere });
    const span = { from: '2026-11-20T00:00:00Z', to: NEXT, now: NEXT };

    const all = await tellDiff(store, { ...span, cluster: undefined });
    const one = await tellDiff(store, { ...span, cluster: 'orders' });
    const other = await tellDiff(store, { ...span, cluster: 'archive' });

    const told = all.findings.filter(({ detection }) => detection === 'cloudtrail-off');
    expect(told).toMatchObject([{ cluster: null, subject: SUBJECT, change: { kind: 'new', at: NIGHT } }]);
    expect(one.findings.filter(({ detection }) => detection === 'cloudtrail-off')).toEqual(told);
    expect(other.findings.map(({ detection }) => detection)).not.toContain('cloudtrail-off');
    const [text = ''] = JSON.stringify(viewDiff(all)).match(/"region:111122223333[^"]*"/) ?? [];
    expect(text).toBe('"region:111122223333/eu-west-1"');
  });
});
