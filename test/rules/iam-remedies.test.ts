import { describe, expect, test } from 'vitest';
import { undoIamCall } from '../../shared/rules/iam-remedies.ts';
import { cloudTrailEvent } from '../support/records.ts';

const POLICY = 'arn:aws:iam::111122223333:policy/team';

function undo(
  eventName: string,
  request: Readonly<Record<string, unknown>>,
  more: { readonly succeeded?: boolean } = {},
) {
  return undoIamCall(cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName, request, ...more }));
}

describe('undoIamCall', () => {
  test.each([
    [
      'AddUserToGroup',
      { groupName: 'team', userName: 'alice' },
      ['aws iam remove-user-from-group --group-name team --user-name alice'],
    ],
    [
      'AttachRolePolicy',
      { roleName: 'newcomer', policyArn: POLICY },
      [`aws iam detach-role-policy --role-name newcomer --policy-arn ${POLICY}`],
    ],
    [
      'PutUserPolicy',
      { userName: 'alice', policyName: 'own', policyDocument: '{}' },
      [
        'aws iam get-user-policy --user-name alice --policy-name own',
        'aws iam delete-user-policy --user-name alice --policy-name own',
      ],
    ],
    [
      'CreatePolicyVersion',
      { policyArn: POLICY, setAsDefault: true },
      [
        `aws iam list-policy-versions --policy-arn ${POLICY}`,
        '# then make the version the default again that was it before: aws iam set-default-policy-version',
      ],
    ],
    [
      'DeleteRolePermissionsBoundary',
      { roleName: 'newcomer' },
      [
        'aws iam get-role --role-name newcomer',
        '# then put the boundary back that stood before: aws iam put-role-permissions-boundary',
      ],
    ],
  ] as const)('takes back what %s gave', (eventName, request, commands) => {
    expect(undo(eventName, request)).toEqual(commands);
  });

  test('quotes what others named', () => {
    expect(undo('AttachRolePolicy', { roleName: 'a; reboot', policyArn: POLICY })).toEqual([
      `aws iam detach-role-policy --role-name 'a; reboot' --policy-arn ${POLICY}`,
    ]);
  });

  test.each([
    ['a call that failed', 'AttachRolePolicy', { roleName: 'newcomer', policyArn: POLICY }, { succeeded: false }],
    ['a record that does not say what', 'AttachRolePolicy', { roleName: 'newcomer' }, {}],
    ['a record of which the names were cut', 'PutRolePolicy', { roleName: 7, policyName: '' }, {}],
    ['a call that gives nothing', 'DetachRolePolicy', { roleName: 'newcomer', policyArn: POLICY }, {}],
  ] as const)('knows no way back from %s', (_name, eventName, request, more) => {
    expect(undo(eventName, request, more)).toEqual([]);
  });

  test('leaves calls to other services alone', () => {
    const record = cloudTrailEvent({ eventName: 'AddUserToGroup', request: { groupName: 'a', userName: 'b' } });

    expect(undoIamCall(record)).toEqual([]);
  });
});
