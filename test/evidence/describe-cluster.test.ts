import { describe, expect, it } from 'vitest';
import { parseDescribeCluster, unknownCluster } from '../../shared/evidence/describe-cluster.ts';
import { clusterText } from '../support/cluster-text.ts';

const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';

function parse(content: unknown) {
  return parseDescribeCluster(clusterText('describe-cluster.json', content));
}

function described(fields: Readonly<Record<string, unknown>>) {
  return { cluster: { name: 'payments', arn: ARN, createdAt: '2024-05-01T12:00:00Z', ...fields } };
}

describe('parseDescribeCluster', () => {
  it('reads what describe-cluster prints', () => {
    const { cluster, skips } = parse({
      cluster: {
        name: 'payments',
        arn: ARN,
        createdAt: '2024-05-01T14:00:00.123000+02:00',
        version: '1.31',
        endpoint: 'https://0A1B.gr7.eu-west-1.eks.amazonaws.com',
        roleArn: 'arn:aws:iam::111122223333:role/eks-cluster',
        resourcesVpcConfig: {
          endpointPublicAccess: true,
          endpointPrivateAccess: false,
          publicAccessCidrs: ['0.0.0.0/0'],
        },
        logging: {
          clusterLogging: [
            { types: ['api', 'audit'], enabled: true },
            { types: ['authenticator'], enabled: false },
          ],
        },
        status: 'ACTIVE',
        platformVersion: 'eks.12',
        tags: { env: 'prod' },
        accessConfig: {
          bootstrapClusterCreatorAdminPermissions: true,
          authenticationMode: 'API_AND_CONFIG_MAP',
        },
      },
    });

    expect(skips).toEqual([]);
    expect(cluster).toEqual({
      arn: ARN,
      name: 'payments',
      account: '111122223333',
      region: 'eu-west-1',
      partition: 'aws',
      createdAt: '2024-05-01T12:00:00.123Z',
      version: '1.31',
      platformVersion: 'eks.12',
      status: 'ACTIVE',
      authenticationMode: 'API_AND_CONFIG_MAP',
      bootstrapCreatorAdmin: true,
      logTypes: ['api', 'audit'],
      endpoint: { publicAccess: true, privateAccess: false, publicCidrs: ['0.0.0.0/0'] },
      roleArn: 'arn:aws:iam::111122223333:role/eks-cluster',
      tags: { env: 'prod' },
      evidence: [
        { source: 'eks-api', id: ARN, at: '2024-05-01T12:00:00.123Z', file: 'describe-cluster.json', line: 2 },
      ],
    });
  });

  it('takes a cluster without accessConfig as one of the ConfigMap', () => {
    expect(parse(described({})).cluster?.authenticationMode).toBe('CONFIG_MAP');
  });

  it('does not guess what an unknown authentication mode means', () => {
    const { cluster, skips } = parse(described({ accessConfig: { authenticationMode: 'PODS' } }));

    expect(cluster?.authenticationMode).toBeNull();
    expect(skips).toMatchObject([{ reason: 'an authentication mode that is not known', sample: 'PODS' }]);
  });

  it('leaves log types and endpoint unknown where they are not stated', () => {
    expect(parse(described({})).cluster).toMatchObject({ logTypes: null, endpoint: null });
  });

  it('reads a time of creation in seconds', () => {
    expect(parse(described({ createdAt: 1714564800.5 })).cluster?.createdAt).toBe('2024-05-01T12:00:00.500Z');
  });

  it('says that the time of creation is missing', () => {
    const { cluster, skips } = parse(described({ createdAt: 'soon' }));

    expect(cluster?.createdAt).toBeNull();
    expect(skips).toMatchObject([{ reason: 'a cluster without a time of creation', count: 1 }]);
  });

  it('lets the folder name the cluster, and says that they differ', () => {
    const other = 'arn:aws:eks:eu-west-1:111122223333:cluster/orders';

    const { cluster, skips } = parse(described({ name: 'orders', arn: other, version: '1.30' }));

    expect(cluster).toMatchObject({ arn: ARN, name: 'payments', version: '1.30' });
    expect(skips).toMatchObject([
      { reason: `describes ${other} but lies in the folder of ${ARN}, which counts`, count: 1 },
    ]);
  });

  it.each([
    ['another document', { nodegroup: {} }, 'expected the output of aws eks describe-cluster'],
    ['a bare name', '"payments"', 'lists names only: aws eks describe-cluster prints the rest'],
    ['no JSON', 'payments', 'not JSON: expected a value, got "p"'],
  ])('gives no cluster for %s', (_name, content, reason) => {
    const { cluster, skips } = parse(content);

    expect(cluster).toBeNull();
    expect(skips).toMatchObject([{ reason, count: 1 }]);
  });

  it('takes the first of two clusters and counts the second', () => {
    const { cluster, skips } = parse([described({ version: '1.31' }), described({ version: '1.32' })]);

    expect(cluster?.version).toBe('1.31');
    expect(skips).toMatchObject([{ reason: 'a second cluster in one file', count: 1 }]);
  });
});

describe('unknownCluster', () => {
  it.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('finds the partition of %s', (region, partition) => {
    const cluster = unknownCluster({ account: '111122223333', region, name: 'payments' });

    expect(cluster.arn).toBe(`arn:${partition}:eks:${region}:111122223333:cluster/payments`);
    expect(cluster).toMatchObject({ partition, authenticationMode: null, createdAt: null, evidence: [] });
  });
});
