import { describe, expect, test } from 'vitest';
import { describeLoginMetrics } from '../../shared/pipeline/login-metrics.ts';

const NOTHING = {
  coverage: [],
  unasked: [],
  forwarded: 0,
  folded: 0,
  skipped: 0,
  dollars: 0.25,
  oldestSeconds: null,
  failures: [],
};

describe('describeLoginMetrics', () => {
  test('gives CloudWatch the age of the oldest window, and people the names of those that wait', () => {
    const at = { source: 'authenticator-log', account: '111122223333', region: 'eu-west-1', part: null } as const;
    const row = { ...at, cluster: 'payments', status: 'denied', window: null, reason: 'denied' } as const;
    const queried = { ...NOTHING, unasked: [row], forwarded: 3, folded: 8, oldestSeconds: 4_200, failures: ['x'] };

    expect(describeLoginMetrics(queried, { stage: 'prod', now: '2026-11-21T08:10:00Z' })).toEqual({
      _aws: {
        Timestamp: 1_795_248_600_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Keyholder',
            Dimensions: [['Stage']],
            Metrics: [
              { Name: 'Logins', Unit: 'Count' },
              { Name: 'UnaskedClusters', Unit: 'Count' },
              { Name: 'LoginQueryAge', Unit: 'Seconds' },
              { Name: 'LoginQueryDollars', Unit: 'None' },
            ],
          },
        ],
      },
      Stage: 'prod',
      Logins: 3,
      UnaskedClusters: 1,
      LoginQueryAge: 4_200,
      LoginQueryDollars: 0.25,
      folded: 8,
      skipped: 0,
      unasked: [{ account: '111122223333', region: 'eu-west-1', cluster: 'payments', reason: 'denied' }],
      failures: ['x'],
    });
  });

  test('is late with nothing where there is no cluster that logs', () => {
    expect(describeLoginMetrics(NOTHING, { stage: 'prod', now: '2026-11-21T08:10:00Z' })).toMatchObject({
      UnaskedClusters: 0,
      LoginQueryAge: 0,
    });
  });
});
