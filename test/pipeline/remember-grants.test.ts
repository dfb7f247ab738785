import { describe, expect, test } from 'vitest';
import type { SeenGrant } from '../../shared/findings/grant-lifecycle.ts';
import { unwrapRemembered } from '../../shared/findings/remembered.ts';
import { rememberGrants } from '../../shared/pipeline/remember-grants.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { interleaveAll } from '../support/interleave.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const clusterArn = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const life = '2026-01-01T00:00:00Z';

function seen(name: string, since: string | null = null): SeenGrant {
  const arn = `arn:aws:iam::111122223333:role/${name}`;
  const unknown = { value: null, status: 'none-seen', seenFrom: null, reason: 'no record of it' } as const;
  return {
    row: { holder: { kind: 'iam', name: arn }, principalArn: arn, since: unknown, grantedBy: unknown },
    grant: {
      via: 'access-policy',
      detail: 'AmazonEKSClusterAdminPolicy',
      scope: 'cluster',
      level: 'cluster-admin',
      reason: 'an access policy',
      since,
      evidence: [],
    },
  };
}

/** An audit at three in the morning of a day, which saw these and would have seen any other. */
function audit(
  day: number,
  names: readonly string[],
  given: { readonly wouldShow?: boolean; readonly lastDay?: number } = {},
) {
  const { wouldShow = true, lastDay } = given;
  return (store: FindingStore) =>
    rememberGrants(store, {
      clusterArn,
      grants: new Map(names.map((name) => [name, seen(name)])),
      records: [],
      read: {
        at: `2026-11-${day}T03:00:00Z`,
        life,
        lastReadAt: () => (lastDay === undefined ? null : `2026-11-${lastDay}T03:00:00Z`),
        wouldShow: () => wouldShow,
      },
    });
}

async function rows(store: FindingStore): Promise<readonly string[]> {
  const list = await store.list(clusterArn, 'grant#');
  return list.flatMap(({ key, body }) => {
    const grant = unwrapRemembered('grant', body);
    return grant === null ? [] : [`${key} ${grant.from.slice(8, 10)}-${grant.until?.slice(8, 10) ?? ''}`];
  });
}

async function finals(runs: Awaited<ReturnType<typeof interleaveAll>>): Promise<readonly string[]> {
  return [...new Set(await Promise.all(runs.map(async ({ store }) => (await rows(store)).join(', '))))];
}

describe('rememberGrants', () => {
  test('counts each time that a grant is made', async () => {
    const store = createMemoryStore();
    await audit(10, ['a'])(store);
    await audit(11, [], { lastDay: 10 })(store);
    await audit(12, ['a'], { lastDay: 11 })(store);
    expect(await rows(store)).toEqual(['grant#a#1 10-11', 'grant#a#2 12-']);
  });

  test('ends nothing that it could not have seen', async () => {
    const store = createMemoryStore();
    await audit(10, ['a'])(store);
    expect(await audit(11, [], { wouldShow: false })(store)).toBe(0);
    expect(await rows(store)).toEqual(['grant#a#1 10-']);
  });

  test('leaves alone what began after it read', async () => {
    const store = createMemoryStore();
    await audit(12, ['a'])(store);
    expect(await audit(11, [])(store)).toBe(0);
    expect(await audit(11, ['a'])(store)).toBe(0);
  });
});

describe('two audits at once', () => {
  test('come to one state when both are the same', async () => {
    const prepare = audit(10, ['a', 'b']);
    const again = audit(11, ['b', 'c'], { lastDay: 10 });
    const runs = await interleaveAll(prepare, [again, again]);

    expect(runs.length).toBeGreaterThanOrEqual(10);
    expect(await finals(runs)).toEqual(['grant#a#1 10-11, grant#b#1 10-, grant#c#1 11-']);
  });

  test('come to one state when the later one has seen the end of what the earlier one sees', async () => {
    const runs = await interleaveAll(audit(10, ['a']), [
      audit(11, ['a'], { lastDay: 10 }),
      audit(12, [], { lastDay: 10 }),
    ]);

    expect(runs.length).toBeGreaterThanOrEqual(3);
    expect(await finals(runs)).toEqual(['grant#a#1 10-12']);
  });
});
