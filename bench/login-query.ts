/** The query between two audits over 1,000 clusters in 80 accounts and regions: its own code, over AWS as a model has it. */
import type { LogsApi } from '../shared/aws/logs-api.ts';
import { readRecentLogins } from '../shared/aws/recent-logins.ts';
import { createScanBudget } from '../shared/aws/scan-price.ts';
import { wrapRemembered } from '../shared/findings/remembered.ts';
import type { LoginQueries } from '../shared/live-ports.ts';
import { type QueriedLogins, queryNewLogins } from '../shared/pipeline/query-new-logins.ts';
import type { ClusterPlace, FindingStore } from '../shared/ports.ts';
import { AUTHENTICATOR, logGroup, logLines, openLocalLogs } from '../test/support/local-logs.ts';
import { createMemoryStore } from '../test/support/memory-store.ts';
import type { Benchmark } from './figure.ts';
import { createModelledAws, type ModelledPlace } from './modelled-aws.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const ACCOUNTS = Array.from({ length: 20 }, (_, number) => String(111_122_223_333 + number));
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const CLUSTERS = 1_000;
const IDENTITIES = 30;
const FIRST = '2026-11-21T08:10:00Z';
const SECOND = '2026-11-21T08:20:00Z';
const QUERY_MS = 5_000;
const ROW_MS = 5;
const BUS_MS = 50;
/** The function has 280 seconds, and stops a minute before. */
const MOST_SECONDS = 220;

export const benchLoginQuery: Benchmark = async () => {
  const clock = createVirtualClock();
  const places = listPlaces();
  const aws = createModelledAws(clock);
  const call = aws.openProcess(1);
  const store = slow(createMemoryStore(), clock);
  await clock.run(rememberAll(store, places));
  const run = async (now: string): Promise<{ readonly seconds: number; readonly queried: QueriedLogins }> => {
    const startedMs = clock.nowMs();
    const bus = { put: () => clock.sleep(BUS_MS) };
    const signal = new AbortController().signal;
    const open = (account: string) => openModelled({ account, places, clock, call });
    const queried = await clock.run(queryNewLogins({ store, bus, open, signal, now }));
    return { seconds: (clock.nowMs() - startedMs) / 1000, queried };
  };
  const first = await run(FIRST);
  const second = await run(SECOND);
  const unread = [...first.queried.unasked, ...second.queried.unasked].length;
  return [
    {
      what: `query between audits, ${CLUSTERS} clusters: the first run`,
      measured: first.seconds,
      unit: 's',
      limit: MOST_SECONDS,
    },
    { what: '- a later run', measured: second.seconds, unit: 's', limit: MOST_SECONDS },
    {
      what: '- identities that were not told',
      measured: CLUSTERS * IDENTITIES - first.queried.forwarded,
      unit: '',
      limit: 0,
    },
    { what: '- identities that were told again', measured: second.queried.forwarded, unit: '', limit: 0 },
    { what: '- clusters that were not asked in whole', measured: unread, unit: '', limit: 0 },
    { what: '- calls of both runs', measured: aws.counts.calls, unit: '', limit: null },
    { what: '- of which throttled', measured: aws.counts.throttled, unit: '', limit: null },
  ];
};

function listPlaces(): readonly ClusterPlace[] {
  return Array.from({ length: CLUSTERS }, (_, index) => ({
    account: ACCOUNTS[index % ACCOUNTS.length] ?? '',
    region: REGIONS[Math.floor(index / ACCOUNTS.length) % REGIONS.length] ?? '',
    name: `cluster-${index}`,
  }));
}

async function rememberAll(store: FindingStore, places: readonly ClusterPlace[]): Promise<void> {
  for (const place of places) {
    const arn = `arn:aws:eks:${place.region}:${place.account}:cluster/${place.name}`;
    const body = wrapRemembered('cluster', { arn, ...place, at: '2026-11-21T03:00:00Z' });
    await store.put({ partition: 'estate', key: `cluster#${arn}`, version: 1, body, expiresAt: null });
  }
}

function slow(store: FindingStore, clock: VirtualClock): FindingStore {
  const late = async <T>(answer: Promise<T>): Promise<T> => {
    await clock.sleep(ROW_MS);
    return answer;
  };
  return {
    get: (partition, key) => late(store.get(partition, key)),
    list: (partition, prefix) => late(store.list(partition, prefix)),
    put: (item) => late(store.put(item)),
  };
}

interface Modelled {
  readonly account: string;
  readonly places: readonly ClusterPlace[];
  readonly clock: VirtualClock;
  readonly call: (place: ModelledPlace, action: string) => Promise<void>;
}

function openModelled({ account, places, clock, call }: Modelled): LoginQueries {
  return {
    listSubscriptions: async (cluster) => {
      await call(cluster, 'logs:DescribeSubscriptionFilters');
      return [];
    },
    read: async (question) => {
      const region = question.clusters[0]?.region ?? '';
      const own = places.filter((place) => place.account === account && place.region === region);
      const api = openApi(own, { place: { account, region }, clock, call });
      const { signal } = question;
      const budget = createScanBudget(null);
      const run = { api, timer: clock, signal, budget, rowLimit: 100_000, deadlineMs: 180_000 };
      return readRecentLogins({ run, partition: 'aws' }, question);
    },
  };
}

function openApi(
  clusters: readonly ClusterPlace[],
  { place, clock, call }: Pick<Modelled, 'clock' | 'call'> & { readonly place: ModelledPlace },
): LogsApi {
  const lines = logLines(
    AUTHENTICATOR,
    Array.from({ length: IDENTITIES }, (_, index) => login(`person-${index}`)),
  );
  const { api } = openLocalLogs(clusters.map(({ name }) => logGroup(lines, name)));
  const endsAt = new Map<string, number>();
  return {
    ...api,
    describeGroups: async (input, signal) => {
      await call(place, 'logs:DescribeLogGroups');
      return api.describeGroups(input, signal);
    },
    describeStreams: async (input, signal) => {
      await call(place, 'logs:DescribeLogStreams');
      return api.describeStreams(input, signal);
    },
    startQuery: async (input, signal) => {
      await call(place, 'logs:StartQuery');
      const answer = await api.startQuery(input, signal);
      endsAt.set(answer.queryId ?? '', clock.nowMs() + QUERY_MS);
      return answer;
    },
    getResults: async (input, signal) => {
      await call(place, 'logs:GetQueryResults');
      if ((endsAt.get(input.queryId ?? '') ?? 0) > clock.nowMs()) return { status: 'Running' };
      return api.getResults(input, signal);
    },
  };
}

function login(name: string): string {
  return `time="2026-11-21T08:07:00Z" level=info msg="access granted" arn="arn:aws:iam::111122223333:role/${name}" client="127.0.0.1:1" groups="[]" method=POST path=/authenticate stsendpoint=sts.eu-central-1.amazonaws.com uid="aws-iam-authenticator:111122223333:AROAEXAMPLE0000000001" username=${name}`;
}
