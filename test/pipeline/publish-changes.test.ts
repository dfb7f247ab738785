import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { createChangePorts, type TestChangePorts } from '../support/change-ports.ts';
import { CLUSTER, FINGERPRINT, remembered } from '../support/notices.ts';
import { cloudTrailEvent } from '../support/records.ts';

async function write(ports: TestChangePorts, finding: RememberedFinding): Promise<void> {
  const key = `finding#${finding.fingerprint}`;
  const before = await ports.store.get(CLUSTER, key);
  const body = wrapRemembered('finding', finding);
  await ports.store.put({ partition: CLUSTER, key, version: (before?.version ?? 0) + 1, body, expiresAt: null });
}

async function writeEvent(ports: TestChangePorts, more: Parameters<typeof cloudTrailEvent>[0] = {}): Promise<void> {
  const at = '2026-11-21T08:01:00Z';
  const record = cloudTrailEvent({
    at,
    evidence: { source: 'cloudtrail', id: 'event-1', at, file: null, line: 0 },
    ...more,
  });
  const body = wrapRemembered('event', { clusterArn: CLUSTER, id: 'event-1', at, record });
  await ports.store.put({ partition: CLUSTER, key: `event#${at}#event-1`, version: 1, body, expiresAt: null });
}

const publish = (ports: TestChangePorts) => publishChanges({ Records: ports.store.drain() }, ports);
const lines = (ports: TestChangePorts) => ports.told.people.map(({ text }) => text.split('\n')[0]);

describe('publishChanges', () => {
  test('tells a new admin once on each channel', async () => {
    const ports = createChangePorts();
    await writeEvent(ports);
    await write(ports, remembered());

    const published = await publish(ports);

    expect(published).toMatchObject({ sent: { people: 1, chat: 1, machines: 1 }, digested: 0, batchItemFailures: [] });
    expect(lines(ports)).toEqual([
      'role/newcomer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.',
    ]);
  });

  test('measures how late a message is by events, and not by what an audit brought to light', async () => {
    const ports = createChangePorts();
    const expired = { ...remembered().change, kind: 'expired', cause: 'audit', at: '2026-11-21T03:00:00Z' } as const;
    await write(ports, remembered({ fingerprint: 'e'.repeat(32), change: expired }));
    expect(await publish(ports)).toMatchObject({ sent: { people: 1 }, oldestChangeAt: null });

    await write(ports, remembered());
    expect(await publish(ports)).toMatchObject({ sent: { people: 1 }, oldestChangeAt: '2026-11-21T08:01:00Z' });
  });

  test('tells an admin whom a read beside the night found, and leaves the rest of that read to the digest', async () => {
    const ports = createChangePorts();
    const refresh = { ...remembered().change, cause: 'refresh' };
    await write(ports, remembered({ change: refresh }));
    const other = { fingerprint: 'c'.repeat(32), detection: 'authentication-mode', change: refresh };
    await write(ports, remembered({ ...other }));

    expect(await publish(ports)).toMatchObject({ sent: { people: 1 }, digested: 1, oldestChangeAt: null });
    expect(lines(ports)).toEqual([expect.stringMatching(/^role\/newcomer can now administer payments/)]);
  });

  test('says nothing of a row whose change did not grow', async () => {
    const ports = createChangePorts();
    await write(ports, remembered());
    ports.store.drain();
    await write(ports, remembered({ summary: 'Another account of it.' }));

    expect((await publish(ports)).sent).toEqual({ people: 0, chat: 0, machines: 0 });
  });

  test('leaves what an audit found to the digest of its night', async () => {
    const ports = createChangePorts();
    for (const cause of ['baseline', 'audit'])
      await write(ports, remembered({ fingerprint: cause.padEnd(32, '0'), change: { ...remembered().change, cause } }));

    expect(await publish(ports)).toMatchObject({ sent: { people: 0 }, digested: 2 });
  });

  test.each(['audit', 'baseline'])('tells at once of an acceptance that ran out by an %s', async (cause) => {
    const ports = createChangePorts();
    await write(ports, remembered({ change: { number: 3, kind: 'expired', cause, at: '2026-12-01T03:00:00Z' } }));
    await publish(ports);

    expect(lines(ports)).toEqual([
      'No longer accepted: role/newcomer can now administer payments at 1 Dec 2026 03:00 UTC.',
    ]);
  });

  test('folds what one actor did by one kind of call', async () => {
    const ports = createChangePorts();
    for (let index = 0; index < 30; index += 1)
      await write(ports, remembered({ fingerprint: String(index).padStart(32, '0') }));

    expect((await publish(ports)).sent).toEqual({ people: 1, chat: 1, machines: 1 });
    expect(lines(ports)).toEqual([expect.stringMatching(/, and 29 more\.$/)]);
  });

  test('tells a finding that came and grew worse in one batch once, and its first change never alone', async () => {
    const ports = createChangePorts();
    await write(ports, remembered({ severity: 'high' }));
    const worse = { ...remembered().change, number: 2, kind: 'worsened' } as const;
    await write(ports, remembered({ change: worse }));
    const records = ports.store.drain();
    const first = await publishChanges({ Records: records }, ports);
    const again = await publishChanges({ Records: records.slice(0, 1) }, ports);

    expect([first.sent, again.sent]).toEqual([
      { people: 1, chat: 1, machines: 1 },
      { people: 0, chat: 0, machines: 0 },
    ]);
    expect(ports.told.people.map(({ attributes }) => attributes.deduplicationId)).toEqual([`${FINGERPRINT}-2`]);
    expect(lines(ports)).toEqual([
      'Worse: role/newcomer can now administer payments, given by role/deployer from an unknown address at 21 Nov 2026 08:01 UTC.',
    ]);
    expect(ports.told.people[0]?.text.match(/finding 51b8899080db39394f86e5e6f5ea7b76/g)).toHaveLength(1);
  });

  test('sends nothing again that was sent before', async () => {
    const ports = createChangePorts();
    await write(ports, remembered());
    const records = ports.store.drain();
    await publishChanges({ Records: records }, ports);

    expect((await publishChanges({ Records: records }, ports)).sent).toEqual({ people: 0, chat: 0, machines: 0 });
  });

  test('asks for the records of a failed channel again, and sends there alone', async () => {
    const ports = createChangePorts();
    await write(ports, remembered());
    const records = ports.store.drain();
    const refuse = { publish: () => Promise.reject(new Error('throttled')) };
    const first = await publishChanges(
      { Records: records },
      { ...ports, channels: { ...ports.channels, chat: refuse } },
    );
    const second = await publishChanges({ Records: records }, ports);

    expect(first).toMatchObject({
      sent: { people: 1, chat: 0, machines: 1 },
      batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb.SequenceNumber }],
      failures: ['throttled'],
    });
    expect(second.sent).toEqual({ people: 0, chat: 1, machines: 0 });
    expect(ports.told.people[0]?.attributes.deduplicationId).toBe(`${FINGERPRINT}-1`);
  });

  test('gives Security Hub every change, and has no alert wait for what it does not take', async () => {
    const ports = createChangePorts();
    await write(ports, remembered());
    await write(ports, remembered({ fingerprint: 'b'.repeat(32), change: { ...remembered().change, cause: 'audit' } }));
    const records = ports.store.drain();
    const hub = {
      importFindings: async (documents: readonly { readonly Id: string }[]) =>
        documents.map(({ Id }, index) => ({ id: Id, reason: `reason ${index}` })),
    };
    const home = { partition: 'aws', account: '444455556666', region: 'eu-central-1' };

    expect(await publishChanges({ Records: records }, { ...ports, securityHub: { hub, home } })).toMatchObject({
      sent: { people: 1, chat: 1, machines: 1 },
      imported: 0,
      batchItemFailures: [],
      failures: ['reason 0', 'reason 1'],
    });
  });

  test('tells everything when keyholder.yml cannot be read, and says so', async () => {
    const ports = createChangePorts();
    await write(ports, remembered());
    const readConfig = () => Promise.reject(new Error('denied'));

    expect(await publishChanges({ Records: ports.store.drain() }, { ...ports, readConfig })).toMatchObject({
      sent: { people: 1 },
      failures: ['denied'],
    });
  });

  test('counts records that are none', async () => {
    const ports = createChangePorts();
    const broken = {
      dynamodb: {
        SequenceNumber: '1',
        Keys: { pk: { S: 'a' }, sk: { S: 'finding#x' } },
        NewImage: { body: { S: '{' } },
      },
    };

    expect((await publishChanges({ Records: [broken, 7] }, ports)).skips).toMatchObject([
      { reason: 'a row whose body is no JSON', count: 1, line: 1 },
      { reason: 'a record without a sequence number', count: 1, line: 2 },
    ]);
    expect((await publishChanges(null, ports)).skips).toMatchObject([{ reason: 'expected an event with Records' }]);
  });

  test('tells the others beside a row that it cannot read, and counts that', async () => {
    const ports = createChangePorts();
    const { change: _change, ...cut } = remembered({ fingerprint: 'c'.repeat(32) });
    const bodies = [wrapRemembered('event', { clusterArn: CLUSTER, id: 'x', at: '', record: cloudTrailEvent() }), 7];
    for (const [index, body] of [
      ...bodies,
      { ...Object(wrapRemembered('finding', remembered())), value: cut },
    ].entries())
      await ports.store.put({ partition: CLUSTER, key: `finding#${index}`, version: 1, body, expiresAt: null });
    const key = `finding#${FINGERPRINT}`;
    await ports.store.put({
      partition: CLUSTER,
      key,
      version: 1,
      body: { ...Object(bodies[0]), kind: 'finding' },
      expiresAt: null,
    });
    await write(ports, remembered());

    expect(await publish(ports)).toMatchObject({
      sent: { people: 1 },
      skips: [{ reason: 'a row of a finding that this version cannot read', count: 4 }],
      batchItemFailures: [],
    });
  });
});
