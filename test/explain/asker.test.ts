import { describe, expect, test } from 'vitest';
import { parseAsker } from '../../shared/explain/asker.ts';

const ROLE = 'arn:aws:iam::111122223333:role/dev';

describe('parseAsker', () => {
  test.each([
    [ROLE, 'role', 'dev', null],
    ['arn:aws:iam::111122223333:role/team/build/dev', 'role', 'dev', null],
    ['arn:aws:sts::111122223333:assumed-role/dev/alice@example.com', 'role', 'dev', 'alice@example.com'],
    ['arn:aws:iam::111122223333:user/team/alice', 'user', 'alice', ''],
    ['arn:aws:iam::111122223333:root', 'root', 'root', ''],
    ['arn:aws-cn:iam::111122223333:role/dev', 'role', 'dev', null],
    [` ${ROLE}\n`, 'role', 'dev', null],
  ])('takes %s for an IAM principal', (text, type, name, session) => {
    expect(parseAsker(text)).toMatchObject({ kind: 'iam', principal: { type, name }, session });
  });

  test('turns a session into its role', () => {
    const asker = parseAsker('arn:aws:sts::111122223333:assumed-role/dev/alice');

    expect(asker).toMatchObject({ principal: { arn: ROLE } });
  });

  test.each([
    ['system:serviceaccount:payments:web', 'ServiceAccount', 'web', 'system:serviceaccount:payments:web'],
    ['serviceaccount:payments/web', 'ServiceAccount', 'web', 'system:serviceaccount:payments:web'],
    ['alice', 'User', 'alice', 'alice'],
    ['user:alice', 'User', 'alice', 'alice'],
    ['system:anonymous', 'User', 'system:anonymous', 'system:anonymous'],
    ['group:developers', 'Group', 'developers', ''],
    ['system:authenticated', 'Group', 'system:authenticated', ''],
    ['system:serviceaccounts:payments', 'Group', 'system:serviceaccounts:payments', ''],
  ])('takes %s for a subject of Kubernetes', (text, kind, name, username) => {
    expect(parseAsker(text)).toMatchObject({ kind: 'subject', subject: { kind, name }, identity: { username } });
  });

  test('adds the groups that Kubernetes adds', () => {
    expect(parseAsker('system:serviceaccount:payments:web')).toMatchObject({
      identity: { groups: ['system:serviceaccounts', 'system:serviceaccounts:payments', 'system:authenticated'] },
    });
    expect(parseAsker('system:unauthenticated')).toMatchObject({ identity: { groups: ['system:unauthenticated'] } });
  });

  test.each([
    ['', 'got nothing'],
    ['arn:aws:iam::111122223333:group/admins', 'an IAM group, and groups never log in'],
    ['arn:aws:iam::1234:role/dev', 'of which the account id has not 12 digits'],
    ['arn:aws:s3:::bucket', 'which is no ARN of a role, user or session'],
    ['arn:aws:iam::111122223333:role/', 'which is no ARN of a role, user or session'],
    ['system:serviceaccount:payments', 'which is no service account'],
    ['system:serviceaccount:a:b; rm -rf /', 'which is no service account'],
    ['group:', 'which names no group'],
    ['user:', 'which names no user'],
  ])('refuses %j', (text, why) => {
    expect(() => parseAsker(text)).toThrow(why);
  });
});
