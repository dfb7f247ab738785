/** The latest snapshot of a cluster, read once by a process, into the evidence that it holds and what stood then. */
import { type Standing, standUnread } from '../evidence/stand-now.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { findStandingLife } from '../findings/remembered-lives.ts';
import type { Finding } from '../model/finding.ts';
import type { StoredPeople } from '../model/state.ts';
import type { FindingStore, Snapshot, SnapshotStore } from '../ports.ts';
import { collectEvidence } from './collect.ts';
import { evaluateStanding } from './evaluate-standing.ts';

export interface OpenSnapshot {
  readonly version: string;
  /** ISO: up to when it reaches; null without a snapshot. */
  readonly at: string | null;
  readonly standing: Standing;
  /** What stood then, by fingerprint: no event makes it news. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** Principals that were admins then, as arnKey writes them. */
  readonly admins: ReadonlySet<string>;
}

export interface SnapshotPorts {
  readonly store: FindingStore;
  readonly snapshots: SnapshotStore;
  /** Snapshots that were read already, by cluster: those of this process. */
  readonly opened: Map<string, OpenSnapshot>;
}

/** `at` (ISO) dates what is judged where no audit has left a snapshot. */
export async function openStanding(clusterArn: string, at: string, ports: SnapshotPorts): Promise<OpenSnapshot> {
  const snapshot = await ports.snapshots.open(clusterArn);
  if (snapshot === null) return openNothing(clusterArn, at, ports.store);
  const before = ports.opened.get(clusterArn);
  if (before?.version === snapshot.version) return before;
  const { version, at: readAt } = snapshot;
  const read = await readSnapshot(snapshot, clusterArn);
  const { findings, admins, known } = evaluateStanding(read, readAt);
  const { createdAt } = read.cluster.cluster;
  const standing = known === null ? read : knowPeople(read, { at: readAt, life: createdAt, ...known });
  const opened = { version, at: readAt, standing, findings, admins };
  keepOpened(ports.opened, clusterArn, opened);
  return opened;
}

/** The life of the cluster is known where its creation was seen, or an audit has been there before. */
async function openNothing(clusterArn: string, at: string, store: FindingStore): Promise<OpenSnapshot> {
  const rows = await store.list(clusterArn, 'life#');
  const lives = rows.flatMap(({ body }) => unwrapRemembered('life', body) ?? []);
  const createdAt = findStandingLife(lives, at)?.createdAt ?? null;
  const standing = standUnread(clusterArn, createdAt);
  return { version: '', at: null, standing, ...evaluateStanding(standing, at) };
}

async function readSnapshot({ readers }: Snapshot, clusterArn: string): Promise<Standing> {
  const evidence = await collectEvidence(readers);
  const cluster = evidence.clusters.find((candidate) => candidate.cluster.arn === clusterArn);
  return cluster === undefined ? standUnread(clusterArn, null) : { evidence, cluster, unknown: [] };
}

/** What follows is compared with the people of the snapshot itself: its state.json holds those of the audit before it. */
function knowPeople(standing: Standing, people: StoredPeople): Standing {
  const { state } = standing.evidence;
  const adminPeople = { ...state.adminPeople, [standing.cluster.cluster.arn]: people };
  return { ...standing, evidence: { ...standing.evidence, state: { ...state, adminPeople } } };
}

const MOST_OPENED = 150;

/** A process that serves many clusters keeps those that it saw last. */
function keepOpened(opened: Map<string, OpenSnapshot>, clusterArn: string, snapshot: OpenSnapshot): void {
  opened.delete(clusterArn);
  opened.set(clusterArn, snapshot);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
}
