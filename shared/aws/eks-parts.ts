/** What EKS lists by name and describes one by one: node groups, Fargate profiles, pod identity, capabilities, OIDC. */
import {
  DescribeCapabilityCommand,
  DescribeFargateProfileCommand,
  DescribeIdentityProviderConfigCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  ListCapabilitiesCommand,
  ListFargateProfilesCommand,
  ListIdentityProviderConfigsCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
} from '@aws-sdk/client-eks';
import { mapBounded } from '../bounded.ts';
import type { EksPart } from '../model/coverage.ts';
import { askAws, listPages, type PagedCall } from './call.ts';
import { askOf, CALLS_AT_ONCE, type EksPlace, type ReadPart } from './eks-place.ts';

export type ListedPart = Exclude<EksPart, 'cluster' | 'access-entries' | 'log-group'>;

interface Names<Name> {
  readonly names: readonly Name[] | undefined;
  readonly nextToken: string | undefined;
}

export interface PartCalls<Name> {
  /** Operations, and the kind of resource in their ARN. */
  readonly list: string;
  readonly describe: string;
  readonly kind: string;
  readonly askNames: (token: string | undefined) => Promise<Names<Name>>;
  /** The output of the describe command, which its file holds as it is. */
  readonly askOne: (name: Name) => Promise<object>;
}

/** Reads each part by its own calls, so that one which is denied takes no other with it. */
export function listPartReaders(eks: EksPlace): ReadonlyMap<ListedPart, () => Promise<ReadPart<object>>> {
  return mapParts(eks, (calls) => () => readPart(eks, calls));
}

export function mapParts<Result>(
  eks: EksPlace,
  use: <Name>(calls: PartCalls<Name>) => Result,
): ReadonlyMap<ListedPart, Result> {
  return new Map<ListedPart, Result>([
    ['node-groups', use(nodeGroups(eks))],
    ['fargate-profiles', use(fargateProfiles(eks))],
    ['pod-identity', use(podIdentity(eks))],
    ['capabilities', use(capabilities(eks))],
    ['identity-providers', use(identityProviders(eks))],
  ]);
}

async function readPart<Name>(eks: EksPlace, calls: PartCalls<Name>): Promise<ReadPart<object>> {
  const call: PagedCall<Names<Name>> = {
    asked: askOf(eks, calls.list),
    ask: calls.askNames,
    tokenOf: (page) => page.nextToken,
  };
  const listed = await listPages(call, (page) => page.names);
  const listFailures = listed.failure === null ? [] : [listed.failure];
  if (listed.items === null) return { items: null, failures: listFailures };
  const asked = askOf(eks, calls.describe, calls.kind);
  const described = await mapBounded(listed.items, CALLS_AT_ONCE, (name) => askAws(asked, () => calls.askOne(name)));
  // What was deleted since it was listed is there no more.
  const failures = described.flatMap(({ failure }) => (failure === null || failure.kind === 'missing' ? [] : failure));
  return { items: described.flatMap(({ value }) => value ?? []), failures: [...listFailures, ...failures] };
}

function nodeGroups({ client, place: { name: clusterName }, signal: abortSignal }: EksPlace): PartCalls<string> {
  return {
    list: 'ListNodegroups',
    describe: 'DescribeNodegroup',
    kind: 'nodegroup',
    askNames: async (nextToken) => {
      const page = await client.send(new ListNodegroupsCommand({ clusterName, nextToken }), { abortSignal });
      return { names: page.nodegroups, nextToken: page.nextToken };
    },
    askOne: (nodegroupName) =>
      client.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }), { abortSignal }),
  };
}

function fargateProfiles({ client, place: { name: clusterName }, signal: abortSignal }: EksPlace): PartCalls<string> {
  return {
    list: 'ListFargateProfiles',
    describe: 'DescribeFargateProfile',
    kind: 'fargateprofile',
    askNames: async (nextToken) => {
      const page = await client.send(new ListFargateProfilesCommand({ clusterName, nextToken }), { abortSignal });
      return { names: page.fargateProfileNames, nextToken: page.nextToken };
    },
    askOne: (fargateProfileName) =>
      client.send(new DescribeFargateProfileCommand({ clusterName, fargateProfileName }), { abortSignal }),
  };
}

function podIdentity({ client, place: { name: clusterName }, signal: abortSignal }: EksPlace): PartCalls<string> {
  return {
    list: 'ListPodIdentityAssociations',
    describe: 'DescribePodIdentityAssociation',
    kind: 'podidentityassociation',
    askNames: async (nextToken) => {
      const page = await client.send(new ListPodIdentityAssociationsCommand({ clusterName, nextToken }), {
        abortSignal,
      });
      return {
        names: page.associations?.flatMap(({ associationId }) => associationId ?? []),
        nextToken: page.nextToken,
      };
    },
    askOne: (associationId) =>
      client.send(new DescribePodIdentityAssociationCommand({ clusterName, associationId }), { abortSignal }),
  };
}

function capabilities({ client, place: { name: clusterName }, signal: abortSignal }: EksPlace): PartCalls<string> {
  return {
    list: 'ListCapabilities',
    describe: 'DescribeCapability',
    kind: 'capability',
    askNames: async (nextToken) => {
      const page = await client.send(new ListCapabilitiesCommand({ clusterName, nextToken }), { abortSignal });
      return {
        names: page.capabilities?.flatMap(({ capabilityName }) => capabilityName ?? []),
        nextToken: page.nextToken,
      };
    },
    askOne: (capabilityName) =>
      client.send(new DescribeCapabilityCommand({ clusterName, capabilityName }), { abortSignal }),
  };
}

interface ProviderName {
  readonly type: string | undefined;
  readonly name: string | undefined;
}

function identityProviders({ client, place, signal: abortSignal }: EksPlace): PartCalls<ProviderName> {
  const clusterName = place.name;
  return {
    list: 'ListIdentityProviderConfigs',
    describe: 'DescribeIdentityProviderConfig',
    kind: 'identityproviderconfig',
    askNames: async (nextToken) => {
      const page = await client.send(new ListIdentityProviderConfigsCommand({ clusterName, nextToken }), {
        abortSignal,
      });
      const names = page.identityProviderConfigs?.map(({ type, name }) => ({ type, name }));
      return { names, nextToken: page.nextToken };
    },
    askOne: (identityProviderConfig) =>
      client.send(new DescribeIdentityProviderConfigCommand({ clusterName, identityProviderConfig }), { abortSignal }),
  };
}
