import { describe, expect, test } from 'vitest';
import { explainFailure } from '../../shared/aws/failure.ts';

const ASKED = {
  action: 'eks:ListAccessEntries',
  resource: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
  on: 'cluster payments',
};

function fault(name: string, message = '', httpStatusCode?: number, attempts = 1): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, attempts } });
}

function network(code: string): Error {
  return Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code, $metadata: { attempts: 3 } });
}

describe('failure', () => {
  test('turns a denial into the statement that allows the action', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/auditor/alice is not authorized to perform: eks:ListAccessEntries on resource: arn:aws:eks:eu-central-1:111122223333:cluster/payments because no identity-based policy allows the eks:ListAccessEntries action';

    expect(explainFailure(fault('AccessDeniedException', message, 403), ASKED)).toEqual({
      kind: 'denied',
      status: 'denied',
      reason: 'eks:ListAccessEntries on cluster payments: denied (no identity-based policy allows)',
      mend: '{"Effect":"Allow","Action":"eks:ListAccessEntries","Resource":"arn:aws:eks:eu-central-1:111122223333:cluster/payments"}',
    });
  });

  test('names the action that was denied, where it is another than the one asked', () => {
    const message =
      'User: x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:111122223333:key/0example because no identity-based policy allows the kms:Decrypt action';

    expect(explainFailure(fault('AccessDeniedException', message, 400), ASKED).mend).toBe(
      '{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-central-1:111122223333:key/0example"}',
    );
  });

  test('says of an explicit deny that a statement alone does not help', () => {
    const message =
      'User: x is not authorized to perform: eks:ListAccessEntries on resource: y with an explicit deny in a service control policy';

    expect(explainFailure(fault('AccessDenied', message, 403), ASKED).mend).toMatch(/^Take away the deny first/);
  });

  test.each([
    ['ExpiredTokenException', 'expired', 'the credentials have expired'],
    ['ExpiredToken', 'expired', 'the credentials have expired'],
    [
      'UnrecognizedClientException',
      'bad-credentials',
      'the credentials are not accepted there (UnrecognizedClientException)',
    ],
    ['OptInRequired', 'disabled', 'not in use (OptInRequired)'],
    ['ResourceNotFoundException', 'missing', 'it is not there'],
    ['InvalidRequestException', 'refused', 'refused (InvalidRequestException)'],
  ])('tells %s apart', (name, kind, words) => {
    const failure = explainFailure(fault(name, '', 400), ASKED);

    expect(failure).toMatchObject({ kind, reason: `eks:ListAccessEntries on cluster payments: ${words}` });
  });

  test('says how often it tried where it was throttled', () => {
    expect(explainFailure(fault('ThrottlingException', '', 400, 6), ASKED).reason).toBe(
      'eks:ListAccessEntries on cluster payments: throttled after 6 attempts (ThrottlingException)',
    );
  });

  test('says with which status a service failed', () => {
    expect(explainFailure(fault('ServerException', '', 503, 3), ASKED).reason).toBe(
      'eks:ListAccessEntries on cluster payments: answered with HTTP 503 after 3 attempts (ServerException)',
    );
  });

  test.each([
    ['ENOTFOUND', 'the host name does not resolve (ENOTFOUND) after 3 attempts'],
    ['ECONNREFUSED', 'the connection was refused (ECONNREFUSED) after 3 attempts'],
    ['ECONNRESET', 'the connection broke off (ECONNRESET) after 3 attempts'],
  ])('tells the network reason %s', (code, words) => {
    expect(explainFailure(network(code), ASKED)).toMatchObject({
      kind: 'network',
      status: 'unavailable',
      reason: `eks:ListAccessEntries on cluster payments: ${words}`,
    });
  });

  test('finds the network reason among the addresses that were tried', () => {
    const gathered = Object.assign(new AggregateError([network('ECONNREFUSED')]), { $metadata: { attempts: 1 } });

    expect(explainFailure(gathered, ASKED).kind).toBe('network');
  });

  test('takes an aborted call for one that ran out of time', () => {
    expect(explainFailure(fault('AbortError', 'Request aborted'), ASKED).kind).toBe('out-of-time');
  });

  test('tells an ended single sign-on session from missing credentials', () => {
    const ended = fault('CredentialsProviderError', 'The SSO session associated with this profile has expired.');

    expect(explainFailure(ended, ASKED).kind).toBe('expired');
    expect(explainFailure(fault('CredentialsProviderError', 'Could not load credentials'), ASKED).kind).toBe(
      'no-credentials',
    );
  });

  test('keeps nothing of a message that could hold a secret', () => {
    const secret = 'FwoGZXIvYXdzEXAMPLETOKEN';
    const errors = [
      fault('SignatureDoesNotMatch', `The Canonical String for this request should have been ${secret}`, 403),
      fault('AccessDenied', `${secret} is not authorized to perform: ${secret} on resource: ${secret}`, 403),
      fault(`Weird ${secret}\n`, secret, 400),
      Object.assign(new Error(secret), { $response: { body: secret } }),
    ];

    expect(JSON.stringify(errors.map((error) => explainFailure(error, ASKED)))).not.toContain(secret);
  });

  test.each([null, undefined, 'text', 7, {}, new Error('x')])('answers for %s, which is no SDK error', (thrown) => {
    expect(explainFailure(thrown, ASKED).status).toBe('unavailable');
  });
});
