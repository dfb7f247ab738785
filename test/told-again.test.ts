import { describe, expect, test } from 'vitest';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { publishChanges } from '../shared/pipeline/publish-changes.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { tellAcceptance } from '../shared/reports/view-notice.ts';
import { alertEstate, clusterRole, clusterRoleBinding, EVERYTHING, trust } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { rememberNight } from './support/audited-night.ts';
import { createChangePorts } from './support/change-ports.ts';
import { type BusEvent, call, write } from './support/cloudtrail-events.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import type { MemoryFiles } from './support/memory-readers.ts';

const FIRST = '2026-11-21T08:00:00Z';
const LATER = '2026-11-21T11:00:00Z';
const ROLE = 'arn:aws:iam::111122223333:role';
const BY = 'by role/deployer (session alice) from 192.0.2.10';

/** The first lines of what is told after each event; several of one event are joined. */
async function tellEach(before: MemoryFiles, events: readonly BusEvent[]): Promise<readonly string[]> {
  const ports = createChangePorts();
  const { store, told } = ports;
  const objects = openMemoryObjects();
  await rememberNight(before, { store, objects });
  store.drain();
  const snapshots = createSnapshotStore(store, (key) => openObjectEvidence(objects, key));
  const alert = { ...createAlertPorts({ store }), snapshots };
  const lines: string[] = [];
  for (const event of events) {
    const from = told.people.length;
    await alertOnEvent(event, alert);
    await publishChanges({ Records: store.drain() }, ports);
    lines.push(
      told.people
        .slice(from)
        .flatMap(({ text }) => text.split('\n', 1))
        .join(' | '),
    );
  }
  return lines;
}

const trusts = (at: string, principal: string): BusEvent => {
  const request = { roleName: 'admins', policyDocument: JSON.stringify(trust(principal)) };
  return call({ name: 'UpdateAssumeRolePolicy', service: 'iam', at, request });
};
const associates = (at: string, name: string): BusEvent => {
  const oidc = { identityProviderConfigName: name, issuerUrl: 'https://id.example.com', clientId: 'x' };
  return call({ name: 'AssociateIdentityProviderConfig', at, request: { oidc } });
};
const deletes = (at: string): BusEvent =>
  write({ verb: 'delete', at, resource: 'configmaps', name: 'aws-auth', namespace: 'kube-system' });

type Bound = Parameters<typeof clusterRoleBinding>[2][number];
const binding = (...more: readonly Bound[]) =>
  clusterRoleBinding('team', 'cluster-admin', [['Group', 'team'], ...more]);
const binds = (at: string, ...more: readonly Bound[]): BusEvent =>
  write({ verb: 'patch', at, resource: 'clusterrolebindings', name: 'team', body: binding(...more) });

describe('publishChanges', () => {
  test.each([
    [
      'an identity provider',
      [associates(FIRST, 'own'), associates(LATER, 'other')],
      'payments: OIDC provider of a cluster was changed (cluster)',
    ],
    ['the deletion of aws-auth', [deletes(FIRST), deletes(LATER)], 'payments: aws-auth deleted (aws-auth)'],
  ])('tells again of %s when it happens again', async (_name, events, line) => {
    const rows = [{ role: 'mapped', username: 'mapped', groups: ['viewers'] }];

    expect(await tellEach(alertEstate({ rows }), events)).toEqual([
      `${line}, ${BY} at 21 Nov 2026 08:00 UTC.`,
      `Again: ${line}, ${BY} at 21 Nov 2026 11:00 UTC.`,
    ]);
  });

  test('tells of whoever is let in later by the same trust policy', async () => {
    const events = [trusts(FIRST, `${ROLE}/newcomer`), trusts(LATER, `${ROLE}/eve`)];

    expect(await tellEach(alertEstate({}), events)).toEqual([
      `role/newcomer can now administer payments, given ${BY} at 21 Nov 2026 08:00 UTC.`,
      `Again: role/eve can now administer payments, given ${BY} at 21 Nov 2026 11:00 UTC.`,
    ]);
  });

  test('tells of whoever is put into a binding that stands, and of each of them', async () => {
    const rbac = [clusterRole('cluster-admin', EVERYTHING), binding()];

    expect(
      await tellEach(alertEstate({ rbac }), [
        binds(FIRST, ['User', 'mallory']),
        binds('2026-11-21T08:05:00Z', ['User', 'mallory'], ['Group', 'eve']),
      ]),
    ).toEqual([
      `Worse: mallory can now administer payments, given ${BY} at 21 Nov 2026 08:00 UTC.`,
      `Worse: group eve can now administer payments, given ${BY} at 21 Nov 2026 08:05 UTC.`,
    ]);
  });

  test('says nothing of a binding that is written as it stood', async () => {
    const rbac = [clusterRole('cluster-admin', EVERYTHING), binding(['User', 'mallory'])];

    expect(await tellEach(alertEstate({ rbac }), [binds(FIRST, ['User', 'mallory']), binds(LATER)])).toEqual(['', '']);
  });

  test('tells of whoever is put into a binding though that is accepted', async () => {
    const rbac = [clusterRole('cluster-admin', EVERYTHING), binding()];
    const before = alertEstate({ rbac });
    const risk = { owner: 'payments', reason: 'known', expires: '2027-01-01' };
    const accepted = {
      ...before,
      'keyholder.yml': tellAcceptance('f73ba9720d60a4281432aa801c60f306', risk).join('\n'),
    };

    expect(await tellEach(accepted, [binds(FIRST), binds(LATER, ['User', 'mallory'])])).toEqual([
      '',
      `Worse: mallory can now administer payments, given ${BY} at 21 Nov 2026 11:00 UTC.`,
    ]);
  });
});
