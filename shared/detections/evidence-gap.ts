/** A control-plane log that is on and has fallen silent. */
import type { Detection } from '../model/finding.ts';
import { listSilences, type Silence } from '../rules/log-silence.ts';

const MINUTE_MS = 60_000;
/** The control plane asks itself all the time; delivery may lag by some minutes. */
const PATIENCE = { 'audit-log': 30 * MINUTE_MS, 'authenticator-log': 24 * 60 * MINUTE_MS };

export const evidenceGap: Detection = {
  id: 'evidence-gap',
  ref: 'EV-004',
  title: 'A log of the cluster has fallen silent',
  severity: 'high',
  needs: [['audit-log', 'authenticator-log', 'eks-api/cluster']],
  why: 'The control plane of a cluster that runs is never silent. A log that stops was cut off, is not delivered, or is read in the wrong place: what happened since then is unseen, not absent.',
  fix: 'Look whether the log group still gets events, who changed it, and whether the query that reads it still asks the right streams. Treat the time since the last record as unseen.',
  blindSpots:
    'AWS delivers control-plane logs as best it can. The audit log may be silent for thirty minutes and the authenticator log for a day before it counts. Gaps that later records closed again are not seen, and a log that was read in part says nothing by its silence.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html'],
  attack: ['T1562.008'],
  cis: ['2.1.2'],
  *detect(facts) {
    const silences = listSilences(facts, PATIENCE);
    if (silences.length === 0) return;
    const { cluster } = facts;
    yield {
      subject: `log-group:/aws/eks/${cluster.name}/cluster`,
      summary: `Logs of ${cluster.name} are on and silent at the end of what was read: ${silences.map(wordSilence).join('; ')}.`,
      evidence: cluster.evidence,
    };
  },
};

function wordSilence({ log, lastAt, hours }: Silence): string {
  const since = hours === 0 ? 'less than an hour' : hours === 1 ? 'an hour' : `${hours} hours`;
  return lastAt === null ? `${log} shows no record at all` : `${log} for ${since}, since ${lastAt}`;
}
