import { describe, expect, test } from 'vitest';
import { parsePolicyDocument } from '../../shared/rules/iam-policy.ts';
import { renderTrustPolicy } from '../../shared/rules/trust-policy-text.ts';

const parse = (value: unknown) => parsePolicyDocument(value, 'trust policy', null).document;

describe('renderTrustPolicy', () => {
  test('writes what it was parsed from', () => {
    const text =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root"]},"Action":["sts:AssumeRole"]}]}';

    expect(renderTrustPolicy(parse(text))).toBe(text);
  });

  test.each([
    ['everybody', { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
    ['all but one', { Sid: 'x', Effect: 'Deny', NotPrincipal: { AWS: 'a' }, NotAction: ['sts:TagSession'] }],
    [
      'a condition',
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/x', Service: ['ec2.amazonaws.com'] },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': true }, StringEquals: { 'saml:aud': ["o'hara", 'b'] } },
      },
    ],
  ])('says the same of %s', (_name, statement) => {
    const document = parse({ Version: '2012-10-17', Statement: [statement] });

    expect(parse(renderTrustPolicy(document))).toEqual(document);
    expect(document.statements).toHaveLength(1);
  });

  test('says the same in the oldest language, which has no variables', () => {
    const document = parse({ Statement: { Effect: 'Allow', Principal: { AWS: 'a' }, Action: 'sts:AssumeRole' } });

    expect(parse(renderTrustPolicy(document))).toEqual(document);
  });

  test('puts nothing back where nothing stood', () => {
    expect(renderTrustPolicy(parse({ Statement: [] }))).toBeNull();
  });
});
