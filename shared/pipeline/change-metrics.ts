/** What was told into a line of the log that CloudWatch makes metrics of (embedded metric format). */
import type { PublishedChanges } from './publish-changes.ts';

const METRICS = [
  { Name: 'Messages', Unit: 'Count' },
  { Name: 'Digested', Unit: 'Count' },
  { Name: 'Failures', Unit: 'Count' },
] as const;

/** The age is left out where nothing was told: a zero would say that something was, at once. */
export function describeChangeMetrics(
  { sent, digested, failures, skips, oldestChangeAt }: PublishedChanges,
  { stage, now }: { readonly stage: string; readonly now: string },
) {
  const timestamp = Date.parse(now);
  const age = oldestChangeAt === null ? null : Math.max(0, (timestamp - Date.parse(oldestChangeAt)) / 1000);
  const metrics = age === null ? METRICS : [...METRICS, { Name: 'ChangeAge', Unit: 'Seconds' }];
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: 'Keyholder', Dimensions: [['Stage']], Metrics: metrics }],
    },
    Stage: stage,
    Messages: sent.people + sent.chat + sent.machines,
    Digested: digested,
    Failures: failures.length + skips.length,
    ...(age === null ? {} : { ChangeAge: age }),
    // Beside the metrics, for whoever reads the log.
    reasons: [...failures, ...skips.map(({ reason }) => reason)],
  };
}
