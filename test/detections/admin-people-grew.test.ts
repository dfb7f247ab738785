import { expect, test } from 'vitest';
import { adminPeopleGrew } from '../../shared/detections/admin-people-grew.ts';
import type { StoredState } from '../../shared/model/state.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, cluster, facts, people, person } from '../support/facts.ts';

const YESTERDAY = '2026-11-20T03:00:00Z';
const ALICE = 'iam-user 111122223333:user/alice';

function knew(...keys: readonly string[]): StoredState {
  const row = { at: YESTERDAY, life: cluster().createdAt, people: keys };
  return { ...facts().state, adminPeople: { [cluster().arn]: row } };
}

const BOB = 'arn:aws:iam::111122223333:user/bob';
const bob = person({ name: 'bob', principalArn: BOB, path: [BOB, ADMIN_ROLE] });
const carol = person({ name: 'carol', kind: 'sso', principalArn: null, path: ['PlatformAdmin', ADMIN_ROLE] });

describeDetection(adminPeopleGrew, {
  fires: [
    {
      name: 'a user may assume an admin role who could not',
      facts: { state: knew(ALICE), access: [access({ people: people(person(), bob) })] },
      subjects: [`iam:${BOB}`],
      severities: ['high'],
      says: `bob can become an admin of payments and could not at 2026-11-20T03:00:00Z: ${BOB} -> ${ADMIN_ROLE}.`,
    },
    {
      name: 'somebody joined a group of Identity Center',
      facts: { state: knew(ALICE), access: [access({ people: people(person(), carol) })] },
      subjects: ['user:carol'],
      says: 'PlatformAdmin -> ',
    },
    {
      name: 'only under a condition: medium',
      facts: {
        state: knew(),
        access: [access({ people: people({ ...bob, certainty: 'conditional', condition: 'aws:SourceIp' }) })],
      },
      subjects: [`iam:${BOB}`],
      severities: ['medium'],
      says: 'under a condition (aws:SourceIp)',
    },
    {
      name: 'through two admin roles: one finding',
      facts: {
        state: knew(),
        access: [access({ people: people(bob) }), access({ principalArn: BOB, people: people(bob) })],
      },
      subjects: [`iam:${BOB}`],
    },
  ],
  staysQuiet: [
    { name: 'the same people as yesterday', facts: { state: knew(ALICE), access: [access()] } },
    { name: 'somebody left', facts: { state: knew(ALICE, 'iam-user 111122223333:user/bob'), access: [access()] } },
    { name: 'no state is stored', facts: { access: [access()] } },
    {
      name: 'the stored people are those of an earlier life',
      facts: {
        cluster: cluster({ createdAt: '2026-11-20T12:00:00Z' }),
        state: knew(),
        access: [access()],
      },
    },
    { name: 'the role is no admin', facts: { state: knew(), access: [access({ level: 'limited' })] } },
    { name: 'the role is gone', facts: { state: knew(), access: [access({ exists: false })] } },
    {
      name: 'a service, and a session that a log alone shows',
      facts: {
        state: knew(),
        access: [access({ people: people({ ...bob, kind: 'service' }, { ...carol, certainty: 'observed' }) })],
      },
    },
  ],
  cannotTell: [
    { name: 'IAM was denied', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'RBAC was read in part',
      coverage: coverageBut(coverage('rbac', 'partial')),
      status: 'partly-evaluated',
      missing: ['rbac'],
    },
  ],
});

test.each([
  ['no state is stored', facts().state, 'no earlier audit that knew everybody is stored'],
  [
    'the state is of an earlier life',
    { ...facts().state, adminPeople: { [cluster().arn]: { at: YESTERDAY, life: '2020-01-01T00:00:00Z', people: [] } } },
    'no earlier audit that knew everybody is stored',
  ],
  ['an earlier audit knew everybody', knew(ALICE), null],
])('admin-people-grew lacks what it compares with where %s', (_name, state, lack) => {
  expect(adminPeopleGrew.findLack?.(facts({ state }))).toBe(lack);
});
