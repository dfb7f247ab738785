import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import type { FindingStore } from '../shared/ports.ts';
import { alertEstate, clusterRole, clusterRoleBinding, EVERYTHING, trust } from './support/alert-estate.ts';
import { auditLine, type BusEvent, call, write } from './support/cloudtrail-events.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { ARN, auditAt, type Files } from './support/remembering.ts';

type Subjects = Parameters<typeof clusterRoleBinding>[2];

const NEWCOMER = 'arn:aws:iam::111122223333:role/newcomer';
const ALICE = [['User', 'alice']] as const;
const MALLORY = ['User', 'mallory'] as const;
const EVE = ['User', 'eve'] as const;

const bindingOf = (subjects: Subjects) => ({
  ...clusterRoleBinding('team', 'cluster-admin', subjects),
  metadata: { name: 'team', creationTimestamp: '2026-02-01T00:00:00Z' },
});
const estate = (subjects: Subjects): Files => {
  const rbac = [clusterRole('cluster-admin', EVERYTHING), bindingOf(subjects)];
  const files = alertEstate({ rbac });
  // Each night has its own.
  const { 'manifest.json': _manifest, 'state.json': _state, ...rest } = files;
  return rest;
};

const binds = (at: string, subjects: Subjects): BusEvent =>
  write({ verb: 'patch', at, resource: 'clusterrolebindings', name: 'team', body: bindingOf(subjects) });
const trusts = (at: string, principal: string): BusEvent => {
  const request = { roleName: 'admins', policyDocument: JSON.stringify(trust(principal)) };
  return call({ name: 'UpdateAssumeRolePolicy', service: 'iam', at, request });
};

/** Nights and events of one cluster, over one store. */
function openDays() {
  const store = createMemoryStore();
  const objects = openMemoryObjects();
  const snapshots = createSnapshotStore(store, (key) => openObjectEvidence(objects, key));
  const ports = { store, snapshots, refresh: { request: async () => undefined }, opened: new Map() };
  return {
    store,
    night: (at: string, files: Files) => auditAt(store, at, files, { objects }),
    alert: (event: BusEvent) => alertOnEvent(event, ports),
  };
}

async function changesOf(store: FindingStore, detection: string): Promise<readonly string[]> {
  const rows = await store.list(ARN, 'finding#');
  const found = rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
  return found
    .filter((finding) => finding.detection === detection)
    .map(({ status, change: { number, kind, cause, at } }) => [status, number, kind, cause, at].join(' | '));
}

describe('what is told again while a finding of it stands', () => {
  const binding = 'admin-cluster-role-binding';

  test('somebody who joins a binding that makes admins, each time, however soon after the last', async () => {
    const { store, night, alert } = openDays();
    await night('2026-11-21T00:00:00Z', estate(ALICE));
    expect(await changesOf(store, binding)).toEqual(['new | 1 | new | baseline | 2026-02-01T00:00:00Z']);

    for (let delivery = 0; delivery < 3; delivery += 1) await alert(binds('2026-11-21T08:00:00Z', [...ALICE, MALLORY]));
    expect(await changesOf(store, binding)).toEqual([
      'open | 2 | worsened | patch clusterrolebindings | 2026-11-21T08:00:00Z',
    ]);

    await alert(binds('2026-11-21T08:00:30Z', [...ALICE, MALLORY, EVE]));
    await alert(binds('2026-11-21T08:00:00Z', [...ALICE, MALLORY]));
    expect(await changesOf(store, binding)).toEqual([
      'open | 3 | worsened | patch clusterrolebindings | 2026-11-21T08:00:30Z',
    ]);
  });

  test('nobody where a write leaves the binding as it was, or takes somebody out', async () => {
    const { store, night, alert } = openDays();
    await night('2026-11-21T00:00:00Z', estate([...ALICE, MALLORY]));
    await alert(binds('2026-11-21T08:00:00Z', [...ALICE, MALLORY]));
    await alert(binds('2026-11-21T09:00:00Z', ALICE));

    expect(await changesOf(store, binding)).toEqual(['new | 1 | new | baseline | 2026-02-01T00:00:00Z']);
  });

  test('nothing by the nights that see it, whether or not their logs still show the write', async () => {
    const { store, night, alert } = openDays();
    const both = [...ALICE, MALLORY];
    await night('2026-11-21T00:00:00Z', estate(ALICE));
    await alert(binds('2026-11-21T08:00:00Z', both));
    const given = { verb: 'patch', at: '2026-11-21T08:00:00Z', resource: 'clusterrolebindings', name: 'team' } as const;
    const line = JSON.stringify(auditLine({ ...given, body: bindingOf(both) }));
    const logged = { ...estate(both), '111122223333/eu-west-1/payments/audit.ndjson': `${line}\n` };
    for (const [at, files] of [
      ['2026-11-22T00:00:00Z', logged],
      ['2026-11-23T00:00:00Z', estate(both)],
      ['2026-11-24T00:00:00Z', logged],
    ] as const)
      await night(at, files);

    expect(await changesOf(store, binding)).toEqual([
      'open | 2 | worsened | patch clusterrolebindings | 2026-11-21T08:00:00Z',
    ]);
  });

  test('a trust policy of an admin that is widened again, minutes after the first time', async () => {
    const { store, night, alert } = openDays();
    await night('2026-11-21T00:00:00Z', estate(ALICE));
    await alert(trusts('2026-11-21T08:00:00Z', NEWCOMER));
    await alert(trusts('2026-11-21T08:10:00Z', '*'));

    expect(await changesOf(store, 'admin-role-trust-changed')).toEqual([
      'open | 2 | worsened | UpdateAssumeRolePolicy | 2026-11-21T08:10:00Z',
    ]);
  });
});
