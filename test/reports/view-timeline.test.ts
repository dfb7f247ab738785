import { describe, expect, test } from 'vitest';
import { viewTimeline } from '../../shared/reports/view-timeline.ts';
import { access, known, noneSeen } from '../support/facts.ts';
import { clusterReport, report } from '../support/report.ts';

const REPORT = report({
  generatedAt: '2026-11-21T00:00:00Z',
  window: { from: '2026-11-16T00:00:00Z', to: '2026-11-21T00:00:00Z' },
});

describe('viewTimeline', () => {
  test('places the beginning and the last use on one scale up to now', () => {
    const row = access({ since: known('2026-11-11T00:00:00Z'), lastUsedAt: known('2026-11-20T00:00:00Z') });

    expect(viewTimeline(clusterReport({ access: [row] }), REPORT)).toEqual({
      from: '11 Nov 2026',
      to: '21 Nov 2026',
      seenFrom: 500,
      seenFromDay: '16 Nov 2026',
      rows: [
        {
          holder: 'role/platform-admin',
          since: '11 Nov 2026',
          lastUsed: '20 Nov 2026',
          begins: 0,
          length: 1000,
          used: 900,
        },
      ],
    });
  });

  test('never makes up a beginning or a use', () => {
    const row = access({ since: noneSeen('2026-11-16T00:00:00Z'), lastUsedAt: noneSeen('2026-11-16T00:00:00Z') });

    expect(viewTimeline(clusterReport({ access: [row] }), REPORT).rows).toEqual([
      {
        holder: 'role/platform-admin',
        since: 'not seen',
        lastUsed: 'not seen',
        begins: null,
        length: 1000,
        used: null,
      },
    ]);
  });
});
