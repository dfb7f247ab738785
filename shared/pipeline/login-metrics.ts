/** What a query between two audits came to into a line of the log that CloudWatch makes metrics of (embedded metric format). */
import type { QueriedLogins } from './query-new-logins.ts';

const METRICS = [
  { Name: 'Logins', Unit: 'Count' },
  { Name: 'UnaskedClusters', Unit: 'Count' },
  { Name: 'LoginQueryAge', Unit: 'Seconds' },
  { Name: 'LoginQueryDollars', Unit: 'None' },
] as const;

/** Without a cluster that logs nothing is late: the age is that of nothing. */
export function describeLoginMetrics(
  { unasked, forwarded, folded, skipped, dollars, oldestSeconds, failures }: QueriedLogins,
  { stage, now }: { readonly stage: string; readonly now: string },
) {
  return {
    _aws: {
      Timestamp: Date.parse(now),
      CloudWatchMetrics: [{ Namespace: 'Keyholder', Dimensions: [['Stage']], Metrics: METRICS }],
    },
    Stage: stage,
    Logins: forwarded,
    UnaskedClusters: unasked.length,
    LoginQueryAge: oldestSeconds ?? 0,
    LoginQueryDollars: dollars,
    // Beside the metrics, for whoever reads the log.
    folded,
    skipped,
    unasked: unasked
      .slice(0, MOST_NAMED)
      .map(({ account, region, cluster, reason }) => ({ account, region, cluster, reason })),
    failures: failures.slice(0, MOST_NAMED),
  };
}

const MOST_NAMED = 20;
