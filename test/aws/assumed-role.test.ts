import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { createAwsAccess, createClient, listCalls } from '../../shared/aws/access.ts';
import { withRole } from '../../shared/aws/assumed-role.ts';
import { serveAws } from '../support/aws-answers.ts';

describe('an assumed role', () => {
  test('assumes the role of another account with its external id', async () => {
    const expiry = '2099-01-01T00:00:00Z';
    const aws = await serveAws((call) =>
      call.body.includes('Action=AssumeRole')
        ? {
            body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiry}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
          }
        : { body: { cluster: { name: 'orders' } } },
    );
    const role = { roleArn: 'arn:aws:iam::444455556666:role/keyholder', externalId: 'example' };
    const member = createAwsAccess(withRole(aws.access.options, role));

    await createClient(member, EKSClient, 'us-east-1').send(new DescribeClusterCommand({ name: 'orders' }));

    const asked = new URLSearchParams(aws.asked[0]?.body);
    expect(asked.get('RoleArn')).toBe('arn:aws:iam::444455556666:role/keyholder');
    expect(asked.get('ExternalId')).toBe('example');
    expect(listCalls(member)).toMatchObject([{ operation: 'DescribeCluster' }]);
  });

  test('says whose credentials it did not get, where the answer holds none', async () => {
    const aws = await serveAws(() => ({ body: '<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>' }));
    const role = { roleArn: 'arn:aws:iam::444455556666:role/keyholder' };
    const member = createAwsAccess(withRole(aws.access.options, role));

    const answer = createClient(member, EKSClient, 'us-east-1').send(new DescribeClusterCommand({ name: 'orders' }));

    await expect(answer).rejects.toThrow('credentials of arn:aws:iam::444455556666:role/keyholder');
  });

  test('leaves the options as they are where there is no role', async () => {
    const { access } = await serveAws(() => ({}));

    expect(withRole(access.options, { roleArn: null })).toBe(access.options);
  });
});
