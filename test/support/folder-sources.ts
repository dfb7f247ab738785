/** LiveSources that read an evidence folder instead of AWS: what a method has of a place, and what it refuses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../../shared/model/coverage.ts';
import type { ClusterPlace, LiveRead, LiveSources, LiveTask, LogTask } from '../../shared/ports.ts';

const CALLER = {
  arn: 'arn:aws:sts::111122223333:assumed-role/auditor/alice',
  account: '111122223333',
  userId: 'AROAEXAMPLEAUDITOR00:alice',
};
const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };
const OF_KUBERNETES = new Set(['rbac.json', 'aws-auth.yaml', 'aws-auth.json']);
const OF_LOGS = new Set(['authenticator.log', 'audit.ndjson']);

export function readFolderLive(dir: string, changes: Partial<LiveSources> = {}): LiveSources {
  const copy = async (files: readonly string[], { sink }: LiveTask): Promise<LiveRead> => {
    for (const file of files) {
      if (existsSync(join(dir, file))) await sink.write(file, readFileSync(join(dir, file), 'utf8'));
    }
    return NOTHING;
  };
  const copyOf = (place: ClusterPlace, task: LiveTask, isWanted: (name: string) => boolean): Promise<LiveRead> => {
    const folder = `${place.account}/${place.region}/${place.name}`;
    return copy(
      listNames(join(dir, folder))
        .filter(isWanted)
        .map((name) => `${folder}/${name}`),
      task,
    );
  };
  return {
    readCaller: async () => CALLER,
    listClusters: async (account, region) =>
      listNames(join(dir, account, region)).filter((name) => !name.endsWith('.json')),
    readAccount: (account, task) =>
      copy(
        ['iam.json', 'identity-center.json', 'organization.json'].map((name) => `${account}/${name}`),
        task,
      ),
    readRegion: (account, region, task) =>
      copy(
        ['trails.json', 'guardduty.json'].map((name) => `${account}/${region}/${name}`),
        task,
      ),
    async readCloudTrail([first], task) {
      const account = first?.account ?? '';
      const folder = join(dir, account, 'cloudtrail');
      const files = listNames(folder, true).filter((name) => /\.json$/.test(name));
      await copy(
        files.map((name) => `${account}/cloudtrail/${name}`),
        task,
      );
      return { ...NOTHING, coverage: [covered('cloudtrail', first, task)] };
    },
    readEks: (place, task) => copyOf(place, task, (name) => !OF_KUBERNETES.has(name) && !OF_LOGS.has(name)),
    readKubernetes: (place, task) => copyOf(place, task, (name) => OF_KUBERNETES.has(name)),
    async readLogs(clusters, task) {
      for (const place of clusters) await copyOf(place, task, (name) => OF_LOGS.has(name));
      const coverage = (['authenticator-log', 'audit-log'] as const).map((log) => covered(log, clusters[0], task));
      return { coverage, queries: ['fields @timestamp, @message | limit 10000'], mends: [] };
    },
    ...changes,
  };
}

function covered(source: Source, place: ClusterPlace | undefined, { window }: LogTask) {
  const { account = null, region = null } = place ?? {};
  return { source, account, region, cluster: null, part: null, status: 'complete', window, reason: null } as const;
}

function listNames(folder: string, recursive = false): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive, encoding: 'utf8' }).sort();
}
