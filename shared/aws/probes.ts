/** Credentials into the probes of a preflight: accounts and regions here, clusters beside it. */
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { GetAccountAuthorizationDetailsCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { LiveProbes } from '../live-ports.ts';
import type { Probe } from '../model/preflight.ts';
import type { LiveAccess } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { openAccount } from './entered-account.ts';
import { probe } from './probe.ts';
import { probeClusterRights } from './probe-cluster.ts';
import { probeIdentityCenter } from './probe-identity-center.ts';

/** Enough to pass a page or two of throttling; a preflight that waits long has failed to be one. */
const MAX_ATTEMPTS = 3;

export function createLiveProbes(options: LiveAccess): LiveProbes {
  const { identify, enter } = openAccount(options, { maxAttempts: MAX_ATTEMPTS });
  return {
    readCaller: identify,
    probeAccount: async (account) => probeAccount(await enter(), account),
    probeRegion: async (_, at) => probeRegion(await enter(), at),
    listClusters: async (_, at) => listClusters(await enter(), at),
    probeCluster: async (place) => probeClusterRights(await enter(), place),
  };
}

async function probeAccount(access: AwsAccess, account: string): Promise<readonly Probe[]> {
  const on = `account ${account}`;
  const iam = createClient(access, IAMClient, access.region);
  const [details, organization, center] = await Promise.all([
    probe({
      source: 'iam',
      action: 'iam:GetAccountAuthorizationDetails',
      on,
      call: () => iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1 })),
    }),
    probeOrganization(createClient(access, OrganizationsClient, access.region), on),
    probeIdentityCenter(access, account),
  ]);
  return [details.probe, ...organization, ...center];
}

async function probeOrganization(client: OrganizationsClient, on: string): Promise<readonly Probe[]> {
  const source = 'organizations';
  const action = 'organizations:DescribeOrganization';
  const described = await probe({ source, action, on, call: () => client.send(new DescribeOrganizationCommand({})) });
  if (described.probe.status === 'disabled') return [described.probe];
  const call = () => client.send(new ListAccountsCommand({ MaxResults: 1 }));
  const listed = await probe({ source, action: 'organizations:ListAccounts', on, call });
  return [described.probe, listed.probe];
}

async function probeRegion(access: AwsAccess, region: string): Promise<readonly Probe[]> {
  const on = `region ${region}`;
  const trail = createClient(access, CloudTrailClient, region);
  const [history, trails, detectors] = await Promise.all([
    probe({
      source: 'cloudtrail',
      action: 'cloudtrail:LookupEvents',
      on,
      call: () => trail.send(new LookupEventsCommand({ MaxResults: 1 })),
    }),
    probeTrails(trail, on),
    probeDetectors(access, region),
  ]);
  return [history.probe, ...trails, ...detectors];
}

/** Of what is listed, here and below, the first is asked for more: where there is none, nobody needs the right. */
async function probeTrails(client: CloudTrailClient, on: string): Promise<readonly Probe[]> {
  const source = 'trails';
  const action = 'cloudtrail:DescribeTrails';
  const listed = await probe({ source, action, on, call: () => client.send(new DescribeTrailsCommand({})) });
  const [TrailName] = listed.value?.trailList?.flatMap(({ TrailARN }) => TrailARN ?? []) ?? [];
  if (TrailName === undefined) return [listed.probe];
  const of = { source, resource: TrailName, on } as const;
  const others = await Promise.all([
    probe({
      ...of,
      action: 'cloudtrail:GetTrailStatus',
      call: () => client.send(new GetTrailStatusCommand({ Name: TrailName })),
    }),
    probe({
      ...of,
      action: 'cloudtrail:GetEventSelectors',
      call: () => client.send(new GetEventSelectorsCommand({ TrailName })),
    }),
  ]);
  return [listed.probe, ...others.map((one) => one.probe)];
}

async function probeDetectors(access: AwsAccess, region: string): Promise<readonly Probe[]> {
  const client = createClient(access, GuardDutyClient, region);
  const source = 'guardduty';
  const on = `region ${region}`;
  const action = 'guardduty:ListDetectors';
  const listed = await probe({ source, action, on, call: () => client.send(new ListDetectorsCommand({})) });
  const [DetectorId] = listed.value?.DetectorIds ?? [];
  if (DetectorId === undefined) return [listed.probe];
  const call = () => client.send(new GetDetectorCommand({ DetectorId }));
  const resource = `arn:${access.partition}:guardduty:${region}:${access.account ?? '*'}:detector/*`;
  const one = await probe({ source, action: 'guardduty:GetDetector', resource, on, call });
  return [listed.probe, one.probe];
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
