import { describe, expect, test } from 'vitest';
import { describeChangeMetrics } from '../../shared/pipeline/change-metrics.ts';
import type { PublishedChanges } from '../../shared/pipeline/publish-changes.ts';

const NOW = { stage: 'prod', now: '2026-11-21T08:20:00Z' };

function published(more: Partial<PublishedChanges> = {}): PublishedChanges {
  const sent = { people: 1, chat: 1, machines: 0 };
  return {
    sent,
    digested: 3,
    imported: 0,
    skips: [],
    batchItemFailures: [],
    failures: [],
    oldestChangeAt: '2026-11-21T08:00:00Z',
    ...more,
  };
}

describe('describeChangeMetrics', () => {
  test('counts messages and failures, and how old the oldest change was', () => {
    expect(describeChangeMetrics(published({ failures: ['throttled'] }), NOW)).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: 'Keyholder', Dimensions: [['Stage']] }] },
      Stage: 'prod',
      Messages: 2,
      Digested: 3,
      Failures: 1,
      ChangeAge: 1200,
      reasons: ['throttled'],
    });
  });

  test('gives no age where nothing was told', () => {
    const metrics = describeChangeMetrics(published({ oldestChangeAt: null }), NOW);

    expect(metrics).not.toHaveProperty('ChangeAge');
    expect(JSON.stringify(metrics._aws)).not.toContain('ChangeAge');
  });
});
