import { describe, expect, test } from 'vitest';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { findOpenDoor, isWrittenFor, stsArnOf } from '../../shared/rules/login-doors.ts';
import { awsAuthRow, mapping } from '../support/facts.ts';

const creator = mapping({ via: 'cluster-creator', entry: null });
const entry = mapping();
const row = mapping({ via: 'aws-auth' });
const account = mapping({ via: 'aws-auth', row: null });

describe('findOpenDoor', () => {
  test.each([
    ['the hidden creator before all', [account, row, entry, creator], creator],
    ['an entry before a row', [row, entry], entry],
    ['a row before mapAccounts', [account, row], row],
    ['mapAccounts where there is nothing else', [account], account],
  ])('takes %s', (_what, doors, door) => {
    expect(findOpenDoor(doors)).toBe(door);
  });

  test('takes no door that does not open', () => {
    expect(findOpenDoor([{ ...entry, inert: 'principal-recreated' }, row])).toBe(row);
    expect(findOpenDoor([{ ...row, inert: 'mode' }])).toBeNull();
  });

  test('takes no row that is written for another path than IAM has', () => {
    const arn = 'arn:aws:iam::111122223333:user/team/alice';
    const written = awsAuthRow({ arn: 'arn:aws:iam::111122223333:user/alice' });

    expect(findOpenDoor([mapping({ via: 'aws-auth', principal: parsePrincipal(arn), row: written })])).toBeNull();
  });
});

describe('isWrittenFor', () => {
  test('compares with what STS prints, whatever the letter case', () => {
    const principal = parsePrincipal('arn:aws:iam::111122223333:role/team/dev');

    expect(stsArnOf({ principal })).toBe('arn:aws:iam::111122223333:role/dev');
    expect(
      isWrittenFor({ row: awsAuthRow({ arn: 'arn:aws:iam::111122223333:role/DEV' }) }, stsArnOf({ principal })),
    ).toBe(true);
  });
});
