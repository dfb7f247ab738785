/** A cluster whose log is written by an account beside the home account: served by the local AWS, asked as the stack asks. */
import { onTestFinished } from 'vitest';
import { createAwsAccess, enterAccount } from '../../shared/aws/access.ts';
import { openLoginQueries } from '../../shared/aws/recent-logins.ts';
import { createScanBudget } from '../../shared/aws/scan-price.ts';
import { openObjectEvidence } from '../../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { type QueriedLogins, queryNewLogins } from '../../shared/pipeline/query-new-logins.ts';
import { readWithState, recallState } from '../../shared/pipeline/recall-state.ts';
import { type Memory, rememberRun } from '../../shared/pipeline/remember-run.ts';
import { createSnapshotStore } from '../../shared/pipeline/snapshot-store.ts';
import type { BusEvent, FindingStore } from '../../shared/ports.ts';
import { alertEstate, READ_AT } from './alert-estate.ts';
import { createAlertPorts } from './alert-ports.ts';
import { rememberNight } from './audited-night.ts';
import { createChangePorts, type TestChangePorts } from './change-ports.ts';
import type { CallerOptions } from './local-aws/identities.ts';
import { type LocalAws, startLocalAws } from './local-aws/local-aws.ts';
import { fastTimer } from './local-logs.ts';
import { openMemoryObjects } from './memory-objects.ts';
import { memoryReaders } from './memory-readers.ts';
import { CLUSTER } from './small-estate.ts';
import { makeFolder } from './temp-folder.ts';

export const HOME = '444455556666';
const OWNER = '111122223333';

export interface LoginWorld {
  readonly aws: LocalAws;
  readonly ports: TestChangePorts;
  /** What is on the bus and was judged. */
  readonly sent: readonly BusEvent[];
  /** One run of the function, what it sent judged, and what is new of that told. */
  readonly runAt: (now: string, signal?: AbortSignal) => Promise<QueriedLogins>;
}

export interface LoginWorldOptions {
  /** Lines of its authenticator log. */
  readonly lines: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly caller?: Partial<CallerOptions>;
  /** So many nights before, each of which read a day and two hours; left out: one that read months. */
  readonly nights?: number;
  /** What the night that ended on that day read of the log. */
  readonly seen?: { readonly day: string; readonly lines: readonly string[] };
  /** Stands before the table, for the function alone. */
  readonly wrap?: (store: FindingStore) => FindingStore;
  /** Replaces the bus. */
  readonly put?: (events: readonly BusEvent[]) => Promise<void>;
}

export async function startLoginWorld({
  lines,
  files = {},
  caller,
  put,
  wrap = (store) => store,
  ...before
}: LoginWorldOptions): Promise<LoginWorld> {
  const night = { ...alertEstate({}), 'manifest.json': MANIFEST, ...files };
  const ports = createChangePorts();
  const { store } = ports;
  const objects = openMemoryObjects();
  if (before.nights === undefined) await rememberNight(night, { store, objects });
  else await rememberNights(night, { store, objects }, before);
  await publishChanges({ Records: store.drain() }, ports);
  const time = { nowMs: Date.parse('2026-11-21T00:00:00Z') };
  const folder = makeFolder({ ...night, [`${CLUSTER}/authenticator.log`]: lines.map((line) => `${line}\n`).join('') });
  const aws = await startLocalAws({ folder, clock: () => time.nowMs, limits: UNLIMITED });
  onTestFinished(() => aws.close());
  const snapshots = createSnapshotStore(store, (key) => openObjectEvidence(objects, key));
  const alert = { ...createAlertPorts({ store }), snapshots, homeAccount: HOME };
  const credentials = aws.credentials({ account: OWNER, ...caller });
  const timer = fastTimer();
  const access = createAwsAccess({
    region: 'eu-west-1',
    version: '0.0.0',
    endpoint: aws.url,
    credentials: async () => credentials,
    timer,
    maxAttempts: 1,
  });
  const sent: BusEvent[] = [];
  const bus = { put: put ?? (async (events: readonly BusEvent[]) => void sent.push(...events)) };
  return {
    aws,
    ports,
    sent,
    async runAt(now, signal = new AbortController().signal) {
      time.nowMs = Date.parse(now);
      const open = (account: string) =>
        openLoginQueries(enterAccount(access, { account, partition: 'aws' }), createScanBudget(null));
      const before = sent.length;
      const queried = await queryNewLogins({ store: wrap(store), bus, open, signal, now });
      for (const event of sent.slice(before)) await alertOnEvent(deliver(event, now), alert);
      await publishChanges({ Records: store.drain() }, ports);
      return queried;
    },
  };
}

async function rememberNights(
  files: Readonly<Record<string, string | Uint8Array>>,
  memory: Memory,
  { nights = 0, seen }: Pick<LoginWorldOptions, 'nights' | 'seen'>,
): Promise<void> {
  for (let left = nights; left > 0; left -= 1) {
    const toMs = Date.parse(READ_AT) - (left - 1) * DAY_MS;
    const [from, to] = [toMs - DAY_MS - 7_200_000, toMs].map((ms) => new Date(ms).toISOString());
    const log = seen?.day === to?.slice(0, 10) ? (seen?.lines ?? []).map((line) => `${line}\n`).join('') : '';
    const night = { ...files, 'manifest.json': renderManifest(from, to), [`${CLUSTER}/authenticator.log`]: log };
    const readers = await readWithState(memoryReaders(night), await recallState(memory.store));
    const evidence = await collectEvidence(readers);
    await rememberRun(memory, { evidence, report: auditEvidence(evidence, to ?? ''), readers });
  }
}

const DAY_MS = 24 * 3_600_000;

/** As the home bus delivers what a function of the home account put on it. */
function deliver({ source, detailType, detail }: BusEvent, time: string): unknown {
  const common = { version: '0', id: 'example', account: HOME, region: 'eu-central-1', resources: [] };
  return { ...common, source, 'detail-type': detailType, time, detail: JSON.parse(detail) };
}

function renderManifest(from: string | undefined, to: string | undefined): string {
  const at = { account: null, region: null, cluster: null, part: null, status: 'complete', reason: null };
  const logs = ['authenticator-log', 'audit-log'].map((source) => ({ source, ...at, window: { from, to } }));
  return JSON.stringify({ schema: 'keyholder.evidence/v1', window: { from, to }, coverage: logs });
}

const MANIFEST = renderManifest('2026-09-01T00:00:00Z', READ_AT);

const UNLIMITED = Object.fromEntries(
  ['StartQuery', 'GetQueryResults', 'DescribeLogGroups', 'DescribeLogStreams', 'DescribeSubscriptionFilters'].map(
    (name) => [`logs:${name}`, Number.POSITIVE_INFINITY],
  ),
);
