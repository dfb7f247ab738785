import { describe, expect, it } from 'vitest';
import { partitionOf } from '../../shared/aws/partition.ts';
import { partitionOf as nameOf } from '../../shared/rules/arn.ts';

const REGIONS = [
  'eu-central-1',
  'us-west-2',
  'cn-north-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
];

describe('partitionOf', () => {
  it('gives the name and the end of host names, of a region with a prefix of its own and of one without', () => {
    expect(partitionOf('cn-north-1')).toEqual({ name: 'aws-cn', suffix: 'amazonaws.com.cn' });
    expect(partitionOf('eu-central-1')).toEqual({ name: 'aws', suffix: 'amazonaws.com' });
  });

  it.each(REGIONS)('puts %s into the partition that the grammar of ARNs puts it into', (region) => {
    expect(partitionOf(region).name).toBe(nameOf(region));
  });
});
