import { describe, expect, test } from 'vitest';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { publishChanges } from '../shared/pipeline/publish-changes.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { alertEstate, trust } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { rememberNight } from './support/audited-night.ts';
import { createChangePorts } from './support/change-ports.ts';
import { type BusEvent, call, write } from './support/cloudtrail-events.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import type { MemoryFiles } from './support/memory-readers.ts';

const FIRST = '2026-11-21T08:00:00Z';
const LATER = '2026-11-21T11:00:00Z';
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

describe('publishChanges', () => {
  test.each([
    [
      'a trust policy',
      [trusts(FIRST, 'arn:aws:iam::111122223333:role/newcomer'), trusts(LATER, 'arn:aws:iam::111122223333:role/eve')],
      'payments: Trust policy of an admin role was changed (iam:role/admins)',
    ],
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
});
