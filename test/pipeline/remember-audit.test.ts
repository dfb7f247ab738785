import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../../shared/findings/remembered.ts';
import type { RememberedGrant } from '../../shared/model/remembered.ts';
import { recallState } from '../../shared/pipeline/recall-state.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { ARN, auditAt, clusterFile, entriesFile, trailFile } from '../support/remembering.ts';
import { CLUSTER } from '../support/small-estate.ts';

const FIRST = '2026-11-20T03:00:00Z';
const SECOND = '2026-11-21T03:00:00Z';
const THIRD = '2026-11-22T03:00:00Z';

async function grants(store: FindingStore): Promise<readonly RememberedGrant[]> {
  const rows = await store.list(ARN, 'grant#');
  return rows.flatMap(({ body }) => unwrapRemembered('grant', body) ?? []).sort((a, b) => (a.from < b.from ? -1 : 1));
}

async function statuses(store: FindingStore, detection: string): Promise<readonly string[]> {
  const rows = await store.list(ARN, 'finding#');
  const found = rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
  return found.filter((finding) => finding.detection === detection).map(({ status }) => status);
}

const alice = { name: 'alice', createdAt: '2026-11-01T00:00:00Z' };

describe('rememberAudit', () => {
  test('writes nothing when the same audit is remembered again', async () => {
    const store = createMemoryStore();

    const { remembered: first } = await auditAt(store, FIRST, entriesFile([alice]));
    const { remembered: again } = await auditAt(store, FIRST, entriesFile([alice]));

    expect(first[0]?.written).toBeGreaterThan(5);
    expect(again).toMatchObject([{ clusterArn: ARN, written: 0, supersededBy: null }]);
  });

  test('writes no finding and no grant of a night that shows what the night before it showed', async () => {
    const store = createMemoryStore();
    for (const at of [FIRST, SECOND, THIRD]) await auditAt(store, at, entriesFile([alice]));
    const before = await store.list(ARN, '');

    await auditAt(store, '2026-11-23T03:00:00Z', entriesFile([alice]));

    const versions = new Map(before.map(({ key, version }) => [key, version]));
    const changed = (await store.list(ARN, '')).filter(({ key, version }) => versions.get(key) !== version);
    expect(before.filter(({ key }) => key.startsWith('finding#')).length).toBeGreaterThan(3);
    expect(changed.map(({ key }) => key)).toEqual(['aws-auth', 'run', 'snapshot']);
  });

  test('writes nothing of an audit that is older than the last one', async () => {
    const store = createMemoryStore();
    await auditAt(store, SECOND);

    const { remembered } = await auditAt(store, FIRST, entriesFile([alice]));

    expect(remembered).toEqual([{ clusterArn: ARN, written: 0, supersededBy: SECOND, snapshot: null }]);
  });

  test('gives the second run the first sighting of each finding', async () => {
    const store = createMemoryStore();
    const { report: before } = await auditAt(store, FIRST, entriesFile([alice]));

    const { report } = await auditAt(store, SECOND, entriesFile([alice]));

    const seen = (one: typeof report) =>
      one.clusters[0]?.findings.map(({ fingerprint, firstSeenAt }) => [fingerprint, firstSeenAt]);
    expect(seen(report)).toEqual(seen(before));
    expect(report.clusters[0]?.findings.map(({ firstSeenAt }) => firstSeenAt)).toContain(FIRST);
  });

  test.each([
    ['of a night', false, 'audit'],
    ['that was asked for', true, 'refresh'],
  ])('says of a finding that a read %s brought it to light', async (_name, isRefresh, cause) => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const earlier = new Set((await store.list(ARN, 'finding#')).map(({ key }) => key));
    await auditAt(store, SECOND, entriesFile([alice, { name: 'bob' }]), { isRefresh });

    const fresh = (await store.list(ARN, 'finding#')).filter(({ key }) => !earlier.has(key));
    const causes = fresh.flatMap(({ body }) => unwrapRemembered('finding', body)?.change.cause ?? []);
    expect(new Set(causes)).toEqual(new Set([cause]));
  });

  test('keeps a grant from when it was made until it is no longer seen', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    await auditAt(store, SECOND, entriesFile([]));

    expect(await grants(store)).toMatchObject([
      {
        holder: { kind: 'iam', name: 'arn:aws:iam::111122223333:role/alice' },
        from: '2026-11-01T00:00:00Z',
        isFromKnown: true,
        until: SECOND,
        isUntilKnown: false,
        lastSeenAt: FIRST,
        endedBy: null,
      },
    ]);
  });

  test('takes the end of a grant, and who ended it, from the record that shows it', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const deletion = {
      eventName: 'DeleteAccessEntry',
      eventTime: '2026-11-20T10:00:00Z',
      requestParameters: { name: 'payments', principalArn: 'arn:aws:iam::111122223333:role/alice' },
    };

    await auditAt(store, SECOND, { ...entriesFile([]), ...trailFile([deletion]) });

    expect(await grants(store)).toMatchObject([
      { until: '2026-11-20T10:00:00Z', isUntilKnown: true, endedBy: 'arn:aws:iam::111122223333:user/alice' },
    ]);
  });

  test('ends no grant, and resolves nothing, while what shows them was not read', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));

    await auditAt(store, SECOND, { [`${CLUSTER}/access-entries.json`]: null });

    expect((await grants(store)).map(({ until }) => until)).toEqual([null]);
    expect(await statuses(store, 'admin-policy-at-cluster-scope')).toEqual(['new']);
  });

  test('resolves nothing while the life of the cluster is not known', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));

    await auditAt(store, SECOND, { ...entriesFile([]), [`${CLUSTER}/describe-cluster.json`]: null });

    expect(await statuses(store, 'admin-policy-at-cluster-scope')).toEqual(['new']);
  });

  test('begins another grant where one was given again', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    await auditAt(store, SECOND, entriesFile([]));

    await auditAt(store, THIRD, entriesFile([{ name: 'alice', createdAt: '2026-11-22T01:00:00Z' }]));

    expect((await grants(store)).map(({ from, until }) => [from, until])).toEqual([
      ['2026-11-01T00:00:00Z', SECOND],
      ['2026-11-22T01:00:00Z', null],
    ]);
  });

  test('ends the grants and findings of a cluster that was created again under its name', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const reborn = '2026-11-20T12:00:00Z';

    await auditAt(store, SECOND, {
      ...clusterFile(reborn),
      ...entriesFile([{ name: 'alice', createdAt: '2026-11-20T13:00:00Z' }]),
    });

    expect((await grants(store)).map(({ from, until, life }) => [from, until, life])).toEqual([
      ['2026-11-01T00:00:00Z', reborn, '2026-01-01T00:00:00Z'],
      ['2026-11-20T13:00:00Z', null, reborn],
    ]);
    expect((await statuses(store, 'admin-policy-at-cluster-scope')).toSorted()).toEqual(['new', 'resolved']);
    expect((await store.list(ARN, 'life#')).map(({ body }) => unwrapRemembered('life', body))).toEqual([
      { createdAt: '2026-01-01T00:00:00Z', until: reborn },
      { createdAt: reborn, until: null },
    ]);
  });

  test('keeps the proven creator, the good aws-auth and the first audit for the next run', async () => {
    const store = createMemoryStore();
    const creation = {
      eventName: 'CreateCluster',
      eventTime: '2026-01-01T00:00:05Z',
      requestParameters: { name: 'payments' },
    };
    await auditAt(store, FIRST, trailFile([creation]));

    const { report } = await auditAt(store, SECOND);

    expect(report.clusters[0]?.creator).toMatchObject({
      principalArn: 'arn:aws:iam::111122223333:user/alice',
      confidence: 'proven',
    });
    expect(await recallState(store)).toMatchObject({
      creators: [{ clusterArn: ARN, life: '2026-01-01T00:00:00Z', uniqueId: null }],
      lastGoodAwsAuth: [{ clusterArn: ARN, at: SECOND, data: { mapRoles: '[]\n' } }],
      firstAuditAt: { [ARN]: FIRST },
    });
  });

  test('keeps every row within what the store takes, though names are as long as anybody likes', async () => {
    const store = createMemoryStore();
    const name = `${'<script>\u0000'.repeat(40_000)}`;
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name, creationTimestamp: '2026-11-01T00:00:00Z' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name }],
    };
    const rbac = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [binding] });

    await auditAt(store, FIRST, { [`${CLUSTER}/rbac.json`]: rbac });
    const { remembered } = await auditAt(store, FIRST, { [`${CLUSTER}/rbac.json`]: rbac });

    const sizes = (await store.list(ARN, '')).map(({ body }) => Buffer.byteLength(JSON.stringify(body)));
    expect(Math.max(...sizes)).toBeLessThan(100_000);
    expect(JSON.stringify(await grants(store))).toContain('characters)');
    expect(remembered[0]?.written).toBe(0);
  });
});

describe('an audit that breaks off while it is remembered', () => {
  test('leaves, after another try, what it would have left at once: at every call of the store', async () => {
    const prepare = async (): Promise<FindingStore> => {
      const store = createMemoryStore();
      await auditAt(store, FIRST, entriesFile([alice]));
      return store;
    };
    const files = entriesFile([{ name: 'bob', createdAt: null }]);
    const whole = await prepare();
    await auditAt(whole, SECOND, files);
    const expected = await listRows(whole);

    let calls = 0;
    for (let crashAt = 1; ; crashAt += 1) {
      const store = await prepare();
      const isOver = await auditAt(breakAt(store, crashAt), SECOND, files).then(
        () => true,
        () => false,
      );
      if (isOver) break;
      calls = crashAt;
      await auditAt(store, SECOND, files);
      expect(await listRows(store), `broken off at call ${crashAt}`).toEqual(expected);
    }
    expect(calls).toBeGreaterThan(20);
  });
});

/** The rows without the number of writes that made them. */
async function listRows(store: FindingStore): Promise<readonly unknown[]> {
  const rows = [...(await store.list('estate', '')), ...(await store.list(ARN, ''))];
  return rows.map(({ key, body }) => [key, body]);
}

function breakAt(store: FindingStore, crashAt: number): FindingStore {
  let calls = 0;
  const count = (): void => {
    calls += 1;
    if (calls === crashAt) throw new Error('broken off');
  };
  return {
    get: async (...args) => {
      count();
      return store.get(...args);
    },
    list: async (...args) => {
      count();
      return store.list(...args);
    },
    put: async (item) => {
      count();
      return store.put(item);
    },
  };
}
