import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { CHANNELS } from '../shared/pipeline/channels.ts';
import { publishChanges } from '../shared/pipeline/publish-changes.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { ALL_WAYS } from './support/all-ways.ts';
import { rememberNight } from './support/audited-night.ts';
import { createChangePorts } from './support/change-ports.ts';
import { call } from './support/cloudtrail-events.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import { nameFixture, writeTold } from './support/told-messages.ts';
import { WAYS_OF_IAM } from './support/ways-of-iam.ts';
import { WAYS_OF_RBAC } from './support/ways-of-rbac.ts';
import { WAYS, type WayToAdmin } from './support/ways-to-admin.ts';

async function tell({ before, events }: WayToAdmin) {
  const ports = createChangePorts();
  const { store } = ports;
  const objects = openMemoryObjects();
  await rememberNight(before, { store, objects });
  expect((await publishChanges({ Records: store.drain() }, ports)).sent.people).toBe(0);
  const snapshots = createSnapshotStore(store, (key) => openObjectEvidence(objects, key));
  const alert = { ...createAlertPorts({ store }), snapshots };
  for (const event of events) await alertOnEvent(event, alert);
  await publishChanges({ Records: store.drain() }, ports);
  return ports.told;
}

const AT = '2026-11-21T08:00:00Z';

/** The first line of the one message of each way. */
const FIRST_LINES: ReadonlyMap<string, string> = new Map([
  [
    'a policy at cluster scope',
    'role/newcomer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'a group that is bound to admin',
    'role/newcomer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'a username that is bound to admin',
    'role/newcomer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'aws-auth updated',
    'role/mapped can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'aws-auth patched',
    'role/mapped can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'aws-auth applied by the server',
    'role/mapped can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'aws-auth deleted, then created',
    'payments: aws-auth deleted (aws-auth), by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC, and 1 more.',
  ],
  [
    'a ClusterRoleBinding created',
    'mallory can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'a binding patched',
    'mallory can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'a role changed under a binding',
    'mallory can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC, and 1 more.',
  ],
  [
    'a label that aggregates',
    'mallory can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC, and 1 more.',
  ],
  [
    'a trust policy widened',
    'role/newcomer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'a policy attached to a principal that may assume',
    'role/newcomer, role/deployer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'a principal created again under a mapped ARN',
    'role/mapped can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC, and 2 more.',
  ],
  [
    'the mode switched',
    'Worse: payments: Authentication mode CONFIG_MAP, or a change of the mode (cluster), by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'an identity provider added',
    'payments: OIDC provider of a cluster was changed (cluster), by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'a capability created',
    'payments: Capability whose role got access to the cluster (iam:role/newcomer), by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
  ],
  [
    'a caller that adds itself to a binding',
    'role/deployer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC, and 1 more.',
  ],
  [
    'a subject added to a binding that makes admins already',
    'Worse: mallory can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'a binding deleted, then created to another role',
    'alice can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
  ],
  [
    'a role deleted under a binding, then created wider',
    'alice can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC, and 1 more.',
  ],
]);

describe('publishChanges', () => {
  test('tells who stopped the trail of an account, and from where', async () => {
    const ports = createChangePorts();
    const event = call({ name: 'StopLogging', service: 'cloudtrail', at: AT, request: { name: 'organisation' } });
    await alertOnEvent(event, createAlertPorts({ store: ports.store }));
    await publishChanges({ Records: ports.store.drain() }, ports);

    expect(ports.told.people.map(({ text }) => text.split('\n')[0])).toEqual([
      'account 111122223333: Trail of a region missing or cut off (region:111122223333/eu-west-1), by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:00 UTC.',
    ]);
  });

  test('has words for every way', () => {
    const fixtures = readdirSync(new URL('fixtures/told-ways/', import.meta.url));

    expect([...FIRST_LINES.keys()]).toEqual([...WAYS, ...WAYS_OF_RBAC].map(({ name }) => name));
    expect(fixtures.sort()).toEqual(ALL_WAYS.map(({ name }) => nameFixture(name)).sort());
  });

  test.each([...WAYS, ...WAYS_OF_RBAC])('tells of $name once on each channel', async (way) => {
    const told = await tell(way);
    const ids = CHANNELS.map((channel) => told[channel].map(({ attributes }) => attributes.deduplicationId));

    expect(told.people.map(({ text }) => text.split('\n')[0])).toEqual([FIRST_LINES.get(way.name)]);
    expect(ids).toEqual([ids[0], ids[0], ids[0]]);
    await expect(writeTold(told)).toMatchFileSnapshot(`fixtures/told-ways/${nameFixture(way.name)}`);
  });

  test.each(WAYS_OF_IAM)('tells by IAM of $name once on each channel', async (way) => {
    const told = await tell(way);
    const [{ text = '' } = {}, ...more] = told.people;

    expect([more.length, told.chat.length, told.machines.length]).toEqual([0, 1, 1]);
    expect(text).toMatch(
      /^(?:(?:role\/newcomer(?:, role\/deployer)?|user\/(?:alice|mallory|ghost)) can now administer payments, given|payments: .* \(iam:role\/newcomer\),) by role\/deployer /,
    );
    expect(text.split('\n')[0]).toContain('by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:0');
    await expect(writeTold(told)).toMatchFileSnapshot(`fixtures/told-ways/${nameFixture(way.name)}`);
  });
});
