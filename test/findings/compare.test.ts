import { describe, expect, test } from 'vitest';
import { compareReports } from '../../shared/findings/compare.ts';
import type { EarlierReport } from '../../shared/model/review.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { ADMIN_ROLE, access, cluster, people, person } from '../support/facts.ts';
import { clusterReport, report } from '../support/report.ts';

const { arn, name, account, region, createdAt } = cluster();
const ALICE = { name: 'alice', kind: 'iam-user' } as const;

type Row = EarlierReport['clusters'][number]['holders'][number];

function holder(more: Partial<Row> = {}): Row {
  return {
    holder: { kind: 'iam', name: ADMIN_ROLE },
    principalArn: ADMIN_ROLE,
    level: 'cluster-admin',
    people: [ALICE],
    arePeopleKnown: true,
    ...more,
  };
}

function earlier(holders: readonly Row[], unread: readonly string[] = []): EarlierReport {
  return {
    generatedAt: '2026-08-21T03:00:00Z',
    clusters: [{ arn, name, account, region, createdAt, unread, holders }],
  };
}

const now = (...rows: readonly ReturnType<typeof access>[]) => report({ clusters: [clusterReport({ access: rows })] });

function changeOf(current: ReturnType<typeof report>, before: EarlierReport) {
  return compareReports(current, before).clusters[0]?.access[0]?.change;
}

describe('compareReports', () => {
  test('marks a holder as same, and its keyholder row alike', () => {
    const compared = compareReports(now(access()), earlier([holder()]));

    expect(compared.clusters[0]?.access[0]?.change).toEqual({
      kind: 'same',
      before: 'cluster-admin',
      doubt: null,
      newPeople: [],
      gonePeople: [],
    });
    expect(compared.clusters[0]?.keyholders).toEqual(compared.clusters[0]?.access);
    expect(compared.comparison).toEqual({ earlierAt: '2026-08-21T03:00:00Z', gone: [] });
  });

  test('marks what was raised and lowered, with the level before', () => {
    expect(changeOf(now(access()), earlier([holder({ level: 'limited' })]))).toMatchObject({
      kind: 'raised',
      before: 'limited',
    });
    expect(changeOf(now(access({ level: 'limited' })), earlier([holder()]))).toMatchObject({
      kind: 'lowered',
      before: 'cluster-admin',
    });
  });

  test('marks people who came and went behind a holder that stays', () => {
    const current = now(access({ people: people(person({ name: 'bob' })) }));

    expect(changeOf(current, earlier([holder()]))).toMatchObject({
      kind: 'same',
      newPeople: ['bob'],
      gonePeople: [ALICE],
    });
  });

  test('marks a new holder, and says when the earlier report could not have seen it', () => {
    expect(changeOf(now(access()), earlier([]))).toMatchObject({ kind: 'new', before: null, doubt: null });
    expect(changeOf(now(access()), earlier([], ['rbac']))).toMatchObject({
      doubt: 'the earlier report had not read rbac in whole',
    });
  });

  test('lists what is gone, and says when it may stand all the same', () => {
    const unread = report({
      clusters: [clusterReport({ coverage: coverageBut(coverage('aws-auth', 'denied', { reason: 'denied' })) })],
    });

    expect(compareReports(now(), earlier([holder()])).comparison?.gone).toMatchObject([
      { holder: { name: ADMIN_ROLE }, level: 'cluster-admin', cluster: { name: 'payments' }, doubt: null },
    ]);
    expect(compareReports(unread, earlier([holder()])).comparison?.gone[0]?.doubt).toBe('not read in whole: aws-auth');
    const entries = coverageBut(eksCoverage({ 'access-entries': 'denied' }));
    const part = report({ clusters: [clusterReport({ coverage: entries })] });
    expect(compareReports(part, earlier([holder()])).comparison?.gone[0]?.doubt).toBe('not read in whole: eks-api');
  });

  test('lists the holders of a cluster that is gone, with what its place answered', () => {
    const scope = { account, region, clusters: 0, reason: 'denied', mend: null };
    const denied = report({ clusters: [], scope: [{ ...scope, status: 'denied' }] });

    expect(compareReports(denied, earlier([holder()])).comparison?.gone[0]?.doubt).toBe(
      'its account and region were denied',
    );
  });

  test('takes a cluster for gone only where all of its region were listed', () => {
    const place = { account, region, status: 'audited', clusters: 0, mend: null } as const;
    const doubtOf = (caller: string | null, reason: string | null) => {
      const now = report({ clusters: [], scope: [{ ...place, reason }] });
      const listed = { ...now, provenance: { ...now.provenance, caller } };
      return compareReports(listed, earlier([holder()])).comparison?.gone[0]?.doubt;
    };

    expect(doubtOf('arn:aws:sts::111122223333:assumed-role/auditor/alice', null)).toBeNull();
    expect(doubtOf('arn:aws:sts::111122223333:assumed-role/auditor/alice', 'only cluster orders was asked for')).toBe(
      'only cluster orders was asked for',
    );
    expect(doubtOf(null, null)).toBe('nothing shows that all clusters of its region were listed');
  });

  test('knows a principal with and without the path of its ARN', () => {
    const withPath = 'arn:aws:iam::111122223333:role/team/platform-admin';

    expect(changeOf(now(access()), earlier([holder({ holder: { kind: 'iam', name: withPath } })]))?.kind).toBe('same');
  });

  test('never takes people that could not be read for people who came or went', () => {
    const unread = { status: 'not-readable', reason: 'iam.json is missing', list: [] } as const;
    const doubt = 'the people behind it could not be read, then or now';

    expect(changeOf(now(access({ people: unread })), earlier([holder()]))).toMatchObject({ doubt, gonePeople: [] });
    expect(changeOf(now(access()), earlier([holder({ people: [], arePeopleKnown: false })]))).toMatchObject({
      doubt,
      newPeople: [],
    });
  });

  test('holds nothing of an earlier cluster against the one that has its name now', () => {
    const before = earlier([holder()]);
    const other = {
      ...before,
      clusters: before.clusters.map((one) => ({ ...one, createdAt: '2025-01-01T00:00:00Z' })),
    };

    const compared = compareReports(now(access()), other);

    expect(compared.clusters[0]?.access[0]?.change).toMatchObject({ kind: 'new', doubt: null });
    expect(compared.comparison?.gone).toMatchObject([{ holder: { name: ADMIN_ROLE }, doubt: null }]);
  });
});
