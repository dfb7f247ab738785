/** Credentials into the sources of a live run. */
import type { ClusterPlace, LiveAccess, LiveCaller, LiveSources } from '../ports.ts';
import { type AwsAccess, createAwsAccess, enterAccount } from './access.ts';
import { readCallerIdentity } from './caller.ts';
import { type EksRead, listClusterNames, readEksCluster } from './eks.ts';
import { readKubernetes } from './live-kubernetes.ts';

const NOTHING = { coverage: [], queries: [], mends: [] };

export function createLiveSources(options: LiveAccess): LiveSources {
  const { region, profile, roleArn, externalId, endpoint, version = '0' } = options;
  const asCaller = createAwsAccess({
    region,
    version,
    profile: profile ?? undefined,
    roleArn: roleArn ?? undefined,
    externalId: externalId ?? undefined,
    endpoint: endpoint ?? undefined,
  });
  let entered: Promise<AwsAccess> | null = null;
  const enter = (): Promise<AwsAccess> => {
    entered ??= readCallerIdentity(asCaller).then((caller) => enterAccount(asCaller, placeOf(caller), null));
    return entered;
  };
  // What EKS said of a cluster tells the Kubernetes API where to ask, and the trail where to look.
  const known = new Map<string, EksRead>();
  return {
    readCaller: () => readCallerIdentity(asCaller),
    listClusters: async (_, at) => listClusterNames(await enter(), at),
    readAccount: async () => NOTHING,
    readRegion: async () => NOTHING,
    readCloudTrail: async () => NOTHING,
    readEks: async (place, task) => {
      const eks = await readEksCluster(await enter(), place, task);
      known.set(keyOf(place), eks);
      return eks.read;
    },
    readKubernetes: async (place, task) => {
      const cluster = known.get(keyOf(place))?.cluster ?? null;
      return readKubernetes(await enter(), { place, cluster }, task);
    },
    readLogs: async () => NOTHING,
  };
}

function placeOf({ arn, account }: LiveCaller): { readonly account: string; readonly partition: string } {
  return { account, partition: arn.split(':')[1] ?? 'aws' };
}

function keyOf({ account, region, name }: ClusterPlace): string {
  return `${account}/${region}/${name}`;
}
