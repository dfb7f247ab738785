import { describe, expect, it } from 'vitest';
import { findPermissionSet, listFederatedPeople, listPeopleByName } from '../../shared/access/federated-people.ts';
import type { AccountEvidence, Usage } from '../../shared/model/evidence.ts';
import type { IamRole, IdentityCenterAssignment } from '../../shared/model/iam.ts';
import { coverage, ref } from '../support/coverage.ts';
import { accountOf, HOME, iamRole, OTHER } from '../support/iam.ts';
import { usage } from '../support/usage.ts';

const SSO_ROLE = iamRole('aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef');
const SSO_ARN = SSO_ROLE.principal.arn;
const SAML_ROLE = iamRole('admin');
const SAML = `arn:aws:iam::${HOME}:saml-provider/corp`;
const COMPLETE = [coverage('iam'), coverage('identity-center')];

function assignment(more: Partial<IdentityCenterAssignment> = {}): IdentityCenterAssignment {
  const evidence = ref('identity-center');
  return {
    account: HOME,
    permissionSet: 'Admin',
    user: 'alice (Alice)',
    userName: 'alice',
    group: null,
    evidence,
    ...more,
  };
}

function session(sessionName: string | null, lastAt: string, more: Partial<Usage> = {}): Usage {
  const principalArn = `arn:aws:iam::${HOME}:role/${SAML_ROLE.principal.name}`;
  return usage({ principalArn, sessionName, firstAt: lastAt, lastAt, ...more });
}

function list(
  role: IamRole,
  input: { accounts?: readonly AccountEvidence[]; usage?: readonly Usage[]; condition?: string } = {},
) {
  const answer = { decision: 'conditional', condition: input.condition ?? null, because: 'trust' } as const;
  const { accounts = [], usage = [] } = input;
  return listFederatedPeople(role.principal, { name: SAML, answer }, { accounts, usage });
}

describe('findPermissionSet', () => {
  it('reads the permission set out of a role of Identity Center', () => {
    expect(findPermissionSet(SSO_ROLE.principal)).toBe('Admin');
  });

  it('does not believe the name on another path', () => {
    expect(findPermissionSet(iamRole('AWSReservedSSO_Admin_0123456789abcdef').principal)).toBeNull();
  });
});

describe('listFederatedPeople', () => {
  it('names whoever is assigned, through which group, and when last seen', () => {
    const identityCenter = [assignment(), assignment({ user: 'bob', userName: 'bob', group: 'ops' })];
    const seen = session('Alice', '2026-11-20T10:00:00Z', {
      principalArn: `arn:aws:iam::${HOME}:role/${SSO_ROLE.principal.name}`,
    });

    const { people, gap } = list(SSO_ROLE, {
      accounts: [accountOf([], { identityCenter, coverage: COMPLETE })],
      usage: [seen],
    });

    expect(gap).toBeNull();
    expect(people.map(({ name, path, certainty, lastSeenAt }) => ({ name, path, certainty, lastSeenAt }))).toEqual([
      {
        name: 'alice (Alice)',
        path: ['alice (Alice)', 'permission set Admin', SSO_ARN],
        certainty: 'yes',
        lastSeenAt: '2026-11-20T10:00:00Z',
      },
      { name: 'bob', path: ['bob', 'permission set Admin (group ops)', SSO_ARN], certainty: 'yes', lastSeenAt: null },
    ]);
  });

  it('finds the assignments in the file of the account that administers Identity Center', () => {
    const management = accountOf([], { account: OTHER, identityCenter: [assignment()], coverage: COMPLETE });

    expect(list(SSO_ROLE, { accounts: [accountOf([]), management] }).people.map(({ name }) => name)).toEqual([
      'alice (Alice)',
    ]);
  });

  it('does not take a file that speaks of other accounts for an empty answer', () => {
    const management = accountOf([], {
      account: OTHER,
      identityCenter: [assignment({ account: OTHER })],
      coverage: COMPLETE,
    });

    expect(list(SSO_ROLE, { accounts: [management] })).toMatchObject({
      people: [{ name: 'whoever is assigned permission set Admin', certainty: 'unknown' }],
      gap: `Identity Center's assignments in account ${HOME} were not read`,
    });
  });

  it('says that nobody is assigned only when the file was read', () => {
    const read = accountOf([], { identityCenter: [assignment({ permissionSet: 'Other' })], coverage: COMPLETE });

    expect(list(SSO_ROLE, { accounts: [read] })).toEqual({ people: [], gap: null });
  });

  it('keeps a group without members as unknown, and names the gap of a partial file', () => {
    const identityCenter = [assignment({ user: 'members of group ops', group: 'ops', membersUnread: true })];
    const partial = [coverage('identity-center', 'partial', { reason: 'groups missing' })];

    expect(list(SSO_ROLE, { accounts: [accountOf([], { identityCenter, coverage: partial })] })).toMatchObject({
      people: [
        { name: 'members of group ops', certainty: 'unknown', condition: 'the members of the group were not read' },
      ],
      gap: 'Identity Center was not read in whole: groups missing',
    });
  });

  it('shows the sessions that were seen, once each with first and last time, as observed', () => {
    const usage = [
      session('alice', '2026-11-20T10:00:00Z', { firstAt: '2026-11-19T08:00:00Z' }),
      session('alice', '2026-10-01T10:00:00Z'),
      session(null, '2026-11-20T11:00:00Z'),
    ];

    expect(
      list(SAML_ROLE, { usage, condition: 'SAML:aud is https://signin.aws.amazon.com/saml' }).people,
    ).toMatchObject([
      {
        name: 'whoever corp vouches for',
        kind: 'saml',
        certainty: 'unknown',
        condition: 'SAML:aud is https://signin.aws.amazon.com/saml',
        path: [SAML, SAML_ROLE.principal.arn],
      },
      {
        name: 'alice',
        kind: 'saml',
        certainty: 'observed',
        condition: 'seen as a session name, which the caller or its identity provider chooses',
        firstSeenAt: '2026-10-01T10:00:00Z',
        lastSeenAt: '2026-11-20T10:00:00Z',
      },
    ]);
  });
});

describe('listPeopleByName', () => {
  it('names the assigned people of a role that is called like one of Identity Center, on condition', () => {
    const { principal } = iamRole('AWSReservedSSO_Admin_0123456789abcdef');
    const accounts = [accountOf([], { iam: null, identityCenter: [assignment()], coverage: COMPLETE })];

    expect(listPeopleByName(principal, { accounts, usage: [] })).toMatchObject([
      {
        name: 'alice (Alice)',
        certainty: 'conditional',
        condition: 'the role is the one that Identity Center made: IAM was not read',
      },
    ]);
  });

  it('falls back on the sessions that were seen', () => {
    const usage = [session('alice', '2026-11-20T10:00:00Z')];

    expect(listPeopleByName(SAML_ROLE.principal, { accounts: [], usage })).toMatchObject([
      { name: 'alice', kind: 'iam-role', certainty: 'observed', lastSeenAt: '2026-11-20T10:00:00Z' },
    ]);
  });
});
