import { describe, expect, it } from 'vitest';
import { parseLogGroup } from '../../shared/evidence/log-group.ts';
import { clusterText } from '../support/cluster-text.ts';

const GROUP = {
  logGroupName: '/aws/eks/payments/cluster',
  creationTime: 1714564800000,
  retentionInDays: 90,
  logGroupClass: 'STANDARD',
};

function parse(content: unknown) {
  return parseLogGroup(clusterText('log-group.json', content));
}

describe('parseLogGroup', () => {
  it.each([
    ['the output of describe-log-groups', { logGroups: [GROUP] }],
    ['one group alone', GROUP],
  ])('reads %s', (_name, content) => {
    expect(parse(content)).toMatchObject({
      logGroup: {
        name: '/aws/eks/payments/cluster',
        retentionDays: 90,
        logClass: 'STANDARD',
        evidence: { source: 'eks-api', id: '/aws/eks/payments/cluster', at: '2024-05-01T12:00:00Z' },
      },
      skips: [],
    });
  });

  it('picks the cluster among groups with the same beginning', () => {
    const longer = { ...GROUP, logGroupName: '/aws/eks/payments/cluster-archive' };

    expect(parse({ logGroups: [longer, GROUP] }).logGroup?.name).toBe('/aws/eks/payments/cluster');
  });

  it('gives none where none of that name is listed', () => {
    expect(parse({ logGroups: [] })).toEqual({ logGroup: null, skips: [] });
  });

  it('leaves the retention of a group that keeps for ever unset', () => {
    expect(parse({ ...GROUP, retentionInDays: undefined }).logGroup?.retentionDays).toBeNull();
  });

  it('counts an object that is no log group', () => {
    expect(parse({ nodegroup: {} })).toMatchObject({
      logGroup: null,
      skips: [{ reason: 'expected the output of aws logs describe-log-groups', count: 1 }],
    });
  });
});
