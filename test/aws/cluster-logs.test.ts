import { describe, expect, it } from 'vitest';
import { readRegionLogs } from '../../shared/aws/cluster-logs.ts';
import type { LogsApi } from '../../shared/aws/logs-api.ts';
import type { ClusterPlace, LiveRead } from '../../shared/ports.ts';
import {
  AUDIT,
  AUTHENTICATOR,
  awsError,
  type LocalLogs,
  logGroup,
  logLines,
  ONE,
  openLocalLogs,
  openRegion,
  PLACE,
} from '../support/local-logs.ts';

const ALICE = 'arn:aws:iam::111122223333:role/alice';
const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const PAYMENTS = '111122223333/eu-central-1/payments';

function login(arn: string, uid: string, { groups = '[]', at = '2026-11-20T08:00:00Z', port = 1 } = {}): string {
  return `time="${at}" level=info msg="access granted" arn="${arn}" client="127.0.0.1:${port}" groups="${groups}" method=POST path=/authenticate stsendpoint=sts.eu-central-1.amazonaws.com uid="aws-iam-authenticator:111122223333:${uid}" username=someone`;
}

function sts(uid: string, session: string, { at = '2026-11-20T08:00:00Z', port = 1 } = {}): string {
  return `time="${at}" level=info msg="STS response" accesskeyid=ASIAIOSFODNN7EXAMPLE accountid=111122223333 arn="arn:aws:sts::111122223333:assumed-role/r/${session}" client="127.0.0.1:${port}" method=POST path=/authenticate session=${session} stsendpoint=sts.eu-central-1.amazonaws.com userid=${uid}`;
}

const DENIED =
  'time="2026-11-20T09:00:00Z" level=warning msg="access denied" client="127.0.0.1:9" error="identity is not mapped"';

const LINES = [
  sts('AROAEXAMPLEALICE0001', 'alice'),
  login(ALICE, 'AROAEXAMPLEALICE0001'),
  sts('AROAEXAMPLEALICE0001', 'alice', { at: '2026-11-20T10:00:00Z' }),
  login(ALICE, 'AROAEXAMPLEALICE0001', { at: '2026-11-20T10:00:00Z' }),
  sts('AROAEXAMPLEADMIN0001', 'root-shell', { port: 2 }),
  login(ADMIN, 'AROAEXAMPLEADMIN0001', { groups: '[system:masters]', port: 2 }),
  DENIED,
];

async function read(
  local: LocalLogs | LogsApi,
  more: Parameters<typeof openRegion>[1] & {
    readonly knownAdmins?: readonly string[];
    readonly clusters?: readonly ClusterPlace[];
  } = {},
) {
  const region = openRegion('api' in local ? local.api : local, more);
  const knownAdmins = more.knownAdmins ?? [];
  const live = await readRegionLogs({ ...region, knownAdmins }, more.clusters ?? ONE, region.task);
  const linesOf = (file: string) =>
    (region.written.get(file) ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { live, region, linesOf };
}

function statuses({ coverage }: LiveRead): readonly (readonly unknown[])[] {
  return coverage.map(({ cluster, source, status, window }) => [cluster, source, status, window?.from ?? null]);
}

function reasonOf({ coverage }: LiveRead, source: string, cluster = 'payments'): string | null | undefined {
  return coverage.find((row) => row.source === source && row.cluster === cluster)?.reason;
}

function open(lines: readonly string[] = LINES, options: Parameters<typeof openLocalLogs>[1] = {}): LocalLogs {
  return openLocalLogs([logGroup(logLines(AUTHENTICATOR, lines))], options);
}

type Query = Parameters<LogsApi['startQuery']>[0];

function refusing({ api }: LocalLogs, code: string, isRefused: (query: Query) => boolean): LogsApi {
  return {
    ...api,
    startQuery: async (query, signal) => {
      if (isRefused(query)) throw awsError(code);
      return api.startQuery(query, signal);
    },
  };
}

const FROM = '2026-11-20T00:00:00Z';

describe('readRegionLogs', () => {
  it('writes lines that matter whole and everything else folded', async () => {
    const { linesOf, live } = await read(open());

    const written = linesOf(`${PAYMENTS}/authenticator.log`);
    expect(written.map((line) => line['@message'] ?? line)).toEqual([
      LINES[4],
      LINES[5],
      DENIED,
      {
        arn: ALICE,
        uid: 'aws-iam-authenticator:111122223333:AROAEXAMPLEALICE0001',
        username: 'someone',
        groups: '[]',
        stsendpoint: 'sts.eu-central-1.amazonaws.com',
        session: 'alice',
        first: String(Date.parse('2026-11-20T08:00:00Z')),
        last: String(Date.parse('2026-11-20T10:00:00Z')),
        count: 2,
        exampleStream: AUTHENTICATOR,
        examplePtr: 'authenticator--3',
      },
    ]);
    expect(written[2]).toEqual({
      '@timestamp': '2026-11-20 09:00:00.000',
      '@logStream': AUTHENTICATOR,
      '@ptr': 'authenticator--6',
      '@message': DENIED,
    });
    expect(live.coverage[0]).toEqual({
      source: 'authenticator-log',
      account: PLACE.account,
      region: PLACE.region,
      cluster: 'payments',
      part: null,
      status: 'complete',
      window: { from: FROM, to: '2026-11-21T00:00:00Z' },
      reason: '0.0000 GB, about $0.0000 scanned for one cluster',
      scan: { bytesScanned: 3_820, dollars: 0, clusters: 1 },
    });
  });

  it('folds the sessions of known admins too', async () => {
    const { linesOf } = await read(open(), { knownAdmins: [ADMIN] });

    const written = linesOf(`${PAYMENTS}/authenticator.log`);
    expect(written.map((line) => line['@message'] ?? [line.arn, line.session, line.count])).toEqual([
      DENIED,
      [ALICE, 'alice', 2],
      [ADMIN, 'root-shell', 1],
    ]);
  });

  it('keeps the folded logins of admins when their lines could not be read', async () => {
    const { linesOf, live } = await read(
      refusing(
        open(),
        'ServiceUnavailableException',
        ({ queryString }) => queryString?.includes('level=(?:warning') === true,
      ),
    );

    expect(linesOf(`${PAYMENTS}/authenticator.log`).map((line) => line.arn)).toEqual([ALICE, ADMIN]);
    expect(statuses(live)[0]).toEqual(['payments', 'authenticator-log', 'unavailable', null]);
  });

  it('leaves an empty file where the log was silent', async () => {
    const old = logLines(AUDIT, ['{}'], '2026-11-10T08:00:00Z');

    const { region, live } = await read(openLocalLogs([logGroup([...old, ...logLines(AUTHENTICATOR, LINES)])]));

    expect(region.written.get(`${PAYMENTS}/audit.ndjson`)).toBe('');
    expect(statuses(live)[1]).toEqual(['payments', 'audit-log', 'complete', FROM]);
  });

  it('never takes a log that was never written for a silent one', async () => {
    const { region, live } = await read(open());

    expect([...region.written.keys()]).toEqual([`${PAYMENTS}/authenticator.log`]);
    expect(statuses(live)[1]).toEqual(['payments', 'audit-log', 'unavailable', null]);
    expect(reasonOf(live, 'audit-log')).toBe(
      '/aws/eks/payments/cluster has no stream kube-apiserver-audit-*: that log was never written',
    );
  });

  it('asks without the pointer where an aggregate may not name it', async () => {
    const { linesOf, live } = await read(
      refusing(open(), 'MalformedQueryException', ({ queryString }) => queryString?.includes('latest(@ptr)') === true),
    );

    expect(linesOf(`${PAYMENTS}/authenticator.log`).at(-1)).toMatchObject({ arn: ALICE, count: 2 });
    expect(statuses(live)[0]).toEqual(['payments', 'authenticator-log', 'complete', FROM]);
  });

  it('scans whole groups, and says so, where streams cannot be listed', async () => {
    const local = open();
    const describeStreams = async () => Promise.reject(awsError('AccessDeniedException'));

    const { live } = await read({ ...local.api, describeStreams });

    expect(statuses(live)[0]).toEqual(['payments', 'authenticator-log', 'complete', FROM]);
    expect(reasonOf(live, 'authenticator-log')).toContain('so that all streams were scanned');
    expect(local.asked[0]?.text).toContain('filter @logStream like /^authenticator-/');
  });

  it('reads nothing, and tries no query, when nobody asks for a cluster', async () => {
    const local = open();

    const { live } = await read(local, { clusters: [] });

    expect(live).toEqual({ coverage: [], queries: [], mends: [] });
    expect(local.asked).toEqual([]);
  });
});

function fleet(count: number) {
  const clusters = Array.from({ length: count }, (_, index) => ({ ...PLACE, name: `c${index}` }));
  const groups = clusters.map(({ name }) =>
    logGroup([...logLines(AUTHENTICATOR, LINES), ...logLines(AUDIT, ['{}'])], name),
  );
  return { clusters, groups };
}

describe('readRegionLogs over several clusters', () => {
  it('gives every cluster its own lines from one query', async () => {
    const { clusters, groups } = fleet(3);
    const local = openLocalLogs(groups);

    const { linesOf } = await read(local, { clusters });

    expect(local.asked.map(({ groups: asked }) => asked.length)).toEqual([3, 3, 3, 3]);
    expect(clusters.map(({ name }) => linesOf(`111122223333/eu-central-1/${name}/authenticator.log`).length)).toEqual([
      4, 4, 4,
    ]);
  });

  it('makes three calls a cluster and eight for the queries of fifty', async () => {
    const { clusters, groups } = fleet(50);
    const local = openLocalLogs(groups);
    const calls = new Map<string, number>();
    const counted = Object.fromEntries(
      Object.entries(local.api).map(([name, call]) => [
        name,
        (...args: never[]) => {
          calls.set(name, (calls.get(name) ?? 0) + 1);
          return Reflect.apply(call, null, args);
        },
      ]),
    );

    await read({ ...local.api, ...counted }, { clusters });

    expect(Object.fromEntries(calls)).toEqual({
      describeGroups: 50,
      describeStreams: 100,
      startQuery: 4,
      getResults: 4,
    });
  });

  it('lets no group that is refused take the others with it', async () => {
    const { clusters, groups } = fleet(5);
    const local = openLocalLogs(groups, { described: { kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/k' } });
    const isOfThird = ({ logGroupNames }: Query) => logGroupNames?.includes('/aws/eks/c3/cluster') === true;
    const api = refusing(local, 'AccessDeniedException', isOfThird);

    const { live } = await read(api, { clusters });

    const own = live.coverage.filter(({ source }) => source === 'audit-log');
    expect(own.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete', 'denied', 'complete']);
    expect(reasonOf(live, 'audit-log', 'c3')).toContain(
      'is encrypted with arn:aws:kms:eu-central-1:111122223333:key/k',
    );
    expect(live.mends[0]?.mend).toContain('"Action":"kms:Decrypt"');
  });
});
