/** Control-plane logging without the two log types that show who got in and what they did. */
import type { Detection } from '../model/finding.ts';
import { turnOnAccessLogs } from '../rules/remedies.ts';

const ACCESS_LOGS = ['audit', 'authenticator'];

export const accessLogsOff: Detection = {
  id: 'access-logs-off',
  ref: 'EV-001',
  title: 'Audit or authenticator log is off',
  severity: 'high',
  needs: [['eks-api/cluster']],
  why: 'The authenticator log alone says which IAM principal logged in as whom, and the audit log alone says what it then did: what happens while one is off can never be told afterwards.',
  fix: 'Turn on both log types. Each is billed as CloudWatch Logs ingestion, so set a retention on the log group.',
  blindSpots:
    'A log type that is on may still lose records: delivery is best effort, and the log group may be deleted or kept for too short a time.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html'],
  attack: ['T1562.008'],
  cis: ['2.1.1', '2.1.2'],
  *detect({ cluster }) {
    if (cluster.logTypes === null) return;
    const off = ACCESS_LOGS.filter((type) => !cluster.logTypes?.includes(type));
    if (off.length === 0) return;
    yield {
      subject: 'cluster',
      summary: `The ${off.join(' and the ')} log of ${cluster.name} ${off.length === 1 ? 'is' : 'are'} off: ${off.length === 1 ? LOSS[off[0] ?? ''] : 'nobody can tell who got in and what they did'}.`,
      commands: [turnOnAccessLogs(cluster)],
      evidence: cluster.evidence,
    };
  },
};

const LOSS: Readonly<Record<string, string>> = {
  audit: 'nobody can tell what those who got in have done',
  authenticator: 'nobody can tell which IAM principal is behind a login',
};
