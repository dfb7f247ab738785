/** The story of an alert: one event, kept; the cluster as it stands with it; and what is new about that, remembered. */
import { DETECTIONS } from '../detections/index.ts';
import { isOldAt, type Standing, standNow, standUnread } from '../evidence/stand-now.ts';
import { evaluateCluster } from '../findings/evaluate.ts';
import { unwrapRemembered, wrapRemembered } from '../findings/remembered.ts';
import { compareSeverity } from '../findings/severity.ts';
import type { Finding } from '../model/finding.ts';
import type { Happening } from '../model/happening.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { Clock, FindingStore, LiveRefresh, Snapshot, SnapshotStore } from '../ports.ts';
import { resolveStandingFacts } from './cluster-facts.ts';
import { collectEvidence } from './collect.ts';
import { rememberEvent } from './remember-findings.ts';

export interface AlertPorts {
  readonly store: FindingStore;
  readonly snapshots: SnapshotStore;
  readonly refresh: LiveRefresh;
  readonly clock: Clock;
  /** Snapshots that were read already, by cluster: those of this process. */
  readonly opened: Map<string, OpenSnapshot>;
}

export interface OpenSnapshot {
  readonly version: string;
  readonly at: string;
  readonly standing: Standing;
  /** What stood then, by fingerprint: no event makes it news. */
  readonly findings: ReadonlyMap<string, Finding>;
}

export interface Alert {
  /** What the event makes new or worse. */
  readonly findings: readonly Finding[];
  /** How many rows were written for them. */
  readonly written: number;
}

const EVENTS_KEPT_MS = 3 * 24 * 3_600_000;

/** Order, number and lateness of deliveries do not matter: what stands follows from the set of events. */
export async function alertOnHappening(happening: Happening, ports: AlertPorts): Promise<Alert> {
  const { clusterArn, record } = happening;
  const { store } = ports;
  await keep(happening, store);
  const snapshot = await openSnapshot(clusterArn, ports);
  const records = await listSince(clusterArn, store);
  const read = snapshot?.standing ?? standUnread(placeOf(clusterArn));
  const standing = standNow(read, snapshot?.at ?? null, records);
  const findings = listNews(
    evaluate(standing, ports.clock.now()),
    snapshot?.findings ?? evaluateByFingerprint(read, happening.at),
  );
  const occasion = { origin: 'event', cause: causeOf(record), at: happening.at, basis: snapshot?.at ?? null } as const;
  const written = await rememberEvent(store, { clusterArn, findings }, occasion);
  const reasons = [...standing.unknown, ...(snapshot === null ? [] : listDoubts(snapshot, happening))];
  if (reasons.length > 0) await ports.refresh.request(clusterArn, reasons.join('; '));
  return { findings, written };
}

async function keep(happening: Happening, store: FindingStore): Promise<void> {
  const { clusterArn, id, at } = happening;
  const expiresAt = new Date(Date.parse(at) + EVENTS_KEPT_MS).toISOString();
  const body = wrapRemembered('event', happening);
  // Another delivery of it was here before: then it lies there already.
  await store.put({ partition: clusterArn, key: `event#${at}#${id}`, version: 1, body, expiresAt });
}

async function listSince(clusterArn: string, store: FindingStore): Promise<readonly EvidenceRecord[]> {
  const rows = await store.list(clusterArn, 'event#');
  return rows.flatMap(({ body }) => unwrapRemembered('event', body)?.record ?? []);
}

async function openSnapshot(clusterArn: string, ports: AlertPorts): Promise<OpenSnapshot | null> {
  const snapshot = await ports.snapshots.open(clusterArn);
  if (snapshot === null) return null;
  const known = ports.opened.get(clusterArn);
  if (known?.version === snapshot.version) return known;
  const standing = await readSnapshot(snapshot, clusterArn);
  const findings = evaluateByFingerprint(standing, snapshot.at);
  const opened = { version: snapshot.version, at: snapshot.at, standing, findings };
  ports.opened.set(clusterArn, opened);
  return opened;
}

async function readSnapshot({ readers }: Snapshot, clusterArn: string): Promise<Standing> {
  const evidence = await collectEvidence(readers);
  const cluster = evidence.clusters.find((candidate) => candidate.cluster.arn === clusterArn);
  return cluster === undefined ? standUnread(placeOf(clusterArn)) : { evidence, cluster, unknown: [] };
}

function evaluate({ cluster, evidence }: Standing, now: string): readonly Finding[] {
  const { facts, earlier } = resolveStandingFacts(cluster, evidence, now);
  return evaluateCluster(DETECTIONS, facts, earlier).findings;
}

function evaluateByFingerprint(standing: Standing, now: string): ReadonlyMap<string, Finding> {
  return new Map(evaluate(standing, now).map((finding) => [finding.fingerprint, finding]));
}

/** Findings that did not stand before, and those that are worse than they were. */
function listNews(findings: readonly Finding[], before: ReadonlyMap<string, Finding>): readonly Finding[] {
  return findings.filter((finding) => {
    const earlier = before.get(finding.fingerprint);
    if (earlier === undefined || earlier.status !== finding.status) return finding.status !== 'resolved';
    return compareSeverity(finding.severity, earlier.severity) < 0;
  });
}

function listDoubts({ at }: OpenSnapshot, happening: Happening): readonly string[] {
  return isOldAt(at, happening.at) ? [`the snapshot is of ${at}`] : [];
}

function causeOf(record: EvidenceRecord): string {
  if (record.source === 'cloudtrail') return record.eventName;
  return record.source === 'audit-log'
    ? `${record.verb} ${record.object?.resource ?? record.requestUri}`
    : record.message;
}

function placeOf(clusterArn: string): { readonly account: string; readonly region: string; readonly name: string } {
  const [, , , region = '', account = '', resource = ''] = clusterArn.split(':');
  return { account, region, name: resource.replace(/^cluster\//, '') };
}
