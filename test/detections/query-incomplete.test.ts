import { queryIncomplete } from '../../shared/detections/query-incomplete.ts';
import type { Coverage } from '../../shared/model/coverage.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';

function partial(source: Coverage['source'], reason: string): { readonly coverage: readonly Coverage[] } {
  return { coverage: coverageBut(coverage(source, 'partial', { reason })) };
}

function cut(source: Coverage['source'], reason: string): { readonly coverage: readonly Coverage[] } {
  return { coverage: coverageBut(coverage(source, 'partial', { reason, isCut: true })) };
}

const INSIGHTS = 'Logs Insights on /aws/eks/payments/cluster';

describeDetection(queryIncomplete, {
  fires: [
    {
      name: 'more rows than a query gives',
      facts: cut('audit-log', `${INSIGHTS}: more than 100000 rows within two seconds`),
      subjects: ['cluster'],
      says: 'audit-log (Logs Insights on /aws/eks/payments/cluster: more than 100000 rows within two seconds)',
    },
    {
      name: 'the query ran into the time limit',
      facts: cut('authenticator-log', `${INSIGHTS}: the query ran into the time limit of AWS`),
      subjects: ['cluster'],
    },
    {
      name: 'too many queries ran at once',
      facts: cut('audit-log', `${INSIGHTS}: too many queries of this account run at once`),
      subjects: ['cluster'],
    },
    {
      name: 'the limit of bytes is used up',
      facts: cut('audit-log', `${INSIGHTS}: the limit of bytes to scan is used up`),
      subjects: ['cluster'],
    },
    {
      name: 'more pages of one call than are read of the event history',
      facts: cut('cloudtrail', 'more than 120 pages of CreateRole: read back to 2026-11-01T00:00:00.000Z'),
      subjects: ['cluster'],
    },
    {
      name: 'more files of a trail than are read',
      facts: cut('cloudtrail', "the trail's files were left after 2000 of them (1000000 bytes)"),
      subjects: ['cluster'],
    },
    {
      name: 'results that were fetched before their query had ended',
      facts: cut('authenticator-log', 'authenticator.json: query was not complete'),
      subjects: ['cluster'],
    },
    { name: 'the run was out of time', facts: cut('cloudtrail', 'out of time'), subjects: ['cluster'] },
    {
      name: 'two logs were cut: one finding names both',
      facts: {
        coverage: coverageBut(
          coverage('audit-log', 'partial', { reason: 'out of time', isCut: true }),
          coverage('cloudtrail', 'unavailable', { reason: 'out of time', isCut: true }),
        ),
      },
      subjects: ['cluster'],
      says: 'audit-log (out of time), cloudtrail (out of time)',
    },
  ],
  staysQuiet: [
    { name: 'all logs were read in whole', facts: {} },
    { name: 'a log whose window nobody stated', facts: partial('audit-log', 'window not stated') },
    { name: 'words of a reason alone', facts: partial('audit-log', 'stated by hand: out of time') },
    { name: 'a log that is off', facts: partial('audit-log', 'the audit log type of the cluster is off') },
    { name: 'a source of state that was read in part', facts: cut('iam', 'out of time') },
    {
      name: 'a log that was denied',
      facts: {
        coverage: coverageBut(coverage('audit-log', 'denied', { reason: 'the query was denied', isCut: true })),
      },
    },
  ],
  cannotTell: [
    {
      name: 'a log was not read at all',
      coverage: coverageBut(coverage('cloudtrail', 'unavailable')),
      missing: ['cloudtrail'],
    },
    {
      name: 'a log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});
