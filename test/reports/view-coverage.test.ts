import { describe, expect, test } from 'vitest';
import { viewCoverage } from '../../shared/reports/view-coverage.ts';
import { coverage, eksCoverage } from '../support/coverage.ts';

describe('viewCoverage', () => {
  test('puts what was read in whole on one line', () => {
    expect(viewCoverage([coverage('rbac', 'complete', { read: 90 }), coverage('iam')])).toEqual({
      whole: ['rbac (90)', 'iam (0)'],
      gaps: [],
    });
  });

  test('gives every gap its reason, window, and the first sample of each kind of skip', () => {
    const row = coverage('audit-log', 'partial', {
      reason: 'window not stated',
      window: { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' },
      read: 1200,
      skipped: 3,
      skips: [{ reason: 'not JSON', count: 3, sample: '{"kind":', file: 'audit.ndjson', line: 7 }],
    });

    expect(viewCoverage([row]).gaps).toEqual([
      {
        source: 'audit-log',
        status: 'partial',
        read: '1200',
        skipped: '3',
        reason: 'window not stated; 23 Aug 2026 to 21 Nov 2026',
        skips: ['3 records skipped, not JSON at audit.ndjson:7: {"kind":'],
      },
    ]);
  });

  test('lists a complete source that skipped records among the gaps', () => {
    const skips = [{ reason: 'no name', count: 1, sample: '{}', file: null, line: 0 }];

    const { whole, gaps } = viewCoverage([coverage('rbac', 'complete', { skipped: 1, skips })]);

    expect(whole).toEqual([]);
    expect(gaps[0]?.skips).toEqual(['1 record skipped, no name: {}']);
  });

  test('names the parts of eks-api that lack', () => {
    const lacking = eksCoverage({ capabilities: 'denied', 'log-group': 'unavailable' });

    const { gaps } = viewCoverage([{ ...lacking, status: 'complete', reason: null }]);

    expect(gaps[0]?.reason).toBe('denied: capabilities; unavailable: log-group');
  });
});
