import { describe, expect, test } from 'vitest';
import { hasFreeBeginning, isCallerControlled, matchUsernames } from '../../shared/rules/usernames.ts';

const DEFAULT = 'arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}';

describe('matchUsernames', () => {
  test.each([
    ['a fixed name', 'alice', ['alice', 'bob'], ['alice']],
    [
      'a session name',
      DEFAULT,
      ['arn:aws:sts::111122223333:assumed-role/dev/alice', 'arn:aws:sts::111122223333:assumed-role/ops/alice'],
      ['arn:aws:sts::111122223333:assumed-role/dev/alice'],
    ],
    ['a bare template', '{{SessionName}}', ['alice', 'root'], ['alice', 'root']],
    ['an account id', 'acct:{{AccountID}}', ['acct:111122223333', 'acct:alice'], ['acct:111122223333']],
    ['a pattern sign taken literally', 'a.c:{{SessionName}}', ['abc:x', 'a.c:x'], ['a.c:x']],
  ])('matches %s', (_name, template, bound, expected) => {
    expect(matchUsernames([template], bound).get(template)).toEqual(expected);
  });
});

describe('isCallerControlled', () => {
  test.each([
    ['{{SessionNameRaw}}', true],
    ['admin:{{AccessKeyID}}', true],
    ['system:node:{{EC2PrivateDNSName}}', false],
    ['alice', false],
  ])('judges %s as %s', (template, expected) => {
    expect(isCallerControlled(template)).toBe(expected);
  });
});

describe('hasFreeBeginning', () => {
  test.each([
    ['{{SessionName}}', true],
    ['{{SessionNameRaw}}@example.com', true],
    ['{{AccessKeyID}}', true],
    ['{{AccountID}}:{{SessionName}}', false],
    ['dev:{{SessionName}}', false],
    ['system:node:{{EC2PrivateDNSName}}', false],
    ['alice', false],
  ])('of %s is %s', (template, expected) => {
    expect(hasFreeBeginning(template)).toBe(expected);
  });
});
