import { describe, expect, it } from 'vitest';
import { configMapYaml, parseRoles, readAwsAuth } from '../support/aws-auth.ts';

const SSO = '- sso: {accountID: "111122223333", permissionSetName: Admin';

function listProblems(text: string) {
  return parseRoles(text).problems.map(({ code, losesAccess, message }) => [code, losesAccess, message]);
}

describe('rows that are dropped', () => {
  it.each([
    ['- payments\n', 'row-not-a-mapping', true, 'This row is a text, not a set of fields.'],
    ['- [a]\n', 'row-not-a-mapping', true, 'This row is a list, not a set of fields.'],
    ['- 12\n', 'row-not-a-mapping', true, 'This row is a number, not a set of fields.'],
    ['-\n', 'row-not-a-mapping', false, 'Behind this dash there is no row.'],
    ['- username: x\n', 'row-invalid', true, 'This row has no rolearn.'],
    ['- {}\n', 'row-invalid', true, 'This row has no rolearn.'],
    ['- rolearn: 12\n', 'row-invalid', true, 'rolearn is a number, not a text.'],
    ['- role_arn: x\n', 'row-invalid', true, 'The key "role_arn" is unknown; rolearn was most likely meant.'],
    ['- arn: x\n', 'row-invalid', true, 'The key "arn" is unknown; rolearn was most likely meant.'],
    ['- userArn: x\n', 'row-invalid', true, 'This row has userarn instead of rolearn.'],
    ['- {rolearn: x, sso: {}}\n', 'row-invalid', true, 'This row has both rolearn and sso.'],
    [`${SSO}, partition: aws-mars}\n`, 'row-invalid', true, 'sso.partition "aws-mars" is unknown.'],
    [
      '- sso: {accountID: 111122223333, permissionSetName: Admin}\n',
      'row-invalid',
      true,
      'sso.accountID is no text of 12 digits; without quotes it is a number.',
    ],
    [
      '- sso: {accountID: "111122223333", permissionSetName: "Ad min"}\n',
      'row-invalid',
      true,
      'sso.permissionSetName is not spelt like a permission set.',
    ],
  ])('say why: %j', (text, ...problem) => {
    expect(parseRoles(text).rows).toEqual([]);
    expect(listProblems(text)).toEqual([problem]);
  });

  it('leave the others alone', () => {
    const { rows, lostSections } = parseRoles(
      '- x\n- rolearn: arn:aws:iam::111122223333:role/payments\n  username: x\n',
    );

    expect(rows).toMatchObject([{ matches: true, evidence: { id: 'mapRoles[1]' } }]);
    expect(lostSections).toEqual([]);
  });

  it('of mapUsers know rolearn for a row of the other list', () => {
    const { problems } = readAwsAuth(configMapYaml({ mapUsers: '- rolearn: x\n' }));

    expect(problems).toMatchObject([
      { code: 'row-invalid', mend: 'Move the row to mapRoles.', message: 'This row has rolearn instead of userarn.' },
    ]);
  });
});
