import { describe, expect, test } from 'vitest';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { publishChanges } from '../shared/pipeline/publish-changes.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { assumedAt, bindingLine, DECLARED, EMERGENCY, logEvent, loginLine } from './support/break-glass-night.ts';
import { createChangePorts, type TestChangePorts } from './support/change-ports.ts';
import type { BusEvent } from './support/cloudtrail-events.ts';
import { memoryReaders } from './support/memory-readers.ts';
import { auditAt } from './support/remembering.ts';
import { CLUSTER, smallEstate } from './support/small-estate.ts';

const LAST_NIGHT = '2026-11-20T03:00:00Z';
const EXPIRES = 'Nov 20, 2026, 11:00:00 PM';

async function afterLastNight(files: Readonly<Record<string, string>> = {}): Promise<{
  readonly ports: TestChangePorts;
  readonly tell: (event: BusEvent) => Promise<readonly (string | undefined)[]>;
}> {
  const ports = createChangePorts();
  const { store } = ports;
  const given = Object.entries({ ...smallEstate(), ...DECLARED, ...files }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  await auditAt(store, LAST_NIGHT, { ...DECLARED, ...files });
  store.drain();
  const alert = createAlertPorts({
    snapshot: { readers: memoryReaders(Object.fromEntries(given)), at: LAST_NIGHT },
    store,
  });
  const tell = async (event: BusEvent) => {
    const before = ports.told.people.length;
    await alertOnEvent(event, alert);
    await publishChanges({ Records: store.drain() }, ports);
    return ports.told.people.slice(before).map(({ text }) => text.split('\n')[0]);
  };
  return { ports, tell };
}

describe('a use of a break-glass principal', () => {
  test('alerts at once when the role is assumed, whatever cluster it is for, and names who did', async () => {
    const { tell } = await afterLastNight();

    expect(await tell(assumedAt('2026-11-20T22:00:00Z', EXPIRES))).toEqual([
      'account 111122223333: Break-glass principal used (iam:role/emergency), by role/deployer (session alice) from 192.0.2.10 at 20 Nov 2026 22:00 UTC.',
    ]);
  });

  test('alerts once when it is assumed from another account, though both accounts record it', async () => {
    const { tell } = await afterLastNight();
    const own = assumedAt('2026-11-20T22:00:00Z', EXPIRES);
    const userIdentity = { type: 'AWSAccount', principalId: 'AROAEXAMPLEONCALL0001:alice', accountId: '444455556666' };
    const known = { ...own, detail: { ...own.detail, userIdentity } };
    const other = { ...own, id: 'other', account: '444455556666' };
    const callers = { ...other, detail: { ...own.detail, eventID: 'other', recipientAccountId: '444455556666' } };

    expect(await tell(known)).toEqual([
      expect.stringMatching(/^account 111122223333: Break-glass principal used .*444455556666.* from 192\.0\.2\.10/),
    ]);
    expect(await tell(callers)).toEqual([]);
  });

  test('alerts at once when it logs in', async () => {
    const { tell } = await afterLastNight();
    const at = '2026-11-20T22:01:00Z';

    expect(await tell(logEvent(loginLine(at).trim(), at))).toEqual([
      expect.stringMatching(
        /^payments: Break-glass principal used \(iam:role\/emergency\), by role\/emergency from an unknown address at 20 Nov 2026 22:01 UTC\.$/,
      ),
    ]);
  });

  test('alerts at once when it changes access in the cluster', async () => {
    const { tell } = await afterLastNight();
    const at = '2026-11-20T22:10:00Z';

    expect(await tell(logEvent(bindingLine(at, 'audit-1').trim(), at))).toEqual([
      expect.stringMatching(/^payments: Break-glass principal used .*from 192\.0\.2\.10 at 20 Nov 2026 22:10 UTC\.$/),
    ]);
  });

  test('alerts again an hour after the last time, and not in between', async () => {
    const { tell } = await afterLastNight();
    await tell(assumedAt('2026-11-20T20:00:00Z', EXPIRES));

    expect(await tell(assumedAt('2026-11-20T20:30:00Z', EXPIRES))).toEqual([]);
    expect(await tell(assumedAt('2026-11-20T21:30:00Z', EXPIRES))).toEqual([
      expect.stringMatching(/^Again: account 111122223333: Break-glass principal used/),
    ]);
  });

  test('alerts again though the last audit has seen an earlier use', async () => {
    const { tell } = await afterLastNight({ [`${CLUSTER}/authenticator.log`]: loginLine('2026-11-19T22:01:00Z') });
    const at = '2026-11-20T22:01:00Z';

    expect(await tell(logEvent(loginLine(at).trim(), at))).toEqual([
      expect.stringMatching(/^Again: payments: Break-glass principal used/),
    ]);
  });

  test.each([
    ['another role is assumed', assumedAt('2026-11-20T22:00:00Z', EXPIRES, 'arn:aws:iam::111122223333:role/other')],
    [
      'a role of that name in another account is assumed',
      assumedAt('2026-11-20T22:00:00Z', EXPIRES, EMERGENCY.replace('111122223333', '444455556666')),
    ],
  ])('says nothing when %s', async (_what, event) => {
    const { tell } = await afterLastNight();

    expect(await tell(event)).toEqual([]);
  });
});
