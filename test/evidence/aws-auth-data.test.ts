import { describe, expect, test } from 'vitest';
import { readAwsAuthData } from '../../shared/evidence/aws-auth-data.ts';

function configMap(data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth' }, data });
}

const ROW = '- rolearn: arn:aws:iam::111122223333:role/admins\n  username: admin\n  groups: [system:masters]\n';

describe('readAwsAuthData', () => {
  test('gives the data as it is written', () => {
    expect(readAwsAuthData(configMap({ mapRoles: ROW, mapUsers: '[]' }), 'aws-auth.json')).toEqual({
      mapRoles: ROW,
      mapUsers: '[]',
    });
  });

  test.each([
    ['a section that is no YAML', configMap({ mapRoles: '- rolearn: [' })],
    ['a row without an ARN', configMap({ mapRoles: '- username: admin\n' })],
    ['a row that is a text', configMap({ mapRoles: '- admin\n' })],
    ['no ConfigMap', '{"kind": "Secret"}'],
    ['no object at all', ''],
  ])('gives nothing for %s', (_name, text) => {
    expect(readAwsAuthData(text, 'aws-auth.json')).toBeNull();
  });
});
