import { describe, expect, test } from 'vitest';
import type { Occasion } from '../../shared/findings/lifecycle.ts';
import { unwrapRemembered } from '../../shared/findings/remembered.ts';
import type { Finding } from '../../shared/model/finding.ts';
import { rememberEvent, rememberFindings } from '../../shared/pipeline/remember-findings.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { interleaveAll } from '../support/interleave.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { finding as sampleFinding } from '../support/report.ts';

const clusterArn = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const life = '2026-01-01T00:00:00Z';
const detection = 'admin-policy-at-cluster-scope';

function finding(name: string, given: Partial<Finding> = {}): Finding {
  return sampleFinding({
    fingerprint: `fingerprint-${name}`,
    cluster: { arn: clusterArn, name: 'payments', life },
    severity: 'high',
    subject: `iam:arn:aws:iam::111122223333:role/${name}`,
    firstSeenAt: '2026-11-20T10:00:00Z',
    lastSeenAt: '2026-11-20T10:00:00Z',
    actor: 'alice',
    at: '2026-11-20T10:00:00Z',
    ...given,
  });
}

const night = (day: number): Occasion => ({
  origin: 'audit',
  cause: 'audit',
  at: `2026-11-${day}T03:00:00Z`,
  basis: `2026-11-${day}T03:00:00Z`,
});
const event: Occasion = {
  origin: 'event',
  cause: 'AssociateAccessPolicy',
  at: '2026-11-20T10:02:00Z',
  basis: '2026-11-20T03:00:00Z',
};

const audit = (found: readonly Finding[], day: number, resolvable: readonly string[] = [detection]) => {
  return (store: FindingStore) =>
    rememberFindings(store, { clusterArn, life, findings: found, resolvable: new Set(resolvable) }, night(day));
};
const alert = (found: readonly Finding[]) => (store: FindingStore) =>
  rememberEvent(store, { clusterArn, findings: found }, event);

async function states(store: FindingStore) {
  const rows = await store.list(clusterArn, 'finding#');
  return rows.flatMap(({ body }) => {
    const stored = unwrapRemembered('finding', body);
    return stored === null
      ? []
      : [[stored.fingerprint.slice(12), stored.status, stored.change.number, stored.change.kind]];
  });
}

/** Every final state that the orders led to, each once. */
async function finals(runs: Awaited<ReturnType<typeof interleaveAll>>): Promise<readonly unknown[]> {
  const seen = new Map<string, unknown>();
  for (const { store } of runs) {
    const state = await states(store);
    seen.set(JSON.stringify(state), state);
  }
  return [...seen.values()];
}

describe('rememberFindings', () => {
  test('resolves what is no longer seen, and only under detections that would show it', async () => {
    const store = createMemoryStore();
    await audit([finding('a'), finding('b', { detection: 'wildcard-role' })], 20)(store);
    await audit([], 21)(store);
    expect(await states(store)).toEqual([
      ['a', 'resolved', 2, 'resolved'],
      ['b', 'new', 1, 'new'],
    ]);
  });
});

describe('two writers at once', () => {
  test('come to one state when the nightly run and an event find the same for the first time', async () => {
    const runs = await interleaveAll(async () => undefined, [audit([finding('a')], 21), alert([finding('a')])]);

    // Whoever comes too late to put a row reads it again.
    expect(runs.map(({ order }) => order.join('')).sort()).toEqual(['0011', '01000', '100']);
    expect(await finals(runs)).toEqual([[['a', 'new', 1, 'new']]]);
  });

  test('come to one state when the run resolves a finding that an older event shows again', async () => {
    const before = audit([finding('a')], 20);
    const runs = await interleaveAll(before, [audit([], 21), alert([finding('a')])]);

    expect(runs.length).toBeGreaterThanOrEqual(3);
    expect(await finals(runs)).toEqual([[['a', 'resolved', 2, 'resolved']]]);
  });

  test('come to one state when an event brings back what the run resolves as of before it', async () => {
    const later = finding('a', { at: '2026-11-21T09:00:00Z' });
    const prepare = audit([finding('a')], 20);
    const runs = await interleaveAll(prepare, [
      audit([], 21),
      (store) => rememberEvent(store, { clusterArn, findings: [later] }, { ...event, at: '2026-11-21T09:01:00Z' }),
    ]);

    expect(runs.length).toBeGreaterThanOrEqual(3);
    expect(await finals(runs)).toEqual([[['a', 'reopened', 3, 'reopened']]]);
  });

  test('lose no finding when a run is made twice at once, and an event comes in between', async () => {
    const later = finding('b', { at: '2026-11-21T03:05:00Z' });
    const runs = await interleaveAll(
      async () => undefined,
      [audit([finding('a')], 21), alert([later]), audit([finding('a')], 21)],
    );

    expect(runs.length).toBeGreaterThan(20);
    expect(await finals(runs)).toEqual([
      [
        ['a', 'new', 1, 'new'],
        ['b', 'new', 1, 'new'],
      ],
    ]);
  });

  describe('of a cluster that an alert named by the record of its creation', () => {
    const standIn = '2026-01-01T00:00:02Z';
    const named = finding('a', {
      fingerprint: 'fingerprint-old',
      cluster: { arn: clusterArn, name: 'payments', life: standIn },
    });
    const read = (found: readonly Finding[], resolvable: readonly string[]) => (store: FindingStore) =>
      rememberFindings(
        store,
        { clusterArn, life, standIns: [standIn], findings: found, resolvable: new Set(resolvable) },
        night(21),
      );

    test('goes on under the name that EKS gives, and tells of no end', async () => {
      const store = createMemoryStore();
      await alert([named])(store);

      await read([finding('a', { firstSeenAt: '2026-11-21T03:00:00Z' })], [detection])(store);

      expect(await states(store)).toEqual([
        ['a', 'new', 1, 'new'],
        ['old', 'resolved', 1, 'new'],
      ]);
      const row = await store.get(clusterArn, 'finding#fingerprint-a');
      expect(unwrapRemembered('finding', row?.body)?.firstSeenAt).toBe('2026-11-20T10:00:00Z');
    });

    test.each([
      ['stays open where the audit could not see it', [], ['old', 'new', 1, 'new']],
      ['is over where the audit would have shown it', [detection], ['old', 'resolved', 2, 'resolved']],
    ])('%s', async (_name, resolvable, expected) => {
      const store = createMemoryStore();
      await alert([named])(store);

      await read([], resolvable)(store);

      expect(await states(store)).toEqual([expected]);
    });
  });
});
