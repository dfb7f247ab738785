import { describe, expect, it } from 'vitest';
import { configMapYaml, readAwsAuth } from '../support/aws-auth.ts';

const ROW = '- rolearn: arn:aws:iam::111122223333:role/payments\n  username: x\n';

function listProblems(text: string) {
  return readAwsAuth(text).problems.map(({ code, section, losesAccess, position, mend }) => [
    code,
    section,
    losesAccess,
    position.line,
    position.column,
    mend,
  ]);
}

describe('top-level keys', () => {
  it('count in their exact case', () => {
    const text = configMapYaml({ maproles: ROW });

    expect(readAwsAuth(text).rows).toEqual([]);
    expect(listProblems(text)).toEqual([['key-case', 'mapRoles', true, 3, 3, 'Rename the key to mapRoles.']]);
  });

  it('in the wrong case beside the right one ask for its rows to be moved', () => {
    expect(listProblems(configMapYaml({ mapRoles: ROW, MapRoles: ROW }))).toEqual([
      ['key-case', 'mapRoles', true, 6, 3, 'Move its rows to mapRoles, which is there as well.'],
    ]);
  });

  it('that look like a list of the authenticator lose access', () => {
    expect(
      listProblems(configMapYaml({ mapGroups: ROW, notes: 'x', __proto__: 'y' })).map((p) => p.slice(0, 3)),
    ).toEqual([
      ['key-case', null, true],
      ['key-case', null, false],
    ]);
  });

  it('written twice lose all but the last', () => {
    const text = `kind: ConfigMap\ndata:\n  mapRoles: |\n    - rolearn: a\n  mapRoles: |\n    ${ROW.replace('\n', '\n    ')}`;

    expect(readAwsAuth(text).rows).toHaveLength(1);
    expect(listProblems(text).map((p) => p.slice(0, 5))).toEqual([['section-lost', 'mapRoles', true, 3, 3]]);
  });
});

describe('values', () => {
  it.each([
    ['a list', '  mapRoles:\n  - rolearn: x\n', 'mapRoles is a list, not a text.'],
    ['a number', '  mapAccounts: 111122223333\n', 'mapAccounts is a number, not a text.'],
    ['a yes', '  mapUsers: yes\n', 'mapUsers is a yes or no, not a text.'],
    ['a set of fields', '  notes: {a: b}\n', 'notes is a set of fields, not a text.'],
  ])('that are %s are refused by the API server', (_name, data, message) => {
    const { problems } = readAwsAuth(`kind: ConfigMap\ndata:\n${data}`);

    expect(problems).toMatchObject([{ code: 'value-not-a-string', message, losesAccess: true, position: { line: 3 } }]);
  });

  it('that are no text are lost', () => {
    expect(readAwsAuth('kind: ConfigMap\ndata:\n  mapRoles: [x]\n').lostSections).toEqual(['mapRoles']);
  });

  it('that are null are none', () => {
    expect(readAwsAuth('kind: ConfigMap\ndata:\n  mapRoles:\n')).toMatchObject({ problems: [], lostSections: [] });
  });
});

describe('another object', () => {
  it.each([
    ['name: aws-auth\n  namespace: default', '"default/aws-auth"', 6],
    ['namespace: kube-system\n  name: awsauth', '"kube-system/awsauth"', 7],
  ])('is not read by the authenticator: %s', (metadata, name, line) => {
    const { problems } = readAwsAuth(
      `kind: ConfigMap\ndata:\n  mapRoles: |\n    ${ROW.split('\n')[0]}\n      username: x\nmetadata:\n  ${metadata}\n`,
    );

    expect(problems).toMatchObject([
      { code: 'not-a-config-map', losesAccess: true, message: expect.stringContaining(name) },
    ]);
    expect(problems[0]?.position.line).toBe(line + 1);
  });
});
