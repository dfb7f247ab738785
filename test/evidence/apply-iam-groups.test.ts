import { describe, expect, test } from 'vitest';
import { applyToAccount } from '../../shared/evidence/apply-record.ts';
import type { IamAccount } from '../../shared/model/iam.ts';
import { accountOf, allow, iamRole, iamUser, namedPolicy, userArn } from '../support/iam.ts';
import { cloudTrailEvent } from '../support/records.ts';

const TEAM = 'arn:aws:iam::111122223333:policy/team';
const text = (action: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [allow(action)] });
const team = { ...namedPolicy('team', allow('s3:Get*')), arn: TEAM };
const ofGroup = namedPolicy('own', allow('s3:Get*'));
const ofAlice = namedPolicy('own', allow('ec2:*'));

function account(more: Partial<IamAccount> = {}) {
  const roles = [iamRole('ops', { policies: [team], boundary: team })];
  const users = [iamUser('alice', { groups: ['devs'], policies: [ofAlice, ofGroup] })];
  const base = accountOf([...roles, ...users]);
  const iam: IamAccount = {
    account: '111122223333',
    roles,
    users,
    groups: [{ name: 'devs', policies: [ofGroup], unreadPolicies: [] }],
    policies: [{ arn: TEAM, name: 'team', document: team, versions: new Map([['v1', text('iam:*')]]) }],
    ...more,
  };
  return { ...base, iam };
}

function applyCall(eventName: string, more: Parameters<typeof cloudTrailEvent>[0], before = account()) {
  const call = cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName, principalArn: null, ...more });
  return applyToAccount(before, [call]);
}

const actionsOf = (policies: IamAccount['users'][number]['policies'] = []) =>
  policies.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions ?? []));

describe('a call on a group or a policy', () => {
  test('replaces the policy of a group at its members, and not their own of the same name', () => {
    const request = { groupName: 'devs', policyName: 'own', policyDocument: text('sts:AssumeRole') };
    const { iam, unshown } = applyCall('PutGroupPolicy', { request });

    expect(actionsOf(iam?.users[0]?.policies)).toEqual(['ec2:*', 'sts:AssumeRole']);
    expect(unshown).toBeUndefined();
  });

  test('gives a policy of a group to whoever is put into it later', () => {
    const request = { groupName: 'admins', policyName: 'own', policyDocument: text('eks:*') };
    const given = applyCall('PutGroupPolicy', { request });
    const joins = { request: { groupName: 'admins', userName: 'alice' }, principalArn: userArn('alice') };
    const { iam, unshown } = applyCall('AddUserToGroup', joins, {
      ...account(),
      ...given,
      iam: given.iam ?? account().iam,
    });

    expect(iam?.users[0]?.groups).toEqual(['devs', 'admins']);
    expect(actionsOf(iam?.users[0]?.policies)).toContain('eks:*');
    expect(unshown).toEqual(['AddUserToGroup: policies of group admins']);
  });

  test('changes a policy wherever it is held, as a boundary too', () => {
    const request = { policyArn: TEAM, policyDocument: text('sts:*'), setAsDefault: true };
    const { iam } = applyCall('CreatePolicyVersion', { request, response: { policyVersion: { versionId: 'v2' } } });
    const [ops] = iam?.roles ?? [];

    expect(actionsOf(ops?.policies)).toEqual(['sts:*']);
    expect(ops?.boundary).toMatchObject({ arn: TEAM, statements: [{ actions: ['sts:*'] }] });
  });

  test('keeps a version that is not the default for the day on which it is chosen', () => {
    const request = { policyArn: TEAM, policyDocument: text('sts:*'), setAsDefault: false };
    const made = applyCall('CreatePolicyVersion', { request, response: { policyVersion: { versionId: 'v2' } } });

    expect(actionsOf(made.iam?.roles[0]?.policies)).toEqual(['s3:Get*']);
    expect([...(made.iam?.policies?.[0]?.versions.keys() ?? [])]).toEqual(['v1', 'v2']);
  });

  test.each([
    ['a version that was read', 'v1', ['iam:*'], [], undefined],
    ['one that was not', 'v9', [], ['team'], ['the version of policy team that SetDefaultPolicyVersion chose']],
  ])('chooses %s', (_name, versionId, actions, unread, unshown) => {
    const changed = applyCall('SetDefaultPolicyVersion', { request: { policyArn: TEAM, versionId } });

    expect(actionsOf(changed.iam?.roles[0]?.policies)).toEqual(actions);
    expect(changed.iam?.roles[0]?.unreadPolicies).toEqual(unread);
    expect(changed.unshown).toEqual(unshown);
  });

  test('says that a new policy is not known where the answer does not name it', () => {
    const { unshown } = applyCall('CreatePolicy', { request: { policyName: 'x', policyDocument: text('eks:*') } });

    expect(unshown).toEqual(['the ARN of a new policy']);
  });
});
