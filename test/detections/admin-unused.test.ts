import { expect, test } from 'vitest';
import { adminUnused } from '../../shared/detections/admin-unused.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, facts, known, mapping, noneSeen, notReadable } from '../support/facts.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const window = { from: '2026-08-20T00:00:00Z', to: '2026-11-21T00:00:00Z' };
const read = coverageBut(coverage('authenticator-log', 'complete', { window }));
const old = access({ since: known('2026-03-02T09:20:00Z') });
const unseen = { ...old, lastUsedAt: noneSeen('2026-08-20T00:00:00Z') };
const config = {
  approvedAdmins: [],
  breakGlass: [{ principal: ADMIN_ROLE, clusters: [] }],
  acceptedRisks: [],
  tags: { production: {}, required: [] },
};

describeDetection(adminUnused, {
  fires: [
    {
      name: 'an old admin is nowhere in a whole log',
      facts: { access: [unseen], coverage: read },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'has not logged in for 90 days: not seen since 2026-08-20T00:00:00Z, the first day we can see.',
    },
    {
      name: 'an old admin was last seen long ago',
      facts: { access: [{ ...old, lastUsedAt: known('2026-08-21T08:00:00Z') }], coverage: read },
      subjects: [SUBJECT],
      says: 'last seen at 2026-08-21T08:00:00Z',
    },
    {
      name: 'since when it is an admin is not known',
      facts: { access: [{ ...unseen, since: noneSeen('2026-08-20T00:00:00Z') }], coverage: read },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'it logged in yesterday', facts: { access: [old], coverage: read } },
    {
      name: 'the log was read in part',
      facts: { access: [unseen], coverage: coverageBut(coverage('authenticator-log', 'partial', { window })) },
    },
    {
      name: 'the log is whole and too short',
      facts: {
        access: [unseen],
        coverage: coverageBut(
          coverage('authenticator-log', 'complete', { window: { ...window, from: '2026-10-01T00:00:00Z' } }),
        ),
      },
    },
    { name: 'the log is whole over a time that is not known', facts: { access: [unseen] } },
    {
      name: 'the grant is new',
      facts: { access: [{ ...unseen, since: known('2026-11-01T00:00:00Z') }], coverage: read },
    },
    { name: 'it is kept for emergencies', facts: { access: [unseen], coverage: read, config } },
    {
      name: 'its use cannot be read',
      facts: { access: [{ ...unseen, lastUsedAt: notReadable('denied') }], coverage: read },
    },
    {
      name: 'it does not exist, is one of EKS, or holds less',
      facts: {
        access: [
          { ...unseen, exists: false },
          { ...unseen, kind: 'aws' },
          { ...unseen, level: 'limited' },
        ],
        coverage: read,
      },
    },
    {
      name: 'it is a service account, which never passes the authenticator',
      facts: {
        access: [{ ...unseen, holder: { kind: 'service-account', name: 'ci/deployer' }, principalArn: null }],
        coverage: read,
      },
    },
  ],
  cannotTell: [
    {
      name: 'the authenticator log is off',
      coverage: coverageBut(coverage('authenticator-log', 'disabled')),
      missing: ['authenticator-log'],
    },
    {
      name: 'access entries were denied',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});

test('admin-unused takes away every door that still opens', () => {
  const mappings = [mapping(), mapping({ via: 'aws-auth' }), mapping({ inert: 'principal-gone' })];

  const [match] = adminUnused.detect?.(facts({ access: [unseen], mappings, coverage: read })) ?? [];

  expect(match?.commands?.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
    'aws eks delete-access-entry',
    'kubectl -n kube-system',
    'eksctl delete iamidentitymapping',
  ]);
});

test.each([
  ['ninety days in whole', read, null],
  [
    'a day',
    coverageBut(coverage('authenticator-log', 'complete', { window: { ...window, from: '2026-11-20T00:00:00Z' } })),
    'no authenticator log of 90 days in whole',
  ],
  [
    'ninety days in part',
    coverageBut(coverage('authenticator-log', 'partial', { window })),
    'no authenticator log of 90 days in whole',
  ],
])('admin-unused is judged by %s of the log', (_name, given, lack) => {
  expect(adminUnused.findLack?.(facts({ coverage: given }))).toBe(lack);
});
