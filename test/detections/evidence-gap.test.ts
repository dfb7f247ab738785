import { evidenceGap } from '../../shared/detections/evidence-gap.ts';
import type { Coverage } from '../../shared/model/coverage.ts';
import type { Facts } from '../../shared/model/facts.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster } from '../support/facts.ts';
import { auditEvent } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const SUBJECT = 'log-group:/aws/eks/payments/cluster';
const WINDOW = { from: '2026-08-23T00:00:00Z', to: '2026-11-21T02:50:00Z' };

function read(source: 'audit-log' | 'authenticator-log', more: Partial<Coverage> = {}): Coverage {
  return coverage(source, 'complete', { window: WINDOW, ...more });
}

/** Each log last spoke at the given time; null: never. */
function spoke(audit: string | null, authenticator: string | null): Partial<Facts> {
  const use = (source: 'audit-log' | 'authenticator-log', lastAt: string | null) =>
    lastAt === null ? [] : [usage({ source, firstAt: lastAt, lastAt })];
  return {
    coverage: coverageBut(read('audit-log'), read('authenticator-log')),
    usage: [...use('audit-log', audit), ...use('authenticator-log', authenticator)],
  };
}

const LATELY = '2026-11-21T02:45:00Z';
const DAYS_AGO = '2026-11-18T02:50:00Z';

describeDetection(evidenceGap, {
  fires: [
    {
      name: 'the audit log stopped an hour before the window ends',
      facts: spoke('2026-11-21T01:50:00Z', LATELY),
      subjects: [SUBJECT],
      says: 'audit-log for an hour, since 2026-11-21T01:50:00Z.',
    },
    {
      name: 'the authenticator log stopped days ago',
      facts: spoke(LATELY, DAYS_AGO),
      subjects: [SUBJECT],
      says: 'authenticator-log for 72 hours, since 2026-11-18T02:50:00Z.',
    },
    {
      name: 'both are on and show nothing: one finding',
      facts: spoke(null, null),
      subjects: [SUBJECT],
      says: 'audit-log shows no record at all; authenticator-log shows no record at all.',
    },
  ],
  staysQuiet: [
    { name: 'both spoke lately', facts: spoke(LATELY, LATELY) },
    { name: 'nobody logged in for half a day', facts: spoke(LATELY, '2026-11-20T15:00:00Z') },
    {
      name: 'a record is later than any use',
      facts: { ...spoke(DAYS_AGO, LATELY), records: [auditEvent({ at: LATELY })] },
    },
    {
      name: 'the cluster is new',
      facts: { ...spoke(null, null), cluster: cluster({ createdAt: '2026-11-21T02:30:00Z' }) },
    },
    { name: 'the logs are off', facts: { ...spoke(null, null), cluster: cluster({ logTypes: [] }) } },
    { name: 'the cluster is being made', facts: { ...spoke(null, null), cluster: cluster({ status: 'CREATING' }) } },
    { name: 'nobody states what was asked for', facts: {} },
    {
      name: 'the logs were read in part',
      facts: {
        coverage: coverageBut(
          read('audit-log', { status: 'partial' }),
          read('authenticator-log', { status: 'partial' }),
        ),
      },
    },
  ],
  cannotTell: [
    {
      name: 'the audit log was denied',
      coverage: coverageBut(coverage('audit-log', 'denied')),
      missing: ['audit-log'],
    },
  ],
});
