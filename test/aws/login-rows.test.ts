import { describe, expect, it } from 'vitest';
import { foldLogins, joinSessions } from '../../shared/aws/login-rows.ts';

const UID = '"aws-iam-authenticator:111122223333:AROAEXAMPLEADMINS0001"';
const ARN = '"arn:aws:iam::111122223333:role/admins"';

function login(more: Readonly<Record<string, string>> = {}) {
  const row = {
    arn: ARN,
    uid: UID,
    username: 'admins',
    groups: '"[team]"',
    endpoint: 'sts.eu-central-1.amazonaws.com',
  };
  return new Map(Object.entries({ ...row, times: '3', firstAt: '1000', lastAt: '9000', ...more }));
}

function session(name: string, more: Readonly<Record<string, string>> = {}) {
  const row = { account: '111122223333', userId: 'AROAEXAMPLEADMINS0001', session: name };
  return new Map(Object.entries({ ...row, times: '1', firstAt: '900', lastAt: '8900', ...more }));
}

function join(...rows: readonly ReadonlyMap<string, string>[]) {
  return joinSessions(foldLogins(rows)).map(({ username, session: name, accesskeyid, first, last, count }) => ({
    username,
    session: name,
    accesskeyid,
    first,
    last,
    count,
  }));
}

describe('login rows', () => {
  it('read quoted values as Go prints them', () => {
    const { logins } = foldLogins([login({ username: String.raw`"a\"b\\c\u00e9\x41\n"`, groups: '"[]"' })]);

    expect(logins).toEqual([
      {
        arn: 'arn:aws:iam::111122223333:role/admins',
        uid: 'aws-iam-authenticator:111122223333:AROAEXAMPLEADMINS0001',
        username: 'a"b\\céA\n',
        groups: '[]',
        stsendpoint: 'sts.eu-central-1.amazonaws.com',
        session: null,
        accesskeyid: null,
        first: '1000',
        last: '9000',
        count: 3,
        exampleStream: null,
        examplePtr: null,
      },
    ]);
  });

  it('keep a login without any session line', () => {
    expect(join(login())).toEqual([
      { username: 'admins', session: null, accesskeyid: null, first: '1000', last: '9000', count: 3 },
    ]);
  });

  it('split a login by the sessions of its user, and keep what no session line stands for', () => {
    expect(join(login(), session('alice'), session('bob', { lastAt: '4000' }))).toEqual([
      { username: 'admins', session: 'alice', accesskeyid: null, first: '1000', last: '9000', count: 1 },
      { username: 'admins', session: 'bob', accesskeyid: null, first: '1000', last: '4000', count: 1 },
      { username: 'admins', session: null, accesskeyid: null, first: '1000', last: '9000', count: 1 },
    ]);
  });

  it('carry a long-lived key to the login', () => {
    const rows = join(login({ times: '1' }), session('', { longLivedKey: 'AKIAIOSFODNN7EXAMPLE' }));

    expect(rows).toMatchObject([{ session: null, accesskeyid: 'AKIAIOSFODNN7EXAMPLE' }]);
  });

  it('put the rows of two halves of a window together', () => {
    const [early, late] = [
      login({ times: '2', lastAt: '4000' }),
      login({ times: '5', firstAt: '4000', lastAt: '9000' }),
    ];

    expect(join(late, early)).toEqual([
      { username: 'admins', session: null, accesskeyid: null, first: '1000', last: '9000', count: 7 },
    ]);
  });

  it('pin no session on a login of another time, endpoint or user', () => {
    const later = session('alice', { firstAt: '20000', lastAt: '30000' });
    const elsewhere = session('bob', { endpoint: 'sts.amazonaws.com' });
    const other = session('carol', { userId: 'AROAEXAMPLEOTHER00001' });

    expect(join(login(), later, elsewhere, other).map((row) => row.session)).toEqual([null]);
  });

  it('give a session to the username that repeats it, and to no other of the role', () => {
    const alice = login({ username: 'dev:alice-example.com', times: '1' });
    const bob = login({ username: 'dev:bob', times: '1' });

    const rows = join(alice, bob, session('alice@example.com'), session('bob'));

    expect(rows.map((row) => [row.username, row.session])).toEqual([
      ['dev:alice-example.com', 'alice@example.com'],
      ['dev:bob', 'bob'],
    ]);
  });

  it('compare printed times as well as numbers', () => {
    const printed = { firstAt: '2026-11-20 08:00:00.000', lastAt: '2026-11-20 09:00:00.000' };

    expect(join(login({ ...printed, times: '1' }), session('alice', printed)).map((row) => row.session)).toEqual([
      'alice',
    ]);
  });
});
