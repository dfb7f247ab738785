/** The authenticator logs of an account, of a few minutes, into the lines that tell who logged in and who was denied. */
import { setMaxListeners } from 'node:events';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KeyholderError } from '../errors.ts';
import type { LoginQueries, LoginQuestion, RecentLogins } from '../live-ports.ts';
import type { ClusterPlace } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { AUTHENTICATOR_PREFIX, readFoldedLogins, renderRow } from './authenticator-source.ts';
import { findCluster, renderLine } from './cluster-files.ts';
import { explainFailure } from './failure.ts';
import type { QueryRun, QueryWindow } from './insights-query.ts';
import { logGroupOf } from './log-group-name.ts';
import { type ClusterLogGroup, explainUnreadable, readLogGroupStates } from './log-group-state.ts';
import { type LogReading, listGroupStreams, readLogGroups } from './log-reading.ts';
import { joinSessions } from './login-rows.ts';
import { createLogsApi } from './logs-api.ts';
import { AUTHENTICATOR_FAULTS } from './queries/authenticator-faults.ts';
import { describeScanned, type ScanBudget } from './scan-price.ts';
import { openSourceNotes, type SourceNotes } from './source-notes.ts';
import { listFilters } from './subscription-filters.ts';

const MOST_ROWS = 100_000;
/** A few minutes of a log are read in seconds: whoever waits longer holds up the next query. */
const DEADLINE_MS = 3 * 60_000;
/** Of one cluster: a client that is denied tries again a thousand times a minute. */
const MOST_FAULTS = 2_000;

export function openLoginQueries(access: AwsAccess, budget: ScanBudget): LoginQueries {
  return {
    read: async (question) => {
      const [first] = question.clusters;
      if (first === undefined) return [];
      const api = createLogsApi(access, first.region);
      const { timer, partition } = access;
      const limits = { rowLimit: MOST_ROWS, deadlineMs: DEADLINE_MS };
      return readRecentLogins({ run: { api, timer, signal: question.signal, budget, ...limits }, partition }, question);
    },
    listSubscriptions: async (cluster, signal) => {
      const logGroup = logGroupOf(cluster);
      try {
        return await listFilters(createClient(access, CloudWatchLogsClient, cluster.region), logGroup, signal);
      } catch (error) {
        const { region, account } = cluster;
        const resource = `arn:${access.partition}:logs:${region}:${account}:log-group:${logGroup}:*`;
        const asked = { action: 'logs:DescribeSubscriptionFilters', resource, on: `cluster ${cluster.name}` };
        throw new KeyholderError('read-failed', explainFailure(error, asked).reason, { cause: error });
      }
    },
  };
}

export interface LoginRun {
  readonly run: QueryRun;
  readonly partition: string;
}

export async function readRecentLogins(
  { run, partition }: LoginRun,
  { clusters, window: asked, withFaults }: LoginQuestion,
): Promise<readonly RecentLogins[]> {
  // Each call under way listens to the signal: dozens of them are no leak.
  setMaxListeners(0, run.signal);
  const window: QueryWindow = { from: toSeconds(asked.from), to: toSeconds(asked.to) };
  const states = await readLogGroupStates(clusters, { api: run.api, partition, signal: run.signal });
  const notes = openSourceNotes('authenticator-log', { clusters, window });
  const silent = new Set(noteUnreadable(states, notes));
  const groups = states.filter((state) => explainUnreadable(state) === null);
  const reading = await listGroupStreams({ run, partition, window, prefix: AUTHENTICATOR_PREFIX, notes, groups });
  for (const { cluster } of groups) if (!reading.groups.some((group) => group.cluster === cluster)) silent.add(cluster);
  const lines = await readLines(reading, withFaults);
  const { coverage } = notes.toLiveRead();
  return clusters.flatMap((cluster) => {
    const row = coverage.find((candidate) => candidate.cluster === cluster.name);
    if (row === undefined) return [];
    return [{ cluster, coverage: row, isLogged: !silent.has(cluster), lines: lines.get(cluster) ?? [] }];
  });
}

/** Gives those that have no log; of one that is denied nobody knows. */
function noteUnreadable(states: readonly ClusterLogGroup[], notes: SourceNotes): readonly ClusterPlace[] {
  return states.flatMap((state) => {
    const failure = explainUnreadable(state);
    if (failure === null) return [];
    notes.addEnd([state.cluster], null);
    notes.addFailure([state.cluster], failure);
    return failure.kind === 'missing' || failure.kind === 'disabled' ? [state.cluster] : [];
  });
}

async function readLines(
  reading: LogReading,
  withFaults: readonly ClusterPlace[],
): Promise<ReadonlyMap<ClusterPlace, readonly string[]>> {
  const lines = new Map(reading.groups.map(({ cluster }): [ClusterPlace, string[]] => [cluster, []]));
  if (reading.groups.length === 0) return lines;
  const { logins, bytes } = await readFoldedLogins(reading);
  for (const { cluster, ...folded } of logins) lines.get(cluster)?.push(...joinSessions(folded).map(renderRow));
  const { faults, bytes: more } = await readFaults(reading, withFaults);
  for (const [cluster, found] of faults) lines.get(cluster)?.push(...found);
  const places = reading.groups.map(({ cluster }) => cluster);
  reading.notes.setScan(places, describeScanned(bytes + more, places));
  return lines;
}

async function readFaults(
  reading: LogReading,
  withFaults: readonly ClusterPlace[],
): Promise<{ readonly faults: ReadonlyMap<ClusterPlace, readonly string[]>; readonly bytes: number }> {
  const groups = reading.groups.filter(({ cluster }) => withFaults.includes(cluster));
  const names = new Set(groups.map(({ logGroup }) => logGroup));
  const byGroup = new Map(groups.map(({ logGroup, cluster }) => [logGroup, cluster]));
  const faults = new Map<ClusterPlace, string[]>();
  if (groups.length === 0) return { faults, bytes: 0 };
  const streams = reading.streams.filter(({ logGroup }) => names.has(logGroup));
  const bytes = await readLogGroups(
    { ...reading, groups, streams },
    {
      text: AUTHENTICATOR_FAULTS,
      take: async (rows) => {
        for (const row of rows) {
          const cluster = findCluster(row, byGroup);
          const found = faults.get(cluster) ?? [];
          faults.set(cluster, found);
          if (found.length < MOST_FAULTS) found.push(renderLine(row));
          else
            reading.notes.addCut([cluster], `only the first ${MOST_FAULTS} denied logins and broken mappings are told`);
        }
      },
    },
  );
  return { faults, bytes };
}

function toSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
