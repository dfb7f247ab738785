/** The sample estate, and every way to gain admin, through what functions do with detections: all that they write, as text. */
import type { Report } from '../../shared/model/report.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { openObjectEvidence } from '../../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { describeNotice } from '../../shared/pipeline/describe-notice.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { rememberRun } from '../../shared/pipeline/remember-run.ts';
import { createSnapshotStore } from '../../shared/pipeline/snapshot-store.ts';
import { createAlertPorts } from './alert-ports.ts';
import { rememberNight } from './audited-night.ts';
import { createChangePorts, type TestChangePorts } from './change-ports.ts';
import { openMemoryObjects } from './memory-objects.ts';
import { finding } from './report.ts';
import { WAYS, type WayToAdmin } from './ways-to-admin.ts';

export interface ToldStory {
  readonly report: string;
  /** Rows of the table, and what people, chat and programs are told of them. */
  readonly nights: readonly string[];
  readonly alerts: readonly string[];
  /** What a message would say of a finding of each of these detections. */
  readonly notices: readonly string[];
}

export async function tellStory(estate: string, now: string): Promise<ToldStory> {
  const readers = openEvidenceFolder(estate);
  const evidence = await collectEvidence(readers);
  const report = auditEvidence(evidence, now);
  const ports = createChangePorts();
  await rememberRun({ store: ports.store, objects: openMemoryObjects() }, { evidence, report, readers });
  const night = await tellRows(ports);
  const alerts: string[] = [];
  for (const way of WAYS) alerts.push(await tellWay(way));
  return { report: JSON.stringify(report), nights: [night], alerts, notices: listJudged(report).map(tellNotice) };
}

function listJudged({ clusters }: Report): readonly string[] {
  return [...new Set(clusters.flatMap(({ verdicts }) => verdicts.map(({ detection }) => detection)))];
}

function tellNotice(detection: string): string {
  const change = { number: 1, kind: 'new', cause: 'audit', at: '2026-11-21T03:00:00Z' } as const;
  const { title, fix } = describeNotice({ ...finding({ detection }), basis: null, change }, null);
  return `${detection}: ${title}. ${fix}`;
}

async function tellWay({ before, events }: WayToAdmin): Promise<string> {
  const ports = createChangePorts();
  const objects = openMemoryObjects();
  await rememberNight(before, { store: ports.store, objects });
  const snapshots = createSnapshotStore(ports.store, (key) => openObjectEvidence(objects, key));
  const alert = { ...createAlertPorts({ store: ports.store }), snapshots };
  for (const event of events) await alertOnEvent(event, alert);
  return tellRows(ports);
}

async function tellRows(ports: TestChangePorts): Promise<string> {
  const rows = ports.store.drain();
  await publishChanges({ Records: rows }, ports);
  return JSON.stringify({ rows, told: ports.told });
}
