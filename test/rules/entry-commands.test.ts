import { describe, expect, test } from 'vitest';
import { createWholeEntry } from '../../shared/rules/entry-commands.ts';

const CLUSTER = { name: 'payments', region: 'eu-central-1', partition: 'aws-cn' };
const ENTRY = {
  principalArn: 'arn:aws-cn:iam::111122223333:role/dev',
  ...{ type: 'STANDARD', username: 'dev:{{SessionName}}', groups: ['developers'], policies: [] },
};

describe('createWholeEntry', () => {
  test('makes the entry, then associates its policies', () => {
    const policies = [
      { name: 'AmazonEKSViewPolicy', policyArn: 'x', scope: { type: 'namespace', namespaces: ['payments'] } as const },
    ];

    expect(createWholeEntry(CLUSTER, { ...ENTRY, policies })).toEqual([
      "aws eks create-access-entry --region eu-central-1 --cluster-name payments --principal-arn arn:aws-cn:iam::111122223333:role/dev --type STANDARD --username 'dev:{{SessionName}}' --kubernetes-groups developers",
      `aws eks associate-access-policy --region eu-central-1 --cluster-name payments --principal-arn arn:aws-cn:iam::111122223333:role/dev --policy-arn arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy --access-scope '{"type":"namespace","namespaces":["payments"]}'`,
    ]);
  });

  test.each(['--region', '[1]', '{"a":1}', 'file:///etc/passwd', 'https://example.com', '"x"'])(
    'gives %s as JSON, since the command line would read more into it',
    (group) => {
      const [command = ''] = createWholeEntry(CLUSTER, { ...ENTRY, groups: [group] });

      expect(command).toContain('--cli-input-json');
      expect(command).not.toContain('--kubernetes-groups');
    },
  );
});
