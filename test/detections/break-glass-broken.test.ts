import { expect, test } from 'vitest';
import { breakGlassBroken } from '../../shared/detections/break-glass-broken.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { keepingForEmergencies } from '../support/emergency.ts';
import { ADMIN_ROLE, access, facts, mapping, people } from '../support/facts.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const working = { ...keepingForEmergencies(), mappings: [mapping()], access: [access()] };

describeDetection(breakGlassBroken, {
  fires: [
    {
      name: 'it has no door',
      facts: keepingForEmergencies(),
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'it has no access entry and no row in aws-auth',
    },
    {
      name: 'IAM lacks it',
      facts: { ...working, mappings: [mapping({ exists: false })] },
      subjects: [SUBJECT],
      says: 'IAM has no such principal',
    },
    {
      name: 'its entry is bound to an earlier one',
      facts: { ...working, mappings: [mapping({ inert: 'principal-recreated' })] },
      subjects: [SUBJECT],
      says: 'its door does not open (principal-recreated)',
    },
    {
      name: 'its policy is gone',
      facts: { ...working, access: [access({ level: 'limited' })] },
      subjects: [SUBJECT],
      says: 'it holds no more than limited',
    },
    {
      name: 'nobody can assume it',
      facts: { ...working, access: [access({ people: people() })] },
      subjects: [SUBJECT],
      says: 'nobody can become it',
    },
  ],
  staysQuiet: [
    { name: 'the door works', facts: working },
    {
      name: 'one of two doors works',
      facts: { ...working, mappings: [mapping({ inert: 'mode', via: 'aws-auth' }), mapping()] },
    },
    { name: 'it is kept for another cluster', facts: keepingForEmergencies(['billing']) },
    {
      name: 'entries were not read',
      facts: { ...keepingForEmergencies(), coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })) },
    },
    {
      name: 'aws-auth was not read',
      facts: { ...keepingForEmergencies(), coverage: coverageBut(coverage('aws-auth', 'denied')) },
    },
    {
      name: 'what its group is bound to was not read',
      facts: {
        ...working,
        access: [access({ level: 'limited' })],
        coverage: coverageBut(coverage('rbac', 'unavailable')),
      },
    },
  ],
  cannotTell: [
    {
      name: 'IAM was not read',
      coverage: coverageBut(coverage('iam', 'denied')),
      missing: ['iam'],
    },
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
  ],
});

const UNKNOWN = `IAM does not say whether ${ADMIN_ROLE} exists and who can become it`;
const unread = { status: 'not-readable', reason: 'IAM of the account was not read', list: [] } as const;
const user = 'emergency-user';

test.each([
  ['has nothing to add where the door works', working, null],
  ['has nothing to add where nothing is declared', {}, null],
  [
    'names a principal of an account whose IAM was not read',
    { ...working, mappings: [mapping({ exists: null })] },
    UNKNOWN,
  ],
  ['names a principal whose trust was not read', { ...working, access: [access({ people: unread })] }, UNKNOWN],
  [
    'names a user of Kubernetes',
    { config: { ...facts().config, breakGlass: [{ principal: user, clusters: [] }] } },
    `whether ${user} works is not tried: it is no principal of IAM`,
  ],
  ['leaves other clusters out', { ...working, ...keepingForEmergencies(['billing']), mappings: [] }, null],
])('break-glass-broken %s', (_name, given, lack) => {
  expect(breakGlassBroken.findLack?.(facts(given))).toBe(lack);
});
