import { describe, expect, it } from 'vitest';
import { readAwsAuthFile } from '../../shared/evidence/aws-auth-file.ts';
import { configMapJson, configMapYaml } from '../support/aws-auth.ts';

const ROWS = { mapUsers: '- userarn: arn:aws:iam::111122223333:user/alice\n  username: alice\n' };

describe('readAwsAuthFile', () => {
  it.each([
    ['YAML', configMapYaml(ROWS)],
    ['JSON', configMapJson(ROWS)],
    ['a list of objects', `kind: List\nitems:\n- ${configMapYaml(ROWS).trimEnd().replaceAll('\n', '\n  ')}\n`],
    ['the second of two documents', `kind: Secret\n---\n${configMapYaml(ROWS)}`],
    [
      'a file without name and namespace',
      'data:\n  mapUsers: |\n    - userarn: arn:aws:iam::111122223333:user/alice\n',
    ],
    ['another name', configMapYaml(ROWS).replace('name: aws-auth', 'name: aws-auth-blue')],
    ['a key in another case under another name', 'metadata: {name: x}\ndata:\n  MAPUSERS: ""\n'],
  ])('takes for aws-auth: %s', (_name, text) => {
    expect(readAwsAuthFile(text, 'aws-auth.yaml')).not.toHaveProperty('unreadable');
  });

  it.each([
    [
      'metadata: {name: x, namespace: a}\ndata: {k: v}\n',
      'expected the ConfigMap kube-system/aws-auth, got a/x',
      1,
      18,
    ],
    ['kind: List\nitems:\n- kind: Secret\n', 'expected a ConfigMap, got a Secret', 3, 3],
    ['mapRoles: |\n', 'expected a ConfigMap, got its content alone', 1, 1],
    ['data: [\n', 'expected the ConfigMap aws-auth, got this: not YAML: ', 2, 1],
    [
      'Error from server (NotFound): configmaps "aws-auth" not found\n',
      'expected the ConfigMap aws-auth, got this: kubectl found no such ConfigMap',
      1,
      1,
    ],
  ])('says what stands there instead: %j', (text, unreadable, line, column) => {
    expect(readAwsAuthFile(text, 'aws-auth.yaml')).toEqual({
      unreadable: expect.stringContaining(unreadable),
      position: { line, column },
    });
  });
});
