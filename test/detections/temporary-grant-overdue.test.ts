import { temporaryGrantOverdue } from '../../shared/detections/temporary-grant-overdue.ts';
import type { HolderKind } from '../../shared/model/access.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, accessEntry, facts, grant } from '../support/facts.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const until = (text: string) => ({ entries: [accessEntry({ tags: { 'expires-at': text } })] });

/** By keyholder.yml. */
function declared(principal: string, more: { readonly until?: string; readonly clusters?: readonly string[] } = {}) {
  const grant = { principal, until: '2026-11-21T00:00:00Z', clusters: [], reason: 'the migration', ...more };
  return { config: { ...facts().config, temporaryGrants: [grant] } };
}

const NOBODY = { principalArn: null, grants: [] };
const holding = (kind: HolderKind, name: string) => ({
  access: [access({ principalArn: null, holder: { kind, name } })],
});

describeDetection(temporaryGrantOverdue, {
  fires: [
    {
      name: 'the moment is past',
      facts: until('2026-11-20T18:00:00Z'),
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'was to end at 2026-11-20T18:00:00Z and still stands',
    },
    { name: 'the day has begun', facts: until('2026-11-21'), subjects: [SUBJECT] },
    { name: 'the moment is now', facts: until('2026-11-21T03:00:00Z'), subjects: [SUBJECT] },
    {
      name: 'the tag is no day',
      facts: until('Monday'),
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'nobody can tell when it ends',
    },
    { name: 'the calendar has no such day', facts: until('2027-02-30'), subjects: [SUBJECT], severities: ['medium'] },
    {
      name: 'keyholder.yml says that it is over, and a row of aws-auth stands',
      facts: { ...declared(ADMIN_ROLE), access: [access({ grants: [grant({ via: 'aws-auth', detail: 'masters' })] })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: `What ${ADMIN_ROLE} holds on payments (the migration) was to end at 2026-11-21T00:00:00Z by keyholder.yml and still stands: aws-auth masters.`,
    },
    {
      name: 'both say that it is over, of one subject',
      facts: { ...until('2026-11-20'), ...declared(ADMIN_ROLE), access: [access()] },
      subjects: [SUBJECT, SUBJECT],
    },
    {
      name: 'a service account keeps what was to end',
      facts: {
        ...declared('system:serviceaccount:apps:installer', { clusters: ['payments'] }),
        ...holding('service-account', 'apps/installer'),
      },
      subjects: ['user:system:serviceaccount:apps:installer'],
    },
    {
      name: 'a group keeps what was to end',
      facts: { ...declared('group contractors'), ...holding('kubernetes-group', 'contractors') },
      subjects: ['user:group contractors'],
    },
  ],
  staysQuiet: [
    {
      name: 'keyholder.yml gives it more time',
      facts: { ...declared(ADMIN_ROLE, { until: '2026-11-21T03:00:01Z' }), access: [access()] },
    },
    { name: 'what was to end is gone', facts: declared(ADMIN_ROLE) },
    { name: 'it holds nothing', facts: { ...declared('bob'), access: [access(NOBODY)] } },
    {
      name: 'keyholder.yml speaks of another cluster',
      facts: { ...declared(ADMIN_ROLE, { clusters: ['billing'] }), access: [access()] },
    },
    {
      name: 'a user has the name of the group that was to end',
      facts: { ...declared('group contractors'), ...holding('kubernetes-user', 'contractors') },
    },
    { name: 'the moment is ahead', facts: until('2026-11-21T03:00:01Z') },
    { name: 'the entry has no such tag', facts: { entries: [accessEntry({ tags: { __proto__: 'expires-at' } })] } },
  ],
  cannotTell: [
    {
      name: 'entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
    {
      name: 'aws-auth was not read, by which what keyholder.yml names may still stand',
      coverage: coverageBut(coverage('aws-auth', 'denied')),
      missing: ['aws-auth'],
    },
  ],
});
