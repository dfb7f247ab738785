import { describe, expect, it } from 'vitest';
import { EMPTY_MANIFEST, parseManifest } from '../../shared/evidence/manifest.ts';

function parse(fields: Readonly<Record<string, unknown>>) {
  return parseManifest(JSON.stringify({ schema: 'keyholder.evidence/v1', ...fields }, null, 1), 'manifest.json');
}

describe('parseManifest', () => {
  it('reads window, scope and coverage', () => {
    const { manifest, skips } = parse({
      collectedAt: '2026-11-20T06:00:00+01:00',
      window: { from: '2026-08-23T00:00:00Z', to: '2026-11-20T00:00:00Z' },
      scope: [
        { account: '111122223333', region: 'eu-west-1', status: 'audited', clusters: 2 },
        { account: '444455556666', region: '*', status: 'denied', reason: 'AssumeRole refused', mend: 'trust us' },
      ],
      coverage: [
        { source: 'audit-log', cluster: 'payments', status: 'disabled', reason: 'not switched on' },
        { source: 'eks-api', part: 'node-groups', status: 'denied', window: null },
      ],
      caller: 'arn:aws:sts::111122223333:assumed-role/auditor/alice',
      queries: ['fields @message'],
    });

    expect(skips).toEqual([]);
    expect(manifest).toEqual({
      collectedAt: '2026-11-20T05:00:00Z',
      window: { from: '2026-08-23T00:00:00Z', to: '2026-11-20T00:00:00Z' },
      scope: [
        { account: '111122223333', region: 'eu-west-1', status: 'audited', clusters: 2, reason: null, mend: null },
        {
          account: '444455556666',
          region: '*',
          status: 'denied',
          clusters: 0,
          reason: 'AssumeRole refused',
          mend: 'trust us',
        },
      ],
      coverage: [
        {
          source: 'audit-log',
          account: null,
          region: null,
          cluster: 'payments',
          part: null,
          status: 'disabled',
          window: null,
          reason: 'not switched on',
        },
        {
          source: 'eks-api',
          account: null,
          region: null,
          cluster: null,
          part: 'node-groups',
          status: 'denied',
          window: null,
          reason: null,
        },
      ],
      caller: 'arn:aws:sts::111122223333:assumed-role/auditor/alice',
      queries: ['fields @message'],
    });
  });

  it.each([
    ['text that is no JSON', '{', 'not JSON: expected a key in double quotes or "}", got the end of the text'],
    ['a manifest of another schema', '{"schema": "x/v1"}', 'expected a manifest with schema keyholder.evidence/v1'],
    ['a list', '[]', 'expected a manifest with schema keyholder.evidence/v1'],
  ])('reads nothing from %s, and says so', (_name, text, reason) => {
    const { manifest, skips } = parseManifest(text, 'manifest.json');

    expect(manifest).toEqual(EMPTY_MANIFEST);
    expect(skips).toMatchObject([{ reason, count: 1, file: 'manifest.json' }]);
  });

  it('counts rows that it cannot place', () => {
    const { manifest, skips } = parse({
      window: { from: '2026-11-20T00:00:00Z', to: '2026-08-23T00:00:00Z' },
      scope: [{ account: '111122223333', region: 'eu-west-1', status: 'fine' }],
      coverage: [
        { source: 'audit', status: 'complete' },
        { source: 'eks-api', status: 'complete', part: 'everything' },
        { source: 'rbac', status: 'whole' },
        { source: 'rbac', status: 'partial', window: { from: 'then', to: 'now' } },
      ],
    });

    expect(manifest).toMatchObject({ window: null, scope: [], coverage: [{ source: 'rbac', window: null }] });
    expect(skips.map(({ reason, count, line }) => [reason, count, line])).toEqual([
      ['a window without a time from and a later time to', 2, 3],
      ['a scope row without account, region and a known status', 1, 8],
      ['a coverage row without a known source, status or part', 3, 15],
    ]);
  });

  it('reads that a log was cut, which calls were asked for and what was not asked, and counts what says neither', () => {
    const row = { source: 'cloudtrail', status: 'complete' };
    const coverage = [
      { ...row, isCut: true, calls: ['CreateCluster'] },
      { ...row, isCut: 'yes', calls: 'CreateCluster' },
      { ...row, isCut: null, calls: ['CreateCluster', 7] },
      { ...row, isUnasked: true },
      { ...row, isUnasked: 1 },
    ];

    const { manifest, skips } = parse({ coverage });

    expect(manifest.coverage.map(({ isCut, calls, isUnasked }) => [isCut, calls, isUnasked])).toEqual([
      [true, ['CreateCluster'], undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, true],
      [undefined, undefined, undefined],
    ]);
    expect(skips.map(({ reason, count }) => [reason, count])).toEqual([
      ['an isCut that is not true', 1],
      ['calls that are no list of names', 2],
      ['an isUnasked that is not true', 1],
    ]);
  });

  it('reads what the queries of a log scanned, and counts what is no scan', () => {
    const row = { source: 'audit-log', status: 'complete' };
    const scan = { bytesScanned: 1500, dollars: 0.000001, clusters: 2 };
    const coverage = [
      { ...row, scan },
      { ...row, scan: { bytesScanned: '1500' } },
      { ...row, scan: { ...scan, dollars: -1 } },
    ];

    const { manifest, skips } = parse({ coverage });

    expect(manifest.coverage.map((one) => one.scan)).toEqual([scan, undefined, undefined]);
    expect(skips.map(({ reason, count }) => [reason, count])).toEqual([
      ['a scan without the numbers bytesScanned, dollars and clusters', 2],
    ]);
  });
});
