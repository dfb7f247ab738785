import { describe, expect, it } from 'vitest';
import { parseDenial } from '../../shared/evidence/authenticator-denial.ts';
import { parseAuthenticatorLine } from '../../shared/evidence/authenticator-log.ts';
import { ORIGIN } from '../support/log-input.ts';

describe('parseDenial', () => {
  it.each([
    ['ARN is not mapped: arn:aws:iam::111122223333:role/newcomer', 'not-mapped'],
    ['ARN is not mapped: arn:aws:iam::1:role/a (lowercased from arn:aws:iam::1:role/A)', 'not-mapped'],
    ['ARN is not mapped', 'not-mapped'],
    ['Identity is not mapped', 'not-mapped'],
    ['identity is not mapped', 'not-mapped'],
    ['mapper DynamicFile Map error: ARN does not match User ID', 'mapper-error'],
    ['[mapper CRD Map error: timeout, mapper EKSConfigMap Map error: x]', 'mapper-error'],
    [
      "invalid username 'system:x' for mapper CRD: username must not begin with with the following prefixes: [system:]",
      'mapper-error',
    ],
    ['mapper EKSConfigMap renderTemplates error: error rendering username template "x": no instance', 'template-error'],
    ['failed mapping username: SessionName did not contain an instance id', 'template-error'],
    ['failed mapping group: x', 'template-error'],
    [
      'input token was not properly formatted: X-Amz-Date parameter is expired (15 minute expiration) 2026-11-20',
      'expired-token',
    ],
    ['input token was not properly formatted: token is too large', 'bad-token'],
    [
      'input token was not properly formatted: unexpected hostname "identity is not mapped" in pre-signed URL',
      'bad-token',
    ],
    ['sts getCallerIdentity was throttled: slow down', 'sts-throttled'],
    [
      'sts getCallerIdentity failed: error from AWS (expected 200, got 403). Body: {"x":"ARN is not mapped"}',
      'sts-refused',
    ],
    [
      'sts getCallerIdentity failed: error from AWS (expected 200, got 403) on sts.amazonaws.com endpoint. Body: {}',
      'sts-refused',
    ],
    ['sts getCallerIdentity failed: error during GET: dial tcp: timeout on sts.amazonaws.com endpoint', 'other'],
    ["sts getCallerIdentity failed: arn 'x' is invalid: 'y'", 'other'],
    ['something new', 'other'],
    ['', 'other'],
  ])('classes `%s` as %s', (error, expected) => {
    expect(parseDenial(error)).toBe(expected);
  });
});

function denialOf(line: string): unknown {
  const outcome = parseAuthenticatorLine(line, ORIGIN);
  return 'record' in outcome ? outcome.record : outcome;
}

describe('parseAuthenticatorLine on denials', () => {
  it('keeps the spelling of the ARN field over the lower case of the error', () => {
    const line =
      'level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/Newcomer" client="127.0.0.1:1" error="ARN is not mapped: arn:aws:iam::111122223333:role/newcomer"';

    expect(denialOf(line)).toMatchObject({
      kind: 'denied',
      arn: 'arn:aws:iam::111122223333:role/Newcomer',
      denial: 'not-mapped',
      client: '127.0.0.1:1',
    });
  });

  it('takes the ARN out of the error when the line has lost its own', () => {
    const line = 'level=warning msg="access denied" error="ARN is not mapped: arn:aws:iam::111122223333:role/newcomer"';

    expect(denialOf(line)).toMatchObject({ arn: 'arn:aws:iam::111122223333:role/newcomer' });
  });

  it('reads the wording of the first builds', () => {
    const line = 'level=warning msg="access denied because ARN is not mapped" arn="arn:aws:iam::111122223333:user/bob"';

    expect(denialOf(line)).toMatchObject({ kind: 'denied', error: 'ARN is not mapped', denial: 'not-mapped' });
  });

  it('names nobody when the identity was never proven', () => {
    const line = String.raw`level=warning msg="access denied" error="sts getCallerIdentity failed: error from AWS (expected 200, got 403). Body: {\"Error\":{\"Code\":\"InvalidClientTokenId\"}}"`;

    expect(denialOf(line)).toMatchObject({
      arn: null,
      denial: 'sts-refused',
      error:
        'sts getCallerIdentity failed: error from AWS (expected 200, got 403). Body: {"Error":{"Code":"InvalidClientTokenId"}}',
    });
  });
});
