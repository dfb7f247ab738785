import { describe, expect, it } from 'vitest';
import { guessCluster } from '../../shared/evidence/aws-auth-cluster.ts';
import { configMapYaml, readAwsAuth } from '../support/aws-auth.ts';

const NODES = 'username: system:node:{{EC2PrivateDNSName}}\n  groups: [system:bootstrappers, system:nodes]';

function guess(mapRoles: string, mapAccounts = '') {
  const { account, partition, name, authenticationMode } = guessCluster(
    readAwsAuth(configMapYaml({ mapRoles, mapAccounts })),
  );
  expect([name, authenticationMode]).toEqual(['', null]);
  return [account, partition];
}

function role(account: string, partition = 'aws', more = 'username: x'): string {
  return `- rolearn: arn:${partition}:iam::${account}:role/${more.length}-${account}\n  ${more}\n`;
}

describe('guessCluster', () => {
  it('takes the account and partition of the nodes, however many rows name others', () => {
    const others = role('444455556666') + role('444455556666', 'aws', 'username: yy');

    expect(guess(others + role('111122223333', 'aws-cn', NODES))).toEqual(['111122223333', 'aws-cn']);
  });

  it('takes those that most rows name where there is no node', () => {
    expect(guess(role('111122223333') + role('444455556666') + role('444455556666', 'aws', 'username: yy'))).toEqual([
      '444455556666',
      'aws',
    ]);
  });

  it('takes the first of several that are named as often', () => {
    expect(guess(role('444455556666') + role('111122223333'))).toEqual(['444455556666', 'aws']);
  });

  it('takes the account of mapAccounts where no row works', () => {
    expect(guess(role('1'), '- "444455556666"\n')).toEqual(['444455556666', 'aws']);
  });

  it('knows nothing of an empty file', () => {
    expect(guess('')).toEqual(['', 'aws']);
  });
});
