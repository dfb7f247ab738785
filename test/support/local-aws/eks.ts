/** The EKS API over what `aws eks` printed into the evidence folder. */
import { AwsError } from './errors.ts';
import type { ClusterEstate } from './estate.ts';
import { type Fields, fieldsOf, isFields, listOf, optionalText, textOf } from './fields.ts';
import type { Call, Handler, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

const PAGES = { token: 'nextToken', max: 'maxResults' };

export const EKS: Handlers = {
  ListClusters: (call) => {
    const { items, next } = takePage(call, [...clustersOf(call).keys()].sort(), PAGES);
    return { clusters: items, nextToken: next };
  },
  DescribeCluster: (call) => ({ cluster: describe(findCluster(call)) }),
  ListAccessEntries: (call) => {
    const policy = optionalText(call.input, 'associatedPolicyArn');
    const held = listEntries(call).filter(
      (entry) => policy === undefined || policiesOf(entry).some((of) => of.policyArn === policy),
    );
    const { items, next } = takePage(
      call,
      held.map((entry) => textOf(entry, 'principalArn')),
      PAGES,
    );
    return { accessEntries: items, nextToken: next };
  },
  DescribeAccessEntry: (call) => {
    const { associatedAccessPolicies: _, ...accessEntry } = findEntry(call);
    return { accessEntry };
  },
  ListAssociatedAccessPolicies: (call) => {
    const entry = findEntry(call);
    const { items, next } = takePage(call, policiesOf(entry), PAGES);
    const { clusterName, principalArn } = entry;
    return { clusterName, principalArn, associatedAccessPolicies: items, nextToken: next };
  },
  ListAccessPolicies: (call) => {
    const arns = [...STANDARD_POLICIES.map((name) => `${POLICY_ARN}${name}`), ...listAttached(call)];
    const accessPolicies = [...new Set(arns)].map((arn) => ({ name: arn.split('/').at(-1), arn }));
    const { items, next } = takePage(call, accessPolicies, PAGES);
    return { accessPolicies: items, nextToken: next };
  },
  ...described({
    document: 'node-groups',
    list: ['ListNodegroups', 'nodegroups'],
    describe: ['DescribeNodegroup', 'nodegroup'],
    summary: ({ nodegroupName }) => nodegroupName,
    isNamed: ({ nodegroupName }, input) => nodegroupName === input.nodegroupName,
  }),
  ...described({
    document: 'fargate-profiles',
    list: ['ListFargateProfiles', 'fargateProfileNames'],
    describe: ['DescribeFargateProfile', 'fargateProfile'],
    summary: ({ fargateProfileName }) => fargateProfileName,
    isNamed: ({ fargateProfileName }, input) => fargateProfileName === input.fargateProfileName,
  }),
  ...described({
    document: 'identity-providers',
    list: ['ListIdentityProviderConfigs', 'identityProviderConfigs'],
    describe: ['DescribeIdentityProviderConfig', 'identityProviderConfig'],
    summary: ({ oidc }) => ({ type: 'oidc', name: fieldsOf(oidc).identityProviderConfigName }),
    isNamed: ({ oidc }, { identityProviderConfig: asked }) =>
      fieldsOf(oidc).identityProviderConfigName === fieldsOf(asked).name,
  }),
  ...described({
    document: 'pod-identity',
    list: ['ListPodIdentityAssociations', 'associations'],
    describe: ['DescribePodIdentityAssociation', 'association'],
    summary: ({ clusterName, namespace, serviceAccount, associationArn, associationId, ownerArn }) => ({
      clusterName,
      namespace,
      serviceAccount,
      associationArn,
      associationId,
      ownerArn,
    }),
    isNamed: ({ associationId }, input) => associationId === input.associationId,
  }),
  ...described({
    document: 'capabilities',
    list: ['ListCapabilities', 'capabilities'],
    describe: ['DescribeCapability', 'capability'],
    summary: ({ capabilityName, arn, type, status, version, createdAt, modifiedAt }) => ({
      capabilityName,
      arn,
      type,
      status,
      version,
      createdAt,
      modifiedAt,
    }),
    isNamed: ({ capabilityName }, input) => capabilityName === input.capabilityName,
  }),
};

const POLICY_ARN = 'arn:aws:eks::aws:cluster-access-policy/';
const STANDARD_POLICIES = [
  'AmazonEKSClusterAdminPolicy',
  'AmazonEKSAdminPolicy',
  'AmazonEKSAdminViewPolicy',
  'AmazonEKSEditPolicy',
  'AmazonEKSViewPolicy',
];

/** What the evidence attaches is there to be attached. */
function listAttached(call: Call): readonly string[] {
  return [...clustersOf(call).values()]
    .flatMap((cluster) => listOf(fieldsOf(cluster.json('access-entries')).accessEntries))
    .flatMap((entry) => policiesOf(fieldsOf(entry)).map((policy) => textOf(policy, 'policyArn')));
}

interface Described {
  readonly document: string;
  readonly list: readonly [operation: string, member: string];
  readonly describe: readonly [operation: string, member: string];
  readonly summary: (item: Fields) => unknown;
  readonly isNamed: (item: Fields, input: Fields) => boolean;
}

/** What a list operation names and a describe operation shows in whole. */
function described({ document, list, describe: one, summary, isNamed }: Described): Handlers {
  const [listOperation, member] = list;
  const [describeOperation, item] = one;
  const all = (call: Call): readonly Fields[] => itemsOf(findCluster(call).json(document), member, item);
  const answerList: Handler = (call) => {
    const { items, next } = takePage(call, all(call).map(summary), PAGES);
    return { [member]: items, nextToken: next };
  };
  const answerOne: Handler = (call) => {
    const found = all(call).find((candidate) => isNamed(candidate, call.input));
    if (found === undefined)
      throw new AwsError('ResourceNotFoundException', `No ${item} found for cluster: ${clusterNameOf(call)}.`);
    return { [item]: found };
  };
  return { [listOperation]: answerList, [describeOperation]: answerOne };
}

/** A list of outputs of a describe command, bare or under the member of the list command. */
function itemsOf(document: unknown, member: string, item: string): readonly Fields[] {
  const outputs = Array.isArray(document) ? document : listOf(fieldsOf(document)[member]);
  return outputs.filter(isFields).map((output) => fieldsOf(output[item] ?? output));
}

function clustersOf({ estate, account, region }: Call): ReadonlyMap<string, ClusterEstate> {
  return estate.accounts.get(account)?.regions.get(region)?.clusters ?? new Map();
}

function clusterNameOf({ input }: Call): string {
  return optionalText(input, 'clusterName') ?? textOf(input, 'name');
}

function findCluster(call: Call): ClusterEstate {
  const name = clusterNameOf(call);
  const cluster = clustersOf(call).get(name);
  if (cluster === undefined)
    throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, {
      details: { clusterName: name },
    });
  return cluster;
}

function describe(cluster: ClusterEstate): Fields {
  const document = fieldsOf(cluster.json('describe-cluster'));
  return fieldsOf(document.cluster ?? document);
}

/** A cluster that does not know access entries answers with an error that is none. */
function listEntries(call: Call): readonly Fields[] {
  const cluster = findCluster(call);
  const { authenticationMode = 'CONFIG_MAP' } = fieldsOf(describe(cluster).accessConfig);
  if (authenticationMode === 'CONFIG_MAP')
    throw new AwsError(
      'InvalidRequestException',
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  return listOf(fieldsOf(cluster.json('access-entries')).accessEntries).filter(isFields);
}

function findEntry(call: Call): Fields {
  const principalArn = textOf(call.input, 'principalArn');
  const entry = listEntries(call).find((candidate) => candidate.principalArn === principalArn);
  if (entry === undefined)
    throw new AwsError(
      'ResourceNotFoundException',
      `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.`,
    );
  return entry;
}

function policiesOf(entry: Fields): readonly Fields[] {
  return listOf(entry.associatedAccessPolicies).filter(isFields);
}
