/** The files of the smallest estate that every parser takes part in: one cluster, all documents good. */
export const CLUSTER = '111122223333/eu-west-1/payments';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const list = (items: readonly unknown[]): string => json({ apiVersion: 'v1', kind: 'List', items });

export function smallEstate(): Record<string, string | Uint8Array> {
  return {
    'manifest.json': json({
      schema: 'keyholder.evidence/v1',
      window: { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' },
    }),
    'state.json': json({ schema: 'keyholder.state/v1' }),
    'keyholder.yml': 'tags:\n  required: [owner]\n',
    '111122223333/iam.json': json({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          RoleName: 'admins',
          Path: '/',
          Arn: 'arn:aws:iam::111122223333:role/admins',
          RoleId: 'AROAEXAMPLEADMINS0001',
          CreateDate: '2025-12-01T00:00:00Z',
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
          RolePolicyList: [],
          AttachedManagedPolicies: [],
          InstanceProfileList: [],
        },
      ],
      Policies: [],
    }),
    '111122223333/cloudtrail/a.json': json({ Records: [] }),
    '111122223333/eu-west-1/trails.json': json({
      trailList: [
        {
          Name: 'all',
          IsMultiRegionTrail: true,
          status: { IsLogging: true },
          eventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
        },
      ],
    }),
    '111122223333/eu-west-1/guardduty.json': json([
      { Status: 'ENABLED', Features: [{ Name: 'EKS_AUDIT_LOGS', Status: 'ENABLED' }] },
    ]),
    [`${CLUSTER}/describe-cluster.json`]: json({
      cluster: {
        name: 'payments',
        arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
        createdAt: '2026-01-01T00:00:00Z',
        version: '1.31',
        accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
        logging: { clusterLogging: [{ types: ['audit', 'authenticator'], enabled: true }] },
      },
    }),
    [`${CLUSTER}/access-entries.json`]: json({
      accessEntries: [
        {
          principalArn: 'arn:aws:iam::111122223333:role/admins',
          type: 'STANDARD',
          username: 'admins',
          kubernetesGroups: [],
          createdAt: '2026-01-01T00:00:00Z',
          associatedAccessPolicies: [
            {
              policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
              accessScope: { type: 'cluster', namespaces: [] },
            },
          ],
        },
      ],
    }),
    [`${CLUSTER}/aws-auth.yaml`]:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n    []\n',
    [`${CLUSTER}/rbac.json`]: list([]),
    [`${CLUSTER}/node-groups.json`]: json({ nodegroups: [] }),
    [`${CLUSTER}/authenticator.log`]: '',
    [`${CLUSTER}/audit.ndjson`]: '',
  };
}
