import { expect, test } from 'vitest';
import { firstAdminSession } from '../../shared/detections/first-admin-session.ts';
import type { Facts } from '../../shared/model/facts.ts';
import { arnKey } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, cluster, facts } from '../support/facts.ts';
import { login } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const TODAY = '2026-11-20T20:00:00Z';

function seenFrom(from: string): Partial<Facts> {
  const window = { from, to: '2026-11-21T02:50:00Z' };
  return {
    coverage: coverageBut(
      coverage('authenticator-log', 'complete', { window }),
      coverage('audit-log', 'complete', { window }),
    ),
  };
}

const far = seenFrom('2026-08-23T00:00:00Z');
const today = usage({ groups: ['system:masters'], firstAt: TODAY, lastAt: TODAY });
const arrival = login({ arn: ADMIN_ROLE, groups: ['system:masters'], at: TODAY });

/** What the runs of the nights before saw, up to a moment. */
function nightsBefore(
  to: string,
  principals: readonly (readonly [string, string])[] = [],
  life: string | null = cluster().createdAt,
): Facts['state'] {
  const windows = { 'authenticator-log': { from: '2026-08-23T00:00:00Z', to } };
  return { ...facts().state, sights: { [cluster().arn]: { life, windows, principals } } };
}

const nightly = seenFrom('2026-11-20T01:00:00Z');
const UNTIL_LAST_NIGHT = '2026-11-20T03:00:00Z';
const KEY = arnKey(ADMIN_ROLE);

describeDetection(firstAdminSession, {
  fires: [
    {
      name: 'a principal in system:masters, never seen before',
      facts: { ...far, usage: [today] },
      subjects: [SUBJECT],
      says: `${ADMIN_ROLE} was at work in payments as an admin at ${TODAY}, through system:masters, and was not seen before it since 2026-08-23T00:00:00Z, the first day we can see; no earlier audit is stored, so whether it was there before that is not known.`,
    },
    {
      name: 'a request that the cluster-admin policy allowed',
      facts: {
        ...far,
        usage: [
          usage({
            source: 'audit-log',
            policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
            firstAt: TODAY,
            lastAt: TODAY,
          }),
        ],
      },
      subjects: [SUBJECT],
      says: 'through AmazonEKSClusterAdminPolicy',
    },
    {
      name: 'a login without groups of a principal that is an admin',
      facts: { ...far, access: [access()], usage: [usage({ firstAt: TODAY, lastAt: TODAY })] },
      subjects: [SUBJECT],
      says: 'through a grant that it holds',
    },
    {
      name: 'two sessions of one principal: one finding',
      facts: { ...far, usage: [today, { ...today, sessionName: 'bob', firstAt: '2026-11-20T21:00:00Z' }] },
      subjects: [SUBJECT],
    },
    {
      name: 'an earlier audit is stored: it says how long we look',
      facts: {
        ...far,
        usage: [{ ...today, firstAt: '2026-11-15T08:00:00Z' }],
        state: {
          ...facts().state,
          firstAuditAt: { [cluster().arn]: '2026-06-01T03:00:00Z' },
          logsReadTo: { [cluster().arn]: { 'authenticator-log': '2026-11-14T03:00:00Z' } },
        },
      },
      subjects: [SUBJECT],
      says: 'the first audit of the cluster was at 2026-06-01T03:00:00Z',
    },
    { name: 'the login comes as an event', record: arrival, facts: far, subjects: [SUBJECT] },
    {
      name: 'the log shows a day, and the nights before it the months before that',
      facts: { ...nightly, usage: [today], state: nightsBefore(UNTIL_LAST_NIGHT) },
      subjects: [SUBJECT],
      says: 'was not seen before it since 2026-08-23T00:00:00Z',
    },
    {
      name: 'the login comes as an event after nights that never saw the principal',
      record: arrival,
      facts: {
        ...nightly,
        state: nightsBefore(UNTIL_LAST_NIGHT, [['111122223333:role/other', '2026-09-01T00:00:00Z']]),
      },
      subjects: [SUBJECT],
    },
    {
      name: 'the same run again: what it remembered of the session itself is no earlier one',
      facts: { ...nightly, usage: [today], state: nightsBefore('2026-11-21T02:50:00Z', [[KEY, TODAY]]) },
      subjects: [SUBJECT],
    },
    {
      name: 'the log was read in part: it may have been there before all the same, and it says so',
      facts: {
        usage: [today],
        coverage: coverageBut(
          coverage('authenticator-log', 'partial', {
            window: { from: '2026-08-23T00:00:00Z', to: '2026-11-21T02:50:00Z' },
          }),
        ),
      },
      subjects: [SUBJECT],
      says: 'since 2026-08-23T00:00:00Z, the first day we can see, in the authenticator-log, which was read in part;',
    },
  ],
  staysQuiet: [
    {
      name: 'the principal was there before',
      facts: { ...far, usage: [{ ...today, firstAt: '2026-11-01T08:00:00Z' }] },
    },
    {
      name: 'the principal was there before under another session name',
      facts: { ...far, usage: [today, { ...today, sessionName: 'bob', firstAt: '2026-11-01T08:00:00Z' }] },
    },
    { name: 'it is no admin', facts: { ...far, usage: [usage({ firstAt: TODAY, lastAt: TODAY })] } },
    {
      name: 'the log shows too little of the time before',
      facts: { ...seenFrom('2026-11-10T00:00:00Z'), usage: [today] },
    },
    { name: 'nobody states from when on the log shows everything', facts: { usage: [today] } },
    {
      name: 'the last run has told of it',
      facts: {
        ...far,
        usage: [today],
        state: { ...facts().state, logsReadTo: { [cluster().arn]: { 'authenticator-log': '2026-11-20T23:00:00Z' } } },
      },
    },
    {
      name: 'a break-glass principal has a detection of its own',
      facts: {
        ...far,
        usage: [today],
        config: { ...facts().config, breakGlass: [{ principal: ADMIN_ROLE, clusters: [] }] },
      },
    },
    {
      name: 'the login comes as an event, and the principal is known',
      record: arrival,
      facts: { ...far, usage: [usage({ groups: ['system:masters'] })] },
    },
    { name: 'no state tells who was there', record: arrival },
    {
      name: 'a night before saw the principal',
      facts: { ...nightly, usage: [today], state: nightsBefore(UNTIL_LAST_NIGHT, [[KEY, '2026-10-01T00:00:00Z']]) },
    },
    {
      name: 'the login comes as an event, and a night before saw the principal',
      record: arrival,
      facts: { ...nightly, state: nightsBefore(UNTIL_LAST_NIGHT, [[KEY, '2026-10-01T00:00:00Z']]) },
    },
    {
      name: 'a night is missing between what was remembered and what was read',
      facts: { ...nightly, usage: [today], state: nightsBefore('2026-11-19T03:00:00Z') },
    },
    {
      name: 'what was remembered is of an earlier life of the cluster',
      facts: { ...nightly, usage: [today], state: nightsBefore(UNTIL_LAST_NIGHT, [], '2020-01-01T00:00:00Z') },
    },
  ],
  cannotTell: [
    {
      name: 'the authenticator log was denied',
      coverage: coverageBut(coverage('authenticator-log', 'denied')),
      missing: ['authenticator-log'],
    },
  ],
});

test.each([
  ['three months', far, null],
  ['a day', seenFrom('2026-11-20T00:00:00Z'), 'no log of thirty days'],
  ['a day after three months of nights', { ...nightly, state: nightsBefore(UNTIL_LAST_NIGHT) }, null],
])('first-admin-session is judged by logs of %s', (_name, given, lack) => {
  expect(firstAdminSession.findLack?.(facts(given))).toBe(lack);
});
