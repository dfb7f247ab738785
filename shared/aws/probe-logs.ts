/** A cluster's log group into the probes of reading it: which log types there are, and each call that a query takes. */
import type { Cluster } from '@aws-sdk/client-eks';
import type { Probe } from '../model/preflight.ts';
import type { ClusterPlace } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { AUTHENTICATOR_PREFIX } from './authenticator-source.ts';
import { logGroupOf } from './log-group-name.ts';
import { createLogsApi, type LogsApi } from './logs-api.ts';
import { probe } from './probe.ts';

const LOGS = [
  ['authenticator', 'authenticator-log'],
  ['audit', 'audit-log'],
] as const;

export async function probeLogs(
  access: AwsAccess,
  place: ClusterPlace,
  cluster: Cluster | null,
): Promise<readonly Probe[]> {
  const types = new Set(
    (cluster?.logging?.clusterLogging ?? []).flatMap((one) => (one.enabled ? (one.types ?? []) : [])),
  );
  const off = LOGS.filter(([type]) => cluster !== null && !types.has(type));
  const disabled = off.map(([type, source]): Probe => {
    const reason = `the ${type} log type of cluster ${place.name} is off`;
    const logging = `'{"clusterLogging":[{"types":["${type}"],"enabled":true}]}'`;
    const mend = `aws eks update-cluster-config --region ${place.region} --name ${place.name} --logging ${logging}`;
    return { source, action: 'logs:StartQuery', status: 'disabled', reason, mend };
  });
  if (off.length === LOGS.length) return disabled;
  return [...disabled, ...(await probeQuery(createLogsApi(access, place.region), access, place))];
}

/** A query over one second of the past: what it scans is not worth a cent. */
async function probeQuery(api: LogsApi, { partition }: AwsAccess, place: ClusterPlace): Promise<readonly Probe[]> {
  const { account, region, name } = place;
  const group = logGroupOf(place);
  const base = { source: 'authenticator-log', on: `cluster ${name}` } as const;
  const resource = `arn:${partition}:logs:${region}:${account}:log-group:${group}:*`;
  const { signal } = new AbortController();
  // Recent, since a window before the group was made is refused.
  const endTime = Math.floor(Date.now() / 1000);
  const groups = await probe({
    ...base,
    action: 'logs:DescribeLogGroups',
    resource: `arn:${partition}:logs:${region}:${account}:log-group:*`,
    call: () => api.describeGroups({ logGroupNamePrefix: group }, signal),
  });
  const streams = await probe({
    ...base,
    action: 'logs:DescribeLogStreams',
    resource,
    call: () =>
      api.describeStreams({ logGroupName: group, logStreamNamePrefix: AUTHENTICATOR_PREFIX, limit: 1 }, signal),
  });
  const started = await probe({
    ...base,
    action: 'logs:StartQuery',
    resource,
    call: () =>
      api.startQuery(
        { logGroupNames: [group], startTime: endTime - 1, endTime, queryString: 'fields @timestamp | limit 1' },
        signal,
      ),
  });
  const probes = [groups.probe, streams.probe, started.probe];
  const queryId = started.value?.queryId;
  if (queryId === undefined) return probes;
  const results = await probe({
    ...base,
    action: 'logs:GetQueryResults',
    call: () => api.getResults({ queryId }, signal),
  });
  const stopped = await probe({
    ...base,
    action: 'logs:StopQuery',
    call: () => api.stopQuery(queryId),
    // A query that has ended cannot be stopped any more, and that is said in other words than a denial.
    passes: ({ status }) => status !== 'denied',
  });
  return [...probes, results.probe, stopped.probe];
}
