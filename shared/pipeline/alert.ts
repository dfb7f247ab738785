/** The story of an alert: one event, kept; the cluster as it stands with it; and what is new about that, remembered. */
import { fitRecord } from '../evidence/fit-record.ts';
import { MOST_HAPPENED } from '../evidence/stand-now.ts';
import { unwrapRemembered, wrapRemembered } from '../findings/remembered.ts';
import { describeBirth } from '../findings/remembered-lives.ts';
import type { Verdict } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Happening } from '../model/happening.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { FindingStore, LiveRefresh } from '../ports.ts';
import { rememberNewAdmins } from './admin-index.ts';
import { type Listed, listNews } from './list-news.ts';
import { openStanding, type SnapshotPorts } from './open-standing.ts';
import { rememberEvent } from './remember-findings.ts';

export interface AlertPorts extends SnapshotPorts {
  readonly refresh: LiveRefresh;
  /** Of the bus: what its own functions say of other accounts is believed. Left out: nothing is. */
  readonly homeAccount?: string | null;
}

export interface Alert {
  /** What the event makes new or worse. */
  readonly findings: readonly Finding[];
  /** How many rows were written for them. */
  readonly written: number;
  /** How far the silence of each detection may be trusted now. */
  readonly verdicts: readonly Verdict[];
}

const EVENTS_KEPT_MS = 3 * 24 * 3_600_000;

/** Order, number and lateness of deliveries do not matter: what stands follows from the set of events. */
export async function alertOnHappening(arrived: Happening, ports: AlertPorts): Promise<Alert> {
  const happening = { ...arrived, record: fitRecord(arrived.record) };
  const { clusterArn, at } = happening;
  const { store } = ports;
  await keep(happening, store);
  const snapshot = await openStanding(clusterArn, at, ports);
  const listed = listNews(snapshot, await listSince(happening, store), happening);
  const written = await remember(listed, { store, clusterArn, basis: snapshot.at });
  await rememberNewAdmins(store, { clusterArn, at, admins: listed.newAdmins });
  if (listed.unknown.length > 0) await ports.refresh.request(clusterArn, listed.unknown.join('; '));
  return { findings: listed.news.map(({ finding }) => finding), written, verdicts: listed.verdicts };
}

/** Where another delivery of it was here before, it lies there already. */
export async function keepEvent(happening: Happening, store: FindingStore): Promise<void> {
  const { clusterArn: partition, id, at } = happening;
  const expiresAt = new Date(Date.parse(at) + EVENTS_KEPT_MS).toISOString();
  const body = wrapRemembered('event', happening);
  await store.put({ partition, key: `event#${at}#${id}`, version: 1, body, expiresAt });
}

async function keep(happening: Happening, store: FindingStore): Promise<void> {
  const { clusterArn: partition, record } = happening;
  await keepEvent(happening, store);
  const life = describeBirth(record);
  if (life === null) return;
  // Findings of its first day go by the same life as those of its first night.
  const key = `life#${life.createdAt}`;
  await store.put({ partition, key, version: 1, body: wrapRemembered('life', life), expiresAt: null });
}

/** The event itself is among them, whatever became of its row, and however many came after it. */
async function listSince(happening: Happening, store: FindingStore): Promise<readonly Happening[]> {
  const rows = await store.list(happening.clusterArn, 'event#', MOST_HAPPENED);
  const kept = rows.flatMap(({ body }) => unwrapRemembered('event', body) ?? []);
  return kept.some(({ id }) => id === happening.id) ? kept : [...kept, happening];
}

async function remember(
  { news }: Listed,
  {
    store,
    clusterArn,
    basis,
  }: { readonly store: FindingStore; readonly clusterArn: string; readonly basis: string | null },
): Promise<number> {
  let written = 0;
  for (const { finding, shownBy } of news) {
    const occasion = { origin: 'event', cause: causeOf(shownBy.record), at: shownBy.at, basis } as const;
    written += await rememberEvent(store, { clusterArn, findings: [finding] }, occasion);
  }
  return written;
}

function causeOf(record: EvidenceRecord): string {
  if (record.source === 'cloudtrail') return record.eventName;
  return record.source === 'audit-log'
    ? `${record.verb} ${record.object?.resource ?? record.requestUri}`
    : record.message;
}
