import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import { openObjectEvidence } from '../../shared/offline/object-evidence.ts';
import { openObjectRecorder } from '../../shared/offline/object-recorder.ts';
import { auditOneCluster } from '../../shared/pipeline/audit-one-cluster.ts';
import {
  clusterKey,
  evidencePrefix,
  partKey,
  planKey,
  type RegionUnit,
  type RunPart,
  readRunDocument,
  writeRunDocument,
} from '../../shared/pipeline/audit-run.ts';
import { tellHistory } from '../../shared/pipeline/history.ts';
import { createSnapshotStore } from '../../shared/pipeline/snapshot-store.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';

const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const place = { account: '111122223333', region: 'eu-west-1', name: 'payments' };
const unit = { account: place.account, region: place.region, clusters: [place.name], readsIamTrail: true };

const runOf = (now: string): string => `night-${now.slice(0, 10)}`;

/** One night: the cluster's part of it. */
async function audit(
  now: string,
  findings: FindingStore,
  store = openMemoryObjects(),
  units: readonly RegionUnit[] = [unit],
) {
  const run = runOf(now);
  const window = { from: '2026-01-01T00:00:00Z', to: now };
  const accounts = [{ account: place.account, mentions: [], isDirectory: false }];
  await writeRunDocument(store, planKey(run), {
    kind: 'plan',
    value: { run, now, window, accounts, units },
  });
  await writeRunDocument(store, partKey(run, place.account), {
    kind: 'part',
    value: { scope: [], coverage: [], queries: [], mends: [], caller: null },
  });
  const sources = readFolderLive(makeFolder(smallEstate()));
  const cluster = clusterKey(run, place);
  await auditOneCluster(
    { cluster, failure: null },
    {
      store,
      findings,
      sink: openObjectRecorder(store, evidencePrefix(run)),
      open: () => sources,
      openEvidence: (places) => openObjectEvidence(store, evidencePrefix(run), places),
      signal: new AbortController().signal,
      progress: { step: () => undefined, end: () => undefined },
    },
  );
  return (await readRunDocument(store, cluster, 'audit')).report;
}

describe('auditOneCluster', () => {
  test('remembers what it found, and tells the next night since when', async () => {
    const [findings, store] = [createMemoryStore(), openMemoryObjects()];

    const first = await audit('2026-11-20T03:00:00Z', findings, store);
    const second = await audit('2026-11-21T03:00:00Z', findings, store);

    expect(first.findings.map(({ firstSeenAt }) => firstSeenAt)).toContain('2026-11-20T03:00:00Z');
    expect(second.findings.map(({ firstSeenAt }) => firstSeenAt)).toEqual(
      first.findings.map(({ firstSeenAt }) => firstSeenAt),
    );
    const asked = { cluster: 'payments', at: '2026-11-20T12:00:00Z', now: '2026-11-22T00:00:00Z' };
    expect((await tellHistory(findings, asked)).holders).toMatchObject([
      { holder: { name: 'arn:aws:iam::111122223333:role/admins' }, level: 'cluster-admin', certainty: 'held' },
    ]);
  });

  test('leaves a snapshot that events can start from', async () => {
    const [findings, store] = [createMemoryStore(), openMemoryObjects()];
    await audit('2026-11-20T03:00:00Z', findings, store);

    const snapshot = await createSnapshotStore(findings, (key) => openObjectEvidence(store, key)).open(ARN);

    expect(snapshot?.at).toBe('2026-11-20T03:00:00Z');
    expect((await snapshot?.readers.places())?.clusters).toEqual([place]);
  });

  test('names in its coverage when logins were asked for late since the night before, and what has no slot', async () => {
    const findings = createMemoryStore();
    const gap = { from: '2026-11-20T09:00:00Z', to: '2026-11-20T11:00:00Z', reason: 'denied', isLost: false };
    const subscriptions = { lookedAt: '2026-11-20T12:00:00Z', changes: true, logins: false, reason: null };
    const state = { name: 'payments', readTo: '2026-11-20T12:00:00Z', isLogged: true, subscriptions, gaps: [gap] };
    await findings.put({
      partition: 'account:111122223333',
      key: 'logins#eu-west-1',
      version: 1,
      body: wrapRemembered('login-queries', { clusters: [state] }),
      expiresAt: null,
    });

    const { coverage } = await audit('2026-11-21T13:00:00Z', findings);

    expect(coverage.find(({ source }) => source === 'authenticator-log')?.reason).toContain(
      'denied logins, broken mappings and break-glass logins are asked for every few minutes, since keyholder-logins has no slot in the log group; logins from 2026-11-20T09:00:00Z to 2026-11-20T11:00:00Z were asked for late between two audits: denied; logins between two audits were last asked for up to 2026-11-20T12:00:00Z',
    );
  });

  test.each([
    ['trusts silence of IAM once the unit that asked for it has ended', true, 'evaluated'],
    ['trusts it in part before, for the calls were not asked for', false, 'partly-evaluated'],
  ])('%s', async (_name, hasEnded, status) => {
    const now = '2026-11-20T03:00:00Z';
    const store = openMemoryObjects();
    const other = { ...unit, region: 'us-east-1', clusters: ['billing'] };
    const window = { from: '2026-01-01T00:00:00Z', to: now };
    const row = {
      source: 'cloudtrail',
      account: place.account,
      cluster: null,
      part: null,
      window,
      reason: null,
    } as const;
    const own = { ...row, region: place.region, status: 'complete', calls: ['CreateCluster'] } as const;
    const ofOther = [
      { ...row, region: other.region, status: 'partial', reason: 'out of time', calls: ['CreateCluster'] } as const,
      { ...row, region: other.region, status: 'complete', calls: ['UpdateAssumeRolePolicy'] } as const,
    ];
    const keep = (region: string, coverage: RunPart['coverage']) =>
      writeRunDocument(store, partKey(runOf(now), place.account, region), {
        kind: 'part',
        value: { scope: [], coverage, queries: [], mends: [], caller: null },
      });
    await keep(place.region, [own]);
    const trail = `${place.account}/cloudtrail/${place.region}.json`;
    await openObjectRecorder(store, evidencePrefix(runOf(now))).write(trail, '{"Records": []}');
    if (hasEnded) await keep(other.region, ofOther);

    const report = await audit(now, createMemoryStore(), store, [{ ...unit, readsIamTrail: false }, other]);

    const { verdicts } = report;
    expect(verdicts.find(({ detection }) => detection === 'admin-role-trust-changed')?.status).toBe(status);
  });
});
