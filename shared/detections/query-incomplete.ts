/** A log was asked and did not answer in whole: a limit, a time that ran out, or a query that failed. */
import type { Coverage } from '../model/coverage.ts';
import type { Detection } from '../model/finding.ts';

export const queryIncomplete: Detection = {
  id: 'query-incomplete',
  ref: 'EV-010',
  title: 'A log query did not give everything',
  severity: 'medium',
  needs: [['authenticator-log', 'audit-log', 'cloudtrail']],
  why: 'What a query leaves out looks exactly like what did not happen: every answer that rests on that log is unknown for the time that is missing, not good.',
  fix: 'Ask again for less: a shorter window, fewer clusters at once, a higher limit of bytes. Until then take none of its silences for an answer.',
  blindSpots:
    'A query that was made by hand and cut before it was stored shows no sign of it, unless manifest.json says so (isCut). Logs that were not read at all are told by the coverage of the report.',
  references: ['https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatchlogs_limits.html'],
  attack: [],
  cis: [],
  *detect({ coverage, cluster }) {
    const cut = coverage.filter(wasCut);
    if (cut.length === 0) return;
    const sources = cut.map(({ source, reason }) => `${source} (${reason ?? 'it is not said why'})`).join(', ');
    yield {
      subject: 'cluster',
      summary: `Not all was read of ${cluster.name}: ${sources}. What these logs do not show is unknown.`,
      evidence: cut.map(({ source }) => ({ source, id: null, at: null, file: null, line: 0 })),
    };
  },
};

function wasCut({ source, status, isCut }: Coverage): boolean {
  const isLog = source === 'authenticator-log' || source === 'audit-log' || source === 'cloudtrail';
  return isLog && isCut === true && (status === 'partial' || status === 'unavailable');
}
