import { describe, expect, it } from 'vitest';
import {
  arnKey,
  canonicalizeArn,
  parseArn,
  parsePrincipal,
  partitionOf,
  stripRolePath,
} from '../../shared/rules/arn.ts';

const IAM = 'arn:aws:iam::111122223333:';

describe('parseArn', () => {
  it('keeps colons of the resource', () => {
    expect(parseArn('arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/payments/cluster:*')).toEqual({
      partition: 'aws',
      service: 'logs',
      region: 'eu-central-1',
      account: '111122223333',
      resource: 'log-group:/aws/eks/payments/cluster:*',
    });
  });

  it.each([
    '',
    'arn',
    'payments',
    'arn:aws:iam::111122223333',
    'ARN:aws:iam::111122223333:root',
    ' arn:aws:iam::1:root',
  ])('gives null for what is no ARN: %j', (text) => {
    expect(parseArn(text)).toBeNull();
  });
});

describe('canonicalizeArn', () => {
  it.each([
    [`${IAM}user/alice`, `${IAM}user/alice`],
    [`${IAM}user/team/alice`, `${IAM}user/team/alice`],
    [`${IAM}role/payments`, `${IAM}role/payments`],
    [`${IAM}role/team/payments`, `${IAM}role/team/payments`],
    [`${IAM}root`, `${IAM}root`],
    ['arn:aws:sts::111122223333:assumed-role/Admin/alice', `${IAM}role/Admin`],
    ['arn:aws:sts::111122223333:assumed-role/Org/Team/Admin/alice', `${IAM}role/Org/Team/Admin`],
    ['arn:aws-cn:sts::111122223333:assumed-role/Admin/alice', 'arn:aws-cn:iam::111122223333:role/Admin'],
    ['arn:aws:sts::111122223333:federated-user/alice', 'arn:aws:sts::111122223333:federated-user/alice'],
    ['arn:aws-eusc:iam::111122223333:user/alice', 'arn:aws-eusc:iam::111122223333:user/alice'],
  ])('turns %s into %s', (arn, canonical) => {
    expect(canonicalizeArn(arn)).toBe(canonical);
  });

  it.each([
    'payments',
    'arn:aws-mars:iam::111122223333:user/alice',
    'arn:aws:sts::111122223333:assumed-role/Admin',
    'arn:aws:sts::111122223333:session/alice',
    'arn:aws:iam::111122223333:group/admins',
    'arn:aws:iam::111122223333:constructor',
    'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
  ])('gives null where the authenticator answers with an error: %s', (arn) => {
    expect(canonicalizeArn(arn)).toBeNull();
  });
});

describe('stripRolePath', () => {
  it.each([
    [`${IAM}role/team/a/payments`, `${IAM}role/payments`],
    [
      `${IAM}role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef`,
      `${IAM}role/AWSReservedSSO_Admin_0123456789abcdef`,
    ],
    [`${IAM}role/payments`, `${IAM}role/payments`],
    [`${IAM}user/team/alice`, `${IAM}user/team/alice`],
  ])('turns %s into %s', (arn, stripped) => {
    expect(stripRolePath(arn)).toBe(stripped);
  });

  it.each(['payments', 'arn:aws-mars:iam::111122223333:role/a/b'])('gives null for %s', (text) => {
    expect(stripRolePath(text)).toBeNull();
  });
});

describe('parsePrincipal', () => {
  it('reads role, path and name of a role', () => {
    expect(parsePrincipal(`${IAM}role/team/payments`, 'AROAEXAMPLE')).toEqual({
      arn: `${IAM}role/team/payments`,
      type: 'role',
      partition: 'aws',
      account: '111122223333',
      name: 'payments',
      path: '/team/',
      uniqueId: 'AROAEXAMPLE',
    });
  });

  it('takes a session for its role', () => {
    const { arn, type, name } = parsePrincipal('arn:aws:sts::111122223333:assumed-role/Admin/alice');

    expect({ arn, type, name }).toEqual({ arn: `${IAM}role/Admin`, type: 'role', name: 'Admin' });
  });

  it('names the root user root', () => {
    expect(parsePrincipal(`${IAM}root`)).toMatchObject({ type: 'root', name: 'root', path: '/' });
  });

  it.each(['payments', `${IAM}group/admins`, `${IAM}constructor/x`, `${IAM}__proto__/x`])(
    'makes an unknown principal of %s',
    (text) => {
      expect(parsePrincipal(text)).toMatchObject({ arn: text, type: 'unknown', name: text, path: '/' });
    },
  );
});

describe('arnKey', () => {
  it('lets all forms of a role meet, whatever path, session and case', () => {
    const forms = [
      `${IAM}role/Payments`,
      `${IAM}role/team/payments`,
      'arn:aws:sts::111122223333:assumed-role/payments/alice',
    ];

    expect(forms.map(arnKey)).toEqual(Array(3).fill('111122223333:role/payments'));
  });

  it('keeps a user apart from a role of the same name', () => {
    expect(arnKey(`${IAM}user/payments`)).toBe('111122223333:user/payments');
  });

  it('folds the case of what it does not know', () => {
    expect(arnKey('Payments')).toBe('payments');
  });
});

describe('partitionOf', () => {
  it.each([
    ['eu-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['', 'aws'],
  ])('puts %j into %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});
