import { expect, test } from 'vitest';
import { adminPeopleGrew } from '../../shared/detections/admin-people-grew.ts';
import type { StoredState } from '../../shared/model/state.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, cluster, facts, people, person } from '../support/facts.ts';
import { accountOf, iamUser } from '../support/iam.ts';
import { actor, cloudTrailEvent } from '../support/records.ts';

const YESTERDAY = '2026-11-20T03:00:00Z';
const ALICE = 'iam-user 111122223333:user/alice';

function knew(...keys: readonly string[]): StoredState {
  const row = { at: YESTERDAY, life: cluster().createdAt, people: keys };
  return { ...facts().state, adminPeople: { [cluster().arn]: row } };
}

function knewAdmins(...holders: readonly string[]): StoredState {
  const row = { at: YESTERDAY, life: cluster().createdAt, people: [ALICE], holders };
  return { ...facts().state, adminPeople: { [cluster().arn]: row } };
}

const BOB = 'arn:aws:iam::111122223333:user/bob';
const bob = person({ name: 'bob', principalArn: BOB, path: [BOB, ADMIN_ROLE] });
const OPS = 'arn:aws:iam::111122223333:role/ops';
const ops = person({ name: 'ops', kind: 'iam-role', principalArn: OPS, path: [OPS, ADMIN_ROLE] });
const viaOps = { ...bob, path: [BOB, OPS, ADMIN_ROLE] };
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
    {
      name: 'the admin was one before: the same is told',
      facts: { state: knewAdmins('111122223333:role/platform-admin'), access: [access({ people: people(bob) })] },
      subjects: [`iam:${BOB}`],
    },
    {
      name: 'two through one who is new as well: one finding, that names the other',
      facts: {
        state: knewAdmins('111122223333:role/platform-admin'),
        access: [access({ people: people(ops, viaOps) })],
      },
      subjects: [`iam:${OPS}`],
      says: `${OPS} -> ${ADMIN_ROLE}; and through it bob.`,
    },
  ],
  staysQuiet: [
    { name: 'the same people as yesterday', facts: { state: knew(ALICE), access: [access()] } },
    {
      name: 'they stand behind an admin that was none before: the finding of that one tells',
      facts: { state: knewAdmins(), access: [access({ people: people(bob) })] },
    },
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

test('admin-people-grew says who let somebody in, and when, where a record shows it', () => {
  const iam = accountOf([iamUser('bob')]);
  const put = cloudTrailEvent({
    eventName: 'PutUserPolicy',
    eventSource: 'iam.amazonaws.com',
    principalArn: BOB,
    at: '2026-11-20T09:00:00Z',
    actor: actor({ name: 'mallory', principalArn: 'arn:aws:iam::111122223333:user/mallory' }),
  });
  const given = facts({
    state: knewAdmins('111122223333:role/platform-admin'),
    access: [access({ people: people(bob) })],
    accounts: [iam],
    records: [put],
  });

  expect([...(adminPeopleGrew.detect?.(given) ?? [])]).toMatchObject([
    { subject: `iam:${BOB}`, actor: 'arn:aws:iam::111122223333:user/mallory', at: '2026-11-20T09:00:00Z' },
  ]);
  const before = { ...put, at: '2026-11-20T02:00:00Z' };
  const [match] = adminPeopleGrew.detect?.({ ...given, records: [before] }) ?? [];
  expect(match?.at).toBeUndefined();
});
