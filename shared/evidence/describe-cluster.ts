/** describe-cluster.json into a Cluster; the place in the folder says which one it is. */
import type { Skip } from '../model/coverage.ts';
import type { AuthenticationMode, Cluster } from '../model/eks.ts';
import { partitionOf } from '../rules/arn.ts';
import { isoTime } from '../rules/time.ts';
import {
  type ClusterPlace,
  type ClusterText,
  eksRef,
  type Item,
  listDescribed,
  type OutputShape,
} from './cluster-text.ts';
import { booleanIn, fieldIn, isRecord, itemsIn, textIn, textMapIn, textsIn } from './json-fields.ts';
import type { SkipTally } from './skip-tally.ts';

const SHAPE: OutputShape = { one: 'cluster', many: [], command: 'aws eks describe-cluster' };
const MODES: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

export function parseDescribeCluster(source: ClusterText): {
  readonly cluster: Cluster | null;
  readonly skips: readonly Skip[];
} {
  const { items, skips } = listDescribed(source, SHAPE);
  const [item, second] = items;
  if (second !== undefined) skips.add('a second cluster in one file', second.value, second);
  if (item === undefined) return { cluster: null, skips: skips.list() };
  if (textIn(item.value, 'name') === null && textIn(item.value, 'arn') === null) {
    skips.add(`expected the output of ${SHAPE.command}`, item.value, item);
    return { cluster: null, skips: skips.list() };
  }
  const cluster = describeCluster(source, item, skips);
  return { cluster, skips: skips.list() };
}

/** A cluster of which nothing but its place is known. */
export function unknownCluster(place: ClusterPlace): Cluster {
  const { account, region, name } = place;
  const partition = partitionOf(region);
  return {
    arn: `arn:${partition}:eks:${region}:${account}:cluster/${name}`,
    name,
    account,
    region,
    partition,
    createdAt: null,
    version: null,
    platformVersion: null,
    status: null,
    authenticationMode: null,
    bootstrapCreatorAdmin: null,
    logTypes: null,
    endpoint: null,
    roleArn: null,
    tags: {},
    evidence: [],
  };
}

function describeCluster(source: ClusterText, item: Item, skips: SkipTally): Cluster {
  const { value } = item;
  const bare = unknownCluster(source.place);
  const arn = textIn(value, 'arn') ?? bare.arn;
  const name = textIn(value, 'name') ?? bare.name;
  if (arn !== bare.arn || name !== bare.name) {
    skips.add(`describes ${arn} but lies in the folder of ${bare.arn}, which counts`, value, item);
  }
  const createdAt = isoTime(fieldIn(value, 'createdAt'));
  if (createdAt === null) skips.add('a cluster without a time of creation', value, item);
  const accessConfig = fieldIn(value, 'accessConfig');
  return {
    ...bare,
    createdAt,
    version: textIn(value, 'version'),
    platformVersion: textIn(value, 'platformVersion'),
    status: textIn(value, 'status'),
    authenticationMode: parseMode(accessConfig, item, skips),
    bootstrapCreatorAdmin: booleanIn(accessConfig, 'bootstrapClusterCreatorAdminPermissions'),
    logTypes: parseLogTypes(fieldIn(value, 'logging'))?.on ?? null,
    endpoint: parseClusterEndpoint(fieldIn(value, 'resourcesVpcConfig')),
    roleArn: textIn(value, 'roleArn'),
    tags: textMapIn(value, 'tags'),
    evidence: [eksRef(source, item.line, { id: bare.arn, at: createdAt })],
  };
}

/** Clusters from before access entries have no accessConfig, and only the ConfigMap counts. */
function parseMode(accessConfig: unknown, item: Item, skips: SkipTally): AuthenticationMode | null {
  const stated = fieldIn(accessConfig, 'authenticationMode') ?? 'CONFIG_MAP';
  const mode = parseAuthenticationMode(stated);
  if (mode === null) skips.add('an authentication mode that is not known', stated, item);
  return mode;
}

/** null for a mode that we do not know. */
export function parseAuthenticationMode(stated: unknown): AuthenticationMode | null {
  return MODES.find((known) => known === stated) ?? null;
}

/** The log types that `logging` names, on and off; null where it names none. */
export function parseLogTypes(
  logging: unknown,
): { readonly on: readonly string[]; readonly off: readonly string[] } | null {
  const setups = itemsIn(logging, 'clusterLogging');
  if (setups === null) return null;
  const typesThatAre = (enabled: boolean): readonly string[] => [
    ...new Set(setups.filter((s) => booleanIn(s, 'enabled') === enabled).flatMap((s) => textsIn(s, 'types'))),
  ];
  return { on: typesThatAre(true), off: typesThatAre(false) };
}

/** `before` stands in for what `vpc` does not say. */
export function parseClusterEndpoint(vpc: unknown, before: Cluster['endpoint'] = null): Cluster['endpoint'] {
  const publicAccess = booleanIn(vpc, 'endpointPublicAccess') ?? before?.publicAccess;
  const privateAccess = booleanIn(vpc, 'endpointPrivateAccess') ?? before?.privateAccess;
  if (!isRecord(vpc) || publicAccess === undefined || privateAccess === undefined) return before;
  const publicCidrs = itemsIn(vpc, 'publicAccessCidrs') === null ? before?.publicCidrs : undefined;
  return { publicAccess, privateAccess, publicCidrs: publicCidrs ?? textsIn(vpc, 'publicAccessCidrs') };
}
