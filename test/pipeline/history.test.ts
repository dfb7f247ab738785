import { describe, expect, test } from 'vitest';
import { tellDiff, tellHistory } from '../../shared/pipeline/history.ts';
import { renderTold } from '../../shared/pipeline/tell-answer.ts';
import { tellClusterHistory, tellEstateDiff } from '../../shared/pipeline/tell-history.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { ARN, auditAt, clusterFile, entriesFile, trailFile } from '../support/remembering.ts';
import { CLUSTER } from '../support/small-estate.ts';

const FIRST = '2026-11-18T03:00:00Z';
const SECOND = '2026-11-19T03:00:00Z';
const THIRD = '2026-11-20T03:00:00Z';
const NOW = '2026-11-21T12:00:00Z';

const alice = { name: 'alice', createdAt: '2026-11-01T00:00:00Z' };
/** An entry that does not say since when it is there. */
const bob = { name: 'bob', createdAt: null };

async function historyAt(store: FindingStore, at: string) {
  const history = await tellHistory(store, { cluster: 'payments', at, now: NOW });
  const holders = history.holders.map(({ holder, certainty }) => `${certainty} ${holder.name.split('/').at(-1)}`);
  return { history, holders };
}

function diffOf(store: FindingStore, from: string, to: string) {
  return tellDiff(store, { from, to, now: NOW, cluster: undefined });
}

describe('tellHistory', () => {
  test('tells a grant of known age from one that was first seen', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice, bob]));

    expect((await historyAt(store, '2026-10-31T00:00:00Z')).holders).toEqual(['maybe bob']);
    expect((await historyAt(store, '2026-11-05T00:00:00Z')).holders).toEqual(['held alice', 'maybe bob']);
    expect((await historyAt(store, FIRST)).holders).toEqual(['held alice', 'held bob']);
  });

  test('says before the first audit from when on it can see, and never that there was nobody', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));

    const { history } = await historyAt(store, '2026-10-01T00:00:00Z');

    expect(history.answer).toBe(
      'Who could administer payments on 2026-10-01T00:00:00Z is not known: not seen before 2026-11-18T03:00:00Z, the first day we can see',
    );
    expect(history.notes).toEqual([
      'What had ended before the first audit is not here: not seen before 2026-11-18T03:00:00Z, the first day we can see.',
    ]);
  });

  test('calls it uncertain between the audit that saw a grant last and the one that missed it', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    await auditAt(store, SECOND, entriesFile([bob]));

    expect((await historyAt(store, FIRST)).holders).toEqual(['held alice']);
    expect((await historyAt(store, '2026-11-18T12:00:00Z')).holders).toEqual(['maybe alice', 'maybe bob']);
    expect((await historyAt(store, SECOND)).holders).toEqual(['held bob']);
  });

  test('says what it rests on after a read in part, and after the last audit', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    await auditAt(store, SECOND, { [`${CLUSTER}/access-entries.json`]: null });

    const { history, holders } = await historyAt(store, THIRD);

    expect(holders).toEqual(['maybe alice']);
    expect(history.holders[0]?.grants[0]?.doubt).toBe(
      'no audit since 2026-11-18T03:00:00Z could see whether it still stood',
    );
    expect(history.notes).toEqual([
      'The cluster was last audited at 2026-11-19T03:00:00Z: what changed since is not here.',
      'Since 2026-11-18T03:00:00Z no audit has read every source of grants: there may be more, and some may be over.',
    ]);
  });

  test('keeps the lives of a name apart', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const reborn = '2026-11-18T12:00:00Z';
    await auditAt(store, SECOND, { ...clusterFile(reborn), ...entriesFile([bob]) });

    expect((await historyAt(store, FIRST)).holders).toEqual(['held alice']);
    expect((await historyAt(store, '2026-11-18T12:00:00Z')).holders).toEqual(['maybe bob']);
    expect((await historyAt(store, '2025-12-01T00:00:00Z')).history.notes).toContain(
      'No cluster of this name that we know of had been created yet.',
    );
  });

  test('asks for the ARN where two regions have a cluster of the name, and takes it', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const other = ARN.replace('eu-west-1', 'us-east-1');
    const cluster = { arn: other, name: 'payments', account: '111122223333', region: 'us-east-1' };
    const body = { schema: 'keyholder.remembered/v1', kind: 'cluster', value: cluster };
    await store.put({ partition: 'estate', key: `cluster#${other}`, version: 1, body, expiresAt: null });

    await expect(tellHistory(store, { cluster: 'payments', at: FIRST, now: NOW })).rejects.toThrow(
      `expected the ARN of one cluster for --cluster, got "payments", which may be ${ARN}, ${other}`,
    );
    expect((await tellHistory(store, { cluster: ARN, at: FIRST, now: NOW })).holders).toHaveLength(1);
  });

  test('refuses to answer without rows that another version wrote', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const body = { schema: 'keyholder.remembered/v2', kind: 'grant', value: {} };
    await store.put({ partition: ARN, key: 'grant#0#1', version: 1, body, expiresAt: null });
    const refusal = `expected rows of keyholder.remembered/v1 of ${ARN}, got 1 of another version of Keyholder`;

    await expect(historyAt(store, FIRST)).rejects.toThrow(refusal);
    await expect(diffOf(store, FIRST, SECOND)).rejects.toThrow(refusal);
  });

  test('refuses a state that remembers nothing', async () => {
    await expect(tellHistory(createMemoryStore(), { cluster: 'payments', at: FIRST, now: NOW })).rejects.toThrow(
      'expected clusters that an earlier audit remembered with --state or on AWS, got a state that remembers none',
    );
  });
});

describe('tellDiff', () => {
  test('tells what was given and what ended, when and by whom', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    const calls = [
      {
        eventName: 'DeleteAccessEntry',
        eventTime: '2026-11-18T10:00:00Z',
        requestParameters: { name: 'payments', principalArn: 'arn:aws:iam::111122223333:role/alice' },
      },
      {
        eventName: 'AssociateAccessPolicy',
        eventTime: '2026-11-18T11:00:00Z',
        requestParameters: {
          name: 'payments',
          principalArn: 'arn:aws:iam::111122223333:role/carol',
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      },
    ];
    const carol = { name: 'carol', createdAt: '2026-11-18T11:00:00Z' };
    await auditAt(store, SECOND, { ...entriesFile([carol, bob]), ...trailFile(calls) });

    const diff = await diffOf(store, FIRST, SECOND);

    const tell = ({ holder, changedAt, notBefore, changedBy }: (typeof diff.begun)[number]) => [
      holder.name,
      changedAt,
      notBefore,
      changedBy,
    ];
    expect(diff.begun.map(tell)).toEqual([
      ['arn:aws:iam::111122223333:role/carol', '2026-11-18T11:00:00Z', null, 'arn:aws:iam::111122223333:user/alice'],
      ['arn:aws:iam::111122223333:role/bob', SECOND, FIRST, null],
    ]);
    expect(diff.ended.map(tell)).toEqual([
      ['arn:aws:iam::111122223333:role/alice', '2026-11-18T10:00:00Z', null, 'arn:aws:iam::111122223333:user/alice'],
    ]);
    expect(diff.findings.map(({ change }) => change.kind)).toContain('resolved');
  });

  test('takes what the first audit found of unknown age for no news', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([bob]));

    const diff = await diffOf(store, '2026-11-17T00:00:00Z', THIRD);

    expect([diff.begun, diff.firstSeen.map(({ holder }) => holder.name)]).toEqual([
      [],
      ['arn:aws:iam::111122223333:role/bob'],
    ]);
    expect(diff.notes).toEqual([
      `${ARN}: not seen before ${FIRST}, the first day we can see.`,
      `${ARN}: last audited at ${FIRST}; what changed since is not here.`,
    ]);
  });

  test('says of audits that could not read every source of grants that they tell nothing of them', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice]));
    await auditAt(store, SECOND, { [`${CLUSTER}/access-entries.json`]: null });

    const diff = await diffOf(store, FIRST, SECOND);

    expect([diff.begun, diff.ended]).toEqual([[], []]);
    expect(diff.notes).toEqual([
      `${ARN}: Since ${FIRST} no audit has read every source of grants: there may be more, and some may be over.`,
    ]);
  });

  test('says that a grant changed its level, and not that it came and went', async () => {
    const rbac = (verbs: readonly string[]) => ({
      [`${CLUSTER}/rbac.json`]: JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            kind: 'ClusterRole',
            metadata: { name: 'deploy' },
            rules: [{ apiGroups: ['*'], resources: ['*'], verbs }],
          },
          {
            kind: 'ClusterRoleBinding',
            metadata: { name: 'deploy', creationTimestamp: '2026-11-01T00:00:00Z' },
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'deploy' },
            subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'alice' }],
          },
        ],
      }),
    });
    const store = createMemoryStore();
    await auditAt(store, FIRST, { ...entriesFile([]), ...rbac(['watch']) });
    await auditAt(store, SECOND, { ...entriesFile([]), ...rbac(['*']) });

    const diff = await diffOf(store, FIRST, SECOND);

    expect(diff.levels.map(({ before, grant }) => [grant.holder.name, before, grant.level])).toEqual([
      ['alice', 'sensitive-read', 'cluster-admin'],
    ]);
    expect([diff.begun, diff.ended]).toEqual([[], []]);
  });
});

describe('history and diff in every format', () => {
  test('keep to their schemas, and escape hostile names', async () => {
    const store = createMemoryStore();
    await auditAt(store, FIRST, entriesFile([alice, { name: '<script>\u202e|\n', createdAt: null }]));
    await auditAt(store, SECOND, entriesFile([bob]));
    const history = tellClusterHistory((await historyAt(store, FIRST)).history);
    const diff = tellEstateDiff(await diffOf(store, '2026-10-01T00:00:00Z', NOW));

    expect(listAnswerErrors('history', JSON.parse(renderTold(history, 'json')))).toEqual([]);
    expect(listAnswerErrors('diff', JSON.parse(renderTold(diff, 'json')))).toEqual([]);
    for (const told of [history, diff]) {
      for (const format of ['text', 'markdown', 'json'] as const)
        expect(renderTold(told, format)).not.toContain('\u202e');
    }
    expect(renderTold(history, 'text')).toContain('role/alice');
    expect(renderTold(diff, 'markdown')).toContain('### Ended');
  });
});
