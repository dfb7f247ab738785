/** Whether alerts would come into a line of the log that CloudWatch makes metrics of (embedded metric format). */
import type { PathHealth } from '../model/alert-path.ts';

/** The digest has the others. */
const MOST_NAMED = 500;

/** null where nobody asks; no metric where nobody knows: its alarm takes that for a silence. */
export function describePathMetrics(
  health: PathHealth,
  { stage, now }: { readonly stage: string; readonly now: string },
) {
  if (health.status === 'off') return null;
  if (health.status === 'unread') return { Stage: stage, canaries: `not checked: ${health.reason}` };
  const Metrics = [
    { Name: 'CanariesMissing', Unit: 'Count' },
    { Name: 'DeadLettersStanding', Unit: 'Count' },
  ];
  return {
    _aws: {
      Timestamp: Date.parse(now),
      CloudWatchMetrics: [{ Namespace: 'Keyholder', Dimensions: [['Stage']], Metrics }],
    },
    Stage: stage,
    CanariesMissing: health.silent.length,
    DeadLettersStanding: health.letters.length,
    // Beside the metrics, for whoever reads the log: a longer line would not be read at all.
    silent: health.silent.slice(0, MOST_NAMED),
    letters: health.letters.slice(0, MOST_NAMED),
  };
}
