/** The calls that CloudTrail is asked for, by name: each name is one sequence of LookupEvents. */

/** Recorded in the region of the cluster. */
export const CLUSTER_EVENTS = [
  'CreateCluster',
  'DeleteCluster',
  'UpdateClusterConfig',
  'CreateAccessEntry',
  'UpdateAccessEntry',
  'DeleteAccessEntry',
  'AssociateAccessPolicy',
  'DisassociateAccessPolicy',
  'AssociateIdentityProviderConfig',
  'DisassociateIdentityProviderConfig',
  'CreateCapability',
  'UpdateCapability',
  'DeleteNodegroup',
  'DeleteFargateProfile',
  'DeleteLogGroup',
  'DeleteLogStream',
  'PutRetentionPolicy',
  'DeleteSubscriptionFilter',
  'DisassociateKmsKey',
  'DeleteTrail',
  'PutEventSelectors',
  'StopLogging',
  'UpdateTrail',
] as const;

/** IAM records its calls in one region of the partition. */
export const IAM_EVENTS = ['CreateRole', 'DeleteRole', 'UpdateAssumeRolePolicy', 'CreateUser', 'DeleteUser'] as const;

const IAM_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-eusc', 'eusc-de-east-1'],
]);

/** null where nobody has said which it is. */
export function iamRegionOf(partition: string): string | null {
  return IAM_REGIONS.get(partition) ?? null;
}
