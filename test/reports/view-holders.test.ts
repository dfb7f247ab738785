import { describe, expect, test } from 'vitest';
import { viewHolders } from '../../shared/reports/view-holders.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { access, grant, noneSeen, notReadable, people } from '../support/facts.ts';
import { clusterReport } from '../support/report.ts';

describe('viewHolders', () => {
  test('lists the highest level first, then by name', () => {
    const rows = ['z', 'a'].map((name) => access({ principalArn: `arn:aws:iam::111122223333:role/${name}` }));
    const equivalent = access({ principalArn: 'arn:aws:iam::444455556666:user/bob', level: 'admin-equivalent' });

    const { keyholders } = viewHolders(clusterReport({ access: [equivalent, ...rows] }));

    expect(keyholders.map(({ holder, level }) => [holder, level])).toEqual([
      ['role/a', 'cluster-admin'],
      ['role/z', 'cluster-admin'],
      ['444455556666:user/bob', 'admin-equivalent'],
    ]);
  });

  test('never says never: a fact that was not seen says from when on it would have been', () => {
    const row = access({
      since: notReadable('CloudTrail was not read'),
      lastUsedAt: noneSeen('2026-08-23T00:00:00Z'),
      people: { status: 'not-readable', reason: 'iam.json is missing', list: [] },
    });

    const { keyholders, notes } = viewHolders(clusterReport({ access: [row] }));

    expect(keyholders[0]).toMatchObject({ since: 'not readable', lastUsed: 'not seen', people: '?' });
    expect(notes).toEqual([
      'SINCE not readable: CloudTrail was not read (role/platform-admin)',
      'LAST USED not seen since 23 Aug 2026, the first day we can see (role/platform-admin)',
      'PEOPLE not readable: iam.json is missing (role/platform-admin)',
    ]);
  });

  test('says a reason once when it holds for every holder', () => {
    const rows = ['a', 'b', 'c'].map((name) =>
      access({ principalArn: `arn:aws:iam::111122223333:role/${name}`, lastUsedAt: notReadable('no logs') }),
    );

    expect(viewHolders(clusterReport({ access: rows })).notes).toEqual(['LAST USED not readable: no logs (all)']);
  });

  test('folds the identities of Kubernetes, EKS and nodes into one line, and counts the others by level', () => {
    const own = access({
      kind: 'aws',
      principalArn: null,
      holder: { kind: 'kubernetes-user', name: 'eks:addon-manager' },
    });
    const limited = access({ level: 'limited', principalArn: null, people: people() });
    const node = access({ kind: 'node', level: 'limited' });

    const { keyholders, folded } = viewHolders(clusterReport({ access: [own, limited, node, access()] }));

    expect(keyholders).toHaveLength(1);
    expect(folded).toEqual([
      "Kubernetes' and EKS's own, as they ship: 1 identity (user eks:addon-manager)",
      'Further holders: 1 limited',
    ]);
  });

  test('does not call a cluster without keyholders clean when a door was not read', () => {
    const unread = coverageBut(coverage('rbac', 'denied'));

    expect(viewHolders(clusterReport({ coverage: unread })).none).toBe(
      'Nobody was found to hold the keys, but not all doors could be read: rbac denied.',
    );
  });

  test('names the grants that make the holder a keyholder, and marks one that IAM no longer has', () => {
    const grants = [
      grant({ level: 'limited', detail: 'small' }),
      ...['a', 'b', 'c'].map((detail) => grant({ detail })),
    ];

    const { keyholders } = viewHolders(clusterReport({ access: [access({ grants, exists: false })] }));

    expect(keyholders[0]?.holder).toBe('role/platform-admin (deleted in IAM)');
    expect(keyholders[0]?.through).toBe('access-policy a, access-policy b and 1 more; given by role/pipeline');
  });
});
