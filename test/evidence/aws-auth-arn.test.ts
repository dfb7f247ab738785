import { describe, expect, it } from 'vitest';
import { judgeArn } from '../../shared/evidence/aws-auth-arn.ts';

const IAM = 'arn:aws:iam::111122223333:';

describe('judgeArn', () => {
  it.each([
    [`${IAM}role/payments`, 'role'],
    [`${IAM}role/AWSReservedSSO_Admin_0123456789abcdef`, 'role'],
    [`${IAM}role/a+b=c,d.e@f-g_h`, 'role'],
    [`${IAM.toUpperCase()}ROLE/PAYMENTS`, 'role'],
    ['arn:aws-us-gov:iam::111122223333:role/payments', 'role'],
    [`${IAM}user/alice`, 'user'],
    [`${IAM}user/team/a/alice`, 'user'],
    [`${IAM}root`, 'root'],
    ['arn:aws:sts::111122223333:federated-user/alice', 'federated-user'],
  ])('finds that callers can match %s', (arn, type) => {
    expect(judgeArn(arn)).toEqual({ kind: 'matches', type });
  });

  it.each([
    [`${IAM}role/team/payments`, '/team/', `${IAM}role/payments`],
    [`${IAM}role/a/b/Payments`, '/a/b/', `${IAM}role/Payments`],
    [`${IAM}role//payments`, '//', `${IAM}role/payments`],
    [
      `${IAM}role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0123456789abcdef`,
      '/aws-reserved/sso.amazonaws.com/',
      `${IAM}role/AWSReservedSSO_A_0123456789abcdef`,
    ],
    [
      `${IAM}role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_A_0123456789abcdef`,
      '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      `${IAM}role/AWSReservedSSO_A_0123456789abcdef`,
    ],
  ])('finds the path of %s', (arn, path, stripped) => {
    expect(judgeArn(arn)).toEqual({ kind: 'path', path, stripped });
  });

  it.each([
    ['arn:aws:sts::111122223333:assumed-role/Admin/alice', `${IAM}role/Admin`],
    ['arn:aws:sts::111122223333:assumed-role/Admin', `${IAM}role/Admin`],
    ['arn:aws:sts::111122223333:assumed-role/team/Admin/alice', `${IAM}role/Admin`],
    ['arn:aws-cn:sts::111122223333:assumed-role/Admin/alice', 'arn:aws-cn:iam::111122223333:role/Admin'],
  ])('finds the role of the session %s', (arn, role) => {
    expect(judgeArn(arn)).toEqual({ kind: 'assumed-role', role });
  });

  it.each([
    ['payments', 'it is no ARN'],
    ['111122223333', 'it is no ARN'],
    [`${IAM}role/*`, 'the authenticator knows no wildcards'],
    [`${IAM}role/pay?ents`, 'the authenticator knows no wildcards'],
    [` ${IAM}role/payments`, 'it holds a blank, and blanks count'],
    [`${IAM}role/pay\u00a0ments`, 'it holds a blank, and blanks count'],
    ['arn:aws:iam::<ACCOUNT>:role/payments', 'a placeholder was left in it'],
    ['arn:aws:iam::{{ACCOUNT}}:role/payments', 'a placeholder was left in it'],
    ['arn:aws-mars:iam::111122223333:role/payments', 'the authenticator knows no partition "aws-mars"'],
    ['arn:aws:eks::111122223333:cluster/payments', 'callers have ARNs of iam or sts, never of eks'],
    ['arn:aws:iam:eu-west-1:111122223333:role/payments', 'the ARNs of IAM hold no region'],
    ['arn:aws:iam::11112222333:role/payments', 'its account id has 11 digits instead of 12'],
    ['arn:aws:iam:::role/payments', '"" is no account id of 12 digits'],
    ['arn:aws:iam::1111-2222-3333:role/payments', '"1111-2222-3333" is no account id of 12 digits'],
    [`${IAM}group/admins`, 'it names an IAM group, and groups never log in: name the users'],
    [`${IAM}instance-profile/node`, 'it names an instance profile: name the role in it'],
    [`${IAM}policy/admin`, '"policy" is no kind of caller'],
    [`${IAM}role/`, 'it names no role'],
    [`${IAM}role`, 'it names no role'],
    [`${IAM}role/team/`, '"role/team/" is not spelt like a role of IAM'],
    [`${IAM}role/zahlung\u00e4`, '"role/zahlung\u00e4" is not spelt like a role of IAM'],
    [`${IAM}constructor`, '"constructor" is no kind of caller'],
  ])('finds that %j is malformed', (arn, reason) => {
    expect(judgeArn(arn)).toEqual({ kind: 'malformed', reason });
  });
});
