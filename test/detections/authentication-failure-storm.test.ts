import { authenticationFailureStorm } from '../../shared/detections/authentication-failure-storm.ts';
import type { Denial } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth } from '../support/facts.ts';
import { awsAuthWrite } from '../support/grants.ts';
import { cloudTrailEvent, configMapMessage, denial } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const badToken: Partial<Denial> = { arn: null, denial: 'bad-token', error: 'input token was not properly formatted' };

/** Denials, one every ten seconds from 08:00 on. */
function denials(count: number, more: Partial<Denial> = {}): readonly Denial[] {
  const start = Date.parse('2026-11-20T08:00:00Z');
  return Array.from({ length: count }, (_, index) =>
    denial({ at: new Date(start + index * 10_000).toISOString(), ...more }),
  );
}

describeDetection(authenticationFailureStorm, {
  fires: [
    {
      name: 'one principal is denied ten times in five minutes',
      records: denials(10),
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'was denied 10 times in five minutes because nothing maps it, from 2026-11-20T08:00:00.000Z on.',
    },
    {
      name: 'the storm follows a change of aws-auth: critical',
      records: [...denials(12), awsAuthWrite(awsAuth(), { at: '2026-11-20T07:31:00Z' })],
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'It began after access was changed at 2026-11-20T07:31:00Z.',
    },
    {
      name: 'the storm follows the end of an entry, or a parse error: critical',
      records: [
        cloudTrailEvent({ eventName: 'DeleteAccessEntry', at: '2026-11-20T07:59:00Z' }),
        configMapMessage({ at: '2026-11-20T07:58:00Z' }),
        ...denials(12),
      ],
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'what shows a change before the storm was not read: medium, and it says so',
      records: denials(12),
      facts: { coverage: coverageBut(coverage('audit-log', 'denied'), coverage('cloudtrail', 'partial')) },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'cannot be told: not read in whole: audit-log, cloudtrail.',
    },
    {
      name: 'the audit log was read from minutes before the storm on: it says so too',
      records: denials(12),
      facts: {
        coverage: coverageBut(
          coverage('audit-log', 'complete', { window: { from: '2026-11-20T07:45:00Z', to: '2026-11-21T03:00:00Z' } }),
        ),
      },
      subjects: [SUBJECT],
      says: 'not read in whole: audit-log.',
    },
    {
      name: 'bad tokens follow no change of access, whatever was read',
      records: denials(20, badToken),
      facts: { coverage: coverageBut(coverage('audit-log', 'denied')) },
      subjects: ['cluster'],
      says: 'for bad or expired tokens, from 2026-11-20T08:00:00.000Z on.',
    },
    {
      name: 'callers without proof send bad tokens',
      records: denials(20, badToken),
      subjects: ['cluster'],
      severities: ['medium'],
      says: 'Callers whom STS did not prove were denied 20 times in five minutes for bad or expired tokens',
    },
    {
      name: 'STS throttles: told apart from bad tokens',
      records: [...denials(10, badToken), ...denials(10, { arn: null, denial: 'sts-throttled' })],
      subjects: ['cluster', 'cluster'],
    },
    {
      name: 'two storms of one caller',
      records: [...denials(10), ...Array.from({ length: 10 }, () => denial({ at: '2026-11-20T12:00:00Z' }))],
      subjects: [SUBJECT, SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'a client tries a few times', records: denials(9) },
    {
      name: 'many principals are denied a few times each',
      records: [...denials(5), ...denials(5, { arn: `${ADMIN_ROLE}2` })],
    },
    {
      name: 'a pipeline with a stale kubeconfig tries every few minutes',
      records: Array.from({ length: 12 }, (_, hour) =>
        denial({ at: `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z` }),
      ),
    },
    { name: 'the lines have no time', records: denials(30, { at: null }) },
  ],
  cannotTell: [
    {
      name: 'the authenticator log is off',
      coverage: coverageBut(coverage('authenticator-log', 'disabled')),
      missing: ['authenticator-log'],
    },
  ],
});
