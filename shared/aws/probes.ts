/** Credentials into the probes of a preflight: accounts and regions here, clusters beside it. */
import { CloudTrailClient, DescribeTrailsCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { GetAccountAuthorizationDetailsCommand, IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient, ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  ListInstancesCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { LiveProbes } from '../live-ports.ts';
import type { Probe } from '../model/preflight.ts';
import type { LiveAccess } from '../ports.ts';
import { type AwsAccess, type AwsAccessOptions, createAwsAccess, createClient, enterAccount } from './access.ts';
import { withRole } from './assumed-role.ts';
import { readCallerIdentity } from './caller.ts';
import { probe } from './probe.ts';
import { probeClusterRights } from './probe-cluster.ts';

/** Enough to pass a page or two of throttling; a preflight that waits long has failed to be one. */
const MAX_ATTEMPTS = 3;

export function createLiveProbes(options: LiveAccess, tools: Partial<AwsAccessOptions> = {}): LiveProbes {
  const { region, profile, roleArn, externalId, endpoint, version = '0' } = options;
  const own = {
    region,
    version,
    profile: profile ?? undefined,
    endpoint: endpoint ?? undefined,
    maxAttempts: MAX_ATTEMPTS,
    ...tools,
  };
  const asCaller = createAwsAccess(withRole(own, { roleArn, externalId }));
  let entered: Promise<AwsAccess> | null = null;
  const enter = (): Promise<AwsAccess> => {
    entered ??= readCallerIdentity(asCaller).then(({ account, arn }) =>
      enterAccount(asCaller, { account, partition: arn.split(':')[1] ?? 'aws' }),
    );
    return entered;
  };
  return {
    readCaller: () => readCallerIdentity(asCaller),
    probeAccount: async (account) => probeAccount(await enter(), account),
    probeRegion: async (_, at) => probeRegion(await enter(), at),
    listClusters: async (_, at) => listClusters(await enter(), at),
    probeCluster: async (place) => probeClusterRights(await enter(), place),
  };
}

async function probeAccount(access: AwsAccess, account: string): Promise<readonly Probe[]> {
  const on = `account ${account}`;
  const iam = createClient(access, IAMClient, access.region);
  const organizations = createClient(access, OrganizationsClient, access.region);
  const [details, organization, center] = await Promise.all([
    probe({
      source: 'iam',
      action: 'iam:GetAccountAuthorizationDetails',
      on,
      call: () => iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1 })),
    }),
    probe({
      source: 'organizations',
      action: 'organizations:DescribeOrganization',
      on,
      call: () => organizations.send(new DescribeOrganizationCommand({})),
    }),
    probeIdentityCenter(access, account),
  ]);
  return [details.probe, organization.probe, ...center];
}

async function probeIdentityCenter(access: AwsAccess, account: string): Promise<readonly Probe[]> {
  const source = 'identity-center';
  const sso = createClient(access, SSOAdminClient, access.region);
  const on = `region ${access.region}`;
  const instances = await probe({
    source,
    action: 'sso:ListInstances',
    on,
    call: () => sso.send(new ListInstancesCommand({})),
  });
  const [instance] = instances.value?.Instances ?? [];
  if (instance === undefined) return [instances.probe];
  const { InstanceArn, IdentityStoreId } = instance;
  const store = createClient(access, IdentitystoreClient, access.region);
  const page = { IdentityStoreId, MaxResults: 1 };
  const others = await Promise.all([
    probe({
      source,
      action: 'sso:ListPermissionSetsProvisionedToAccount',
      on,
      call: () => sso.send(new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: account })),
    }),
    probe({ source, action: 'identitystore:ListUsers', on, call: () => store.send(new ListUsersCommand(page)) }),
    probe({ source, action: 'identitystore:ListGroups', on, call: () => store.send(new ListGroupsCommand(page)) }),
  ]);
  return [instances.probe, ...others.map((one) => one.probe)];
}

async function probeRegion(access: AwsAccess, region: string): Promise<readonly Probe[]> {
  const on = `region ${region}`;
  const trail = createClient(access, CloudTrailClient, region);
  const guard = createClient(access, GuardDutyClient, region);
  const made = await Promise.all([
    probe({
      source: 'cloudtrail',
      action: 'cloudtrail:LookupEvents',
      on,
      call: () => trail.send(new LookupEventsCommand({ MaxResults: 1 })),
    }),
    probe({
      source: 'trails',
      action: 'cloudtrail:DescribeTrails',
      on,
      call: () => trail.send(new DescribeTrailsCommand({})),
    }),
    probe({
      source: 'guardduty',
      action: 'guardduty:ListDetectors',
      on,
      call: () => guard.send(new ListDetectorsCommand({})),
    }),
  ]);
  return made.map((one) => one.probe);
}

async function listClusters(access: AwsAccess, region: string) {
  const client = createClient(access, EKSClient, region);
  const names: string[] = [];
  for (let nextToken: string | undefined; ; ) {
    const token = nextToken;
    const page = await probe({
      source: 'eks-api',
      action: 'eks:ListClusters',
      on: `region ${region}`,
      call: () => client.send(new ListClustersCommand({ nextToken: token })),
    });
    if (page.value === null) return { probe: page.probe, names: null };
    names.push(...(page.value.clusters ?? []));
    nextToken = page.value.nextToken;
    if (nextToken === undefined || nextToken === token) return { probe: page.probe, names };
  }
}
