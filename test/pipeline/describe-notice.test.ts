import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import { describeNotice, findShower } from '../../shared/pipeline/describe-notice.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { CLUSTER, remembered } from '../support/notices.ts';
import { cloudTrailEvent } from '../support/records.ts';

const AT = '2026-11-21T08:01:00Z';

async function storeWith(...ids: readonly string[]) {
  const store = createMemoryStore();
  for (const id of ids) {
    const record = cloudTrailEvent({
      at: AT,
      eventId: id,
      evidence: { source: 'cloudtrail', id, at: AT, file: null, line: 0 },
    });
    const body = wrapRemembered('event', { clusterArn: CLUSTER, id, at: AT, record });
    await store.put({ partition: CLUSTER, key: `event#${AT}#${id}`, version: 1, body, expiresAt: null });
  }
  return store;
}

describe('findShower', () => {
  test('takes the event that the finding points at, among others of its second', async () => {
    const shower = await findShower(await storeWith('event-0', 'event-1'), CLUSTER, remembered());

    expect(shower?.evidence.id).toBe('event-1');
  });

  test('finds it where EKS dates the grant otherwise than the event', async () => {
    const change = { ...remembered().change, at: '2026-11-21T08:00:59.412Z' };
    const shower = await findShower(await storeWith('event-0', 'event-1'), CLUSTER, remembered({ change }));

    expect(shower?.evidence.id).toBe('event-1');
  });

  test('takes none of several that the finding does not point at', async () => {
    expect(await findShower(await storeWith('event-8', 'event-9'), CLUSTER, remembered())).toBeNull();
  });

  test('asks for none where an audit found it', async () => {
    const store = await storeWith('event-1');
    const before = store.calls();
    const change = { ...remembered().change, cause: 'audit' };

    expect(await findShower(store, CLUSTER, remembered({ change }))).toBeNull();
    expect(store.calls()).toBe(before);
  });
});

describe('describeNotice', () => {
  test('names the actor of the finding where the event is gone, and no address', () => {
    expect(describeNotice(remembered(), null)).toMatchObject({
      isGrant: true,
      gainers: ['arn:aws:iam::111122223333:role/newcomer'],
      origin: { actor: 'arn:aws:iam::111122223333:role/deployer', session: null, sourceIp: null },
    });
  });
});
