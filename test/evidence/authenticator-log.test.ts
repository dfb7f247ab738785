import { describe, expect, it } from 'vitest';
import { parseAuthenticatorLine, parseAuthenticatorObject } from '../../shared/evidence/authenticator-log.ts';
import { ORIGIN } from '../support/log-input.ts';

function recordOf(text: string): unknown {
  const outcome = parseAuthenticatorLine(text, ORIGIN);
  return 'record' in outcome ? outcome.record : outcome;
}

const GRANTED = 'time="2026-11-20T07:00:00Z" level=info msg="access granted"';

describe('parseAuthenticatorLine', () => {
  it('reads a login in whole', () => {
    const line = `${GRANTED} arn="arn:aws:iam::111122223333:role/admin" client="127.0.0.1:40000" groups="[system:masters dev]" method=POST path=/authenticate stsendpoint=sts.amazonaws.com uid="aws-iam-authenticator:111122223333:AROAEXAMPLEADMIN00001" username=alice`;

    expect(recordOf(line)).toEqual({
      source: 'authenticator-log',
      kind: 'granted',
      at: '2026-11-20T07:00:00Z',
      level: 'info',
      message: 'access granted',
      evidence: { source: 'authenticator-log', id: null, at: '2026-11-20T07:00:00Z', file: 'some.log', line: 7 },
      arn: 'arn:aws:iam::111122223333:role/admin',
      uniqueId: 'AROAEXAMPLEADMIN00001',
      account: '111122223333',
      username: 'alice',
      groups: ['system:masters', 'dev'],
      groupsAmbiguous: false,
      client: '127.0.0.1:40000',
      stsEndpoint: 'sts.amazonaws.com',
      sessionName: null,
      accessKeyId: null,
      count: 1,
      firstAt: null,
    });
  });

  it.each([
    ['today', 'aws-iam-authenticator:111122223333:AIDAEXAMPLEALICE00001', '111122223333', 'AIDAEXAMPLEALICE00001'],
    ['of old', 'heptio-authenticator-aws:111122223333:AROAEXAMPLEADMIN00001', '111122223333', 'AROAEXAMPLEADMIN00001'],
    [
      'with a session',
      'aws-iam-authenticator:111122223333:AROAEXAMPLEADMIN00001:alice',
      '111122223333',
      'AROAEXAMPLEADMIN00001',
    ],
    ['of the root user', 'aws-iam-authenticator:111122223333:111122223333', '111122223333', null],
    ['that was masked', 'aws-iam-authenticator:111122223333:XXXX', '111122223333', null],
  ])('reads the uid %s', (_name, uid, account, uniqueId) => {
    expect(recordOf(`${GRANTED} arn="arn:aws:iam::111122223333:role/r" uid="${uid}" username=u`)).toMatchObject({
      account,
      uniqueId,
    });
  });

  it('reads a login of an account that AWS keeps to itself', () => {
    const line = `${GRANTED} groups="[]" uid="aws-iam-authenticator:administrative:eks:node-manager" username="eks:node-manager"`;

    expect(recordOf(line)).toMatchObject({
      kind: 'granted',
      arn: null,
      account: null,
      uniqueId: null,
      username: 'eks:node-manager',
    });
  });

  it.each([
    ['no groups', '"[]"', [], false],
    ['one group', '"[system:masters]"', ['system:masters'], false],
    ['groups with templates', '"[dev {{SessionName}}]"', ['dev', '{{SessionName}}'], false],
    [
      'two list items folded into one group',
      '"[system:bootstrappers - system:nodes]"',
      ['system:bootstrappers', '-', 'system:nodes'],
      true,
    ],
    ['a group that ends in a space', '"[dev  ops]"', ['dev', 'ops'], true],
    ['groups that break off', '"[system:masters de', ['system:masters', 'de'], true],
    ['a bare group', 'dev', ['dev'], true],
  ])('reads %s', (_name, groups, expected, ambiguous) => {
    expect(recordOf(`${GRANTED} username=u groups=${groups}`)).toMatchObject({
      groups: expected,
      groupsAmbiguous: ambiguous,
    });
  });

  it('takes groups that are not shown as not known', () => {
    expect(recordOf(`${GRANTED} username=u`)).toMatchObject({ groups: [], groupsAmbiguous: true });
  });

  it('takes the field `sts` of older builds for the endpoint', () => {
    expect(recordOf(`${GRANTED} username=u sts=sts.eu-west-1.amazonaws.com`)).toMatchObject({
      stsEndpoint: 'sts.eu-west-1.amazonaws.com',
    });
  });

  it('leaves out an ARN that breaks off, since half of it names somebody else', () => {
    expect(
      recordOf(`level=info msg="access granted" username=u arn="arn:aws:iam::111122223333:role/adm`),
    ).toMatchObject({
      kind: 'granted',
      arn: null,
      username: 'u',
    });
  });

  it('reads the session behind a login', () => {
    const line =
      'time="2026-11-20T07:00:00Z" level=info msg="STS response" accesskeyid=ASIAIOSFODNN7EXAMPLE accountid=111122223333 arn="arn:aws:sts::111122223333:assumed-role/admin/alice@example.com" client="127.0.0.1:1" method=POST path=/authenticate session=alice@example.com stsendpoint=sts.amazonaws.com userid=AROAEXAMPLEADMIN00001';

    expect(recordOf(line)).toMatchObject({
      kind: 'sts',
      arn: 'arn:aws:sts::111122223333:assumed-role/admin/alice@example.com',
      account: '111122223333',
      uniqueId: 'AROAEXAMPLEADMIN00001',
      sessionName: 'alice@example.com',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      client: '127.0.0.1:1',
      stsEndpoint: 'sts.amazonaws.com',
    });
  });

  it('reads the STS line of a user, who has no session', () => {
    const line =
      'level=info msg="STS response" accountid=111122223333 arn="arn:aws:iam::111122223333:user/alice" session= userid=AIDAEXAMPLEALICE00001';

    expect(recordOf(line)).toMatchObject({ kind: 'sts', sessionName: null, accessKeyId: null, client: null });
  });

  it.each([
    ['a role', 'IAM role" groups="[]" role="arn:aws:iam::111122223333:role/r"', 'arn:aws:iam::111122223333:role/r'],
    ['a user', 'IAM user" groups="[]" user="arn:aws:iam::111122223333:user/u"', 'arn:aws:iam::111122223333:user/u'],
    [
      'a permission set',
      'IAM role" groups="[]" sso="{Admin 111122223333 }"',
      'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*',
    ],
    [
      'one of another partition',
      'IAM role" groups="[]" sso="{Admin 111122223333 aws-cn}"',
      'arn:aws-cn:iam::111122223333:role/AWSReservedSSO_Admin_*',
    ],
  ])('reads the mapping of %s', (_name, middle, arn) => {
    expect(recordOf(`level=info msg="mapping ${middle} username="a:{{SessionName}}"`)).toMatchObject({
      kind: 'mapping',
      arn,
      username: 'a:{{SessionName}}',
      groups: [],
    });
  });

  it.each([
    ['Errors parsing configmap: [yaml: line 4: did not find expected key]', 'configmap-error'],
    [
      'There was an error parsing the config maps.  Only saving data that was good, error parsing config map: [x]',
      'configmap-error',
    ],
    ['error parsing config map: [x]', 'configmap-error'],
    ['Resetting configmap on delete', 'configmap-deleted'],
    ['Received aws-auth watch event', 'configmap-loaded'],
    ['mapping IAM Account', 'other'],
    ['listening on https://127.0.0.1:21362/authenticate', 'other'],
    ['Unable to re-establish watch: x, sleeping for 5 seconds.', 'other'],
    ['access granted', 'other'],
    ['STS response', 'other'],
  ])('takes `%s` alone for %s', (message, kind) => {
    expect(recordOf(`level=warning msg="${message}"`)).toMatchObject({ kind, level: 'warning', message, at: null });
  });

  it.each([
    ['a level that logrus does not know', 'level=5 msg=hello'],
    ['no level', 'time="2026-11-20T07:00:00Z" msg="access granted" username=x'],
    ['no message', 'time="2026-11-20T07:00:00Z" level=info'],
    ['an empty message', 'level=info msg= client=x'],
    ['a line cut inside of an escaped error', String.raw`: \"level=info\" msg=\"access granted\" username=root`],
    ['plain words', 'hello world'],
  ])('skips %s', (_name, line) => {
    expect(parseAuthenticatorLine(line, ORIGIN)).toEqual({ skip: 'line without level and message' });
  });

  it.each([
    'INFO[2026-11-20T07:00:00Z] access granted   groups="[system:masters]" level=info msg=x username=root',
    'WARN[0001] access denied',
    '\u001b[36mINFO\u001b[0m[0001] access granted',
  ])('skips the terminal form %s', (line) => {
    expect(parseAuthenticatorLine(line, ORIGIN)).toEqual({ skip: 'authenticator line in terminal form' });
  });

  it('takes the time of the wrapping when the line has none', () => {
    const outcome = parseAuthenticatorLine('level=info msg=x', { ...ORIGIN, at: '2026-11-20T07:00:00Z', id: 'p' });

    expect(outcome).toMatchObject({ record: { at: '2026-11-20T07:00:00Z', evidence: { id: 'p' } } });
  });
});

describe('parseAuthenticatorObject', () => {
  it('reads the JSON form, where groups are a list and need no guessing', () => {
    const outcome = parseAuthenticatorObject(
      { time: '2026-11-20T07:00:00Z', level: 'info', msg: 'access granted', username: 'u', groups: ['a b', 'c'] },
      ORIGIN,
    );

    expect(outcome).toMatchObject({
      record: { kind: 'granted', at: '2026-11-20T07:00:00Z', groups: ['a b', 'c'], groupsAmbiguous: false },
    });
  });

  it('reads a permission set that is an object', () => {
    const sso = { PermissionSetName: 'Admin', AccountID: '111122223333', Partition: 'aws' };
    const value = { level: 'info', msg: 'mapping IAM role', sso, username: 'u', groups: [] };

    expect(parseAuthenticatorObject(value, ORIGIN)).toMatchObject({
      record: { arn: 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*' },
    });
  });

  it('bears fields of any type', () => {
    const value = { level: 'info', msg: 'access granted', username: { a: [[[]]] }, arn: 5, groups: 'x', uid: [] };

    expect(parseAuthenticatorObject(value, ORIGIN)).toMatchObject({ record: { kind: 'granted', arn: null } });
  });
});
