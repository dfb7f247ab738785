/** One cluster as EKS describes it, piece by piece, into the files of its folder. */
import { type Cluster, DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { KeyholderError } from '../errors.ts';
import type { ClusterPlace, LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws, listPages } from './call.ts';
import { renderJoined, renderOutput } from './cli-json.ts';
import { type EntryWithPolicies, readAccessEntries } from './eks-entries.ts';
import { type ListedPart, listPartReaders } from './eks-parts.ts';
import { askOf, type EksPlace, openEksPlace, type ReadPart } from './eks-place.ts';
import { refusalOf } from './failure.ts';
import { openNotes, type ReadNotes } from './live-read.ts';
import { listLogGroups } from './log-groups.ts';
import { createLogsApi } from './logs-api.ts';

export interface EksRead {
  readonly read: LiveRead;
  readonly cluster: Cluster | null;
  /** null where they could not be read. */
  readonly entries: readonly EntryWithPolicies[] | null;
}

export interface EksTask extends LiveTask {
  /** Hears of the cluster before anything of it is written: others wait for no more than that. */
  readonly tell?: (cluster: Cluster) => void;
}

export async function readEksCluster(access: AwsAccess, place: ClusterPlace, task: EksTask): Promise<EksRead> {
  const eks = openEksPlace(access, place, task);
  const { account, region, name } = place;
  const notes = openNotes({ account, region, cluster: name });
  const write = (file: string, text: string): Promise<void> =>
    task.sink.write(`${account}/${region}/${name}/${file}`, text);
  const cluster = await describeCluster(eks, notes);
  if (cluster !== null) {
    task.tell?.(cluster);
    await write('describe-cluster.json', renderOutput({ cluster }));
  }
  const hasEntries = hasAccessEntries(cluster);
  const entries = hasEntries ? await readAccessEntries(eks) : { items: [], failures: [] };
  if (hasEntries && entries.items !== null) {
    await write('access-entries.json', renderJoined({ accessEntries: entries.items }));
  }
  addPart(notes, 'access-entries', entries);
  for (const [part, readPart] of listPartReaders(eks)) {
    const read = await readPart();
    if (read.items !== null) await write(`${part}.json`, renderJoined(read.items));
    addPart(notes, part, read);
  }
  const logs = createLogsApi(access, region);
  const { items: logGroups, failure } = await listLogGroups(logs, eks);
  if (logGroups !== null) await write('log-group.json', renderOutput({ logGroups }));
  addPart(notes, 'log-group', { items: logGroups, failures: failure === null ? [] : [failure] });
  return { read: notes.toLiveRead(), cluster, entries: entries.items };
}

/** Throws KeyholderError('read-failed') where the region does not list its clusters. */
export async function listClusterNames(access: AwsAccess, region: string): Promise<readonly string[]> {
  const client = createClient(access, EKSClient, region);
  const { items, failure } = await listPages(
    {
      asked: { action: 'eks:ListClusters', resource: '*', on: `region ${region}` },
      ask: (nextToken) => client.send(new ListClustersCommand({ nextToken })),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.clusters,
  );
  if (failure !== null) {
    throw new KeyholderError('read-failed', failure.reason, { refusal: refusalOf(failure) });
  }
  return items ?? [];
}

async function describeCluster(eks: EksPlace, notes: ReadNotes): Promise<Cluster | null> {
  const { client, place, signal } = eks;
  const command = new DescribeClusterCommand({ name: place.name });
  const { value, failure } = await askAws(askOf(eks, 'DescribeCluster'), () =>
    client.send(command, { abortSignal: signal }),
  );
  if (failure === null) return value.cluster ?? null;
  addPart(notes, 'cluster', { items: null, failures: [failure] });
  return null;
}

/** In mode CONFIG_MAP, which clusters of before access entries have without saying so, the calls on them are refused. */
function hasAccessEntries(cluster: Cluster | null): boolean {
  return cluster === null || (cluster.accessConfig?.authenticationMode ?? 'CONFIG_MAP') !== 'CONFIG_MAP';
}

function addPart(
  notes: ReadNotes,
  part: ListedPart | 'cluster' | 'access-entries' | 'log-group',
  { items, failures }: ReadPart<unknown>,
): void {
  notes.addMissed({ source: 'eks-api', part, inPart: items !== null, failures });
}
