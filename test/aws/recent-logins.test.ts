import { describe, expect, test } from 'vitest';
import type { LogsApi } from '../../shared/aws/logs-api.ts';
import { AUTHENTICATOR_FAULTS } from '../../shared/aws/queries/authenticator-faults.ts';
import { readRecentLogins } from '../../shared/aws/recent-logins.ts';
import { renderFilters } from '../../shared/evidence/log-batch.ts';
import type { LoginQuestion } from '../../shared/live-ports.ts';
import type { ClusterPlace } from '../../shared/ports.ts';
import {
  AUTHENTICATOR,
  awsError,
  logGroup,
  logLines,
  openLocalLogs,
  openRegion,
  PLACE,
} from '../support/local-logs.ts';

const WINDOW = { from: '2026-11-20T08:00:00Z', to: '2026-11-20T08:10:00Z' };
const ORDERS: ClusterPlace = { ...PLACE, name: 'orders' };

function login(name: string, at = '2026-11-20T08:05:00Z'): string {
  return `time="${at}" level=info msg="access granted" arn="arn:aws:iam::111122223333:role/${name}" client="127.0.0.1:1" groups="[]" method=POST path=/authenticate stsendpoint=sts.eu-central-1.amazonaws.com uid="aws-iam-authenticator:111122223333:AROAEXAMPLE0000000001" username=${name}`;
}

const DENIED =
  'time="2026-11-20T08:06:00Z" level=warning msg="access denied" client="127.0.0.1:9" error="identity is not mapped"';

async function read(
  api: LogsApi,
  more: Partial<LoginQuestion> & { readonly run?: Parameters<typeof openRegion>[1] } = {},
) {
  const { run, partition, task } = openRegion(api, more.run);
  const question = { clusters: [PLACE], window: WINDOW, withFaults: [], signal: task.signal, ...more };
  const read = await readRecentLogins({ run, partition }, question);
  return read.map(({ cluster, coverage, isLogged, lines }) => ({
    name: cluster.name,
    status: coverage.status,
    readTo: coverage.window?.to ?? null,
    isLogged,
    lines: lines.map((line) => {
      const { username, count, '@message': message } = JSON.parse(line);
      return message === undefined ? `${username} ${count}` : String(/msg="([^"]+)"/.exec(message)?.[1]);
    }),
  }));
}

function open(options: Parameters<typeof openLocalLogs>[1] = {}) {
  const lines = [login('alice'), login('alice', '2026-11-20T08:07:00Z'), login('bob', '2026-11-20T07:00:00Z'), DENIED];
  const groups = ['payments', 'orders'].map((name) => logGroup(logLines(AUTHENTICATOR, lines), name));
  return openLocalLogs(groups, options);
}

describe('readRecentLogins', () => {
  test('reads who logged in within the window, folded, in one query over all clusters', async () => {
    const local = open();

    expect(await read(local.api, { clusters: [PLACE, ORDERS] })).toEqual([
      { name: 'payments', status: 'complete', readTo: WINDOW.to, isLogged: true, lines: ['alice 2'] },
      { name: 'orders', status: 'complete', readTo: WINDOW.to, isLogged: true, lines: ['alice 2'] },
    ]);
    expect(local.asked.map(({ groups, from, to }) => [groups.length, to - from])).toEqual([[2, 600]]);
  });

  test('asks for denied logins where nobody else tells of them, and nowhere else', async () => {
    const local = open();

    expect(
      (await read(local.api, { clusters: [PLACE, ORDERS], withFaults: [ORDERS] })).map(({ lines }) => lines),
    ).toEqual([['alice 2'], ['alice 2', 'access denied']]);
    expect(local.asked.map(({ groups }) => groups)).toEqual([
      ['/aws/eks/payments/cluster', '/aws/eks/orders/cluster'],
      ['/aws/eks/orders/cluster'],
    ]);
  });

  test('tells a cluster without a log group from one that it may not ask about', async () => {
    const gone: ClusterPlace = { ...PLACE, name: 'gone' };
    const describeGroups: LogsApi['describeGroups'] = async () => {
      throw awsError('AccessDeniedException');
    };

    expect(await read(open().api, { clusters: [gone] })).toEqual([
      { name: 'gone', status: 'unavailable', readTo: null, isLogged: false, lines: [] },
    ]);
    expect(await read(open({ faults: { describeGroups } }).api)).toEqual([
      { name: 'payments', status: 'denied', readTo: null, isLogged: true, lines: [] },
    ]);
  });

  test('takes a group whose authenticator never wrote for one without its log', async () => {
    const local = openLocalLogs([logGroup(logLines('kube-apiserver-audit-0123', ['{}']))]);

    expect(await read(local.api)).toEqual([
      { name: 'payments', status: 'unavailable', readTo: null, isLogged: false, lines: [] },
    ]);
    expect(local.asked).toEqual([]);
  });

  test('stops where the account runs as many queries as it may, and says so', async () => {
    const startQuery: LogsApi['startQuery'] = async () => {
      throw awsError('LimitExceededException');
    };
    const { run, partition, task } = openRegion(open({ faults: { startQuery } }).api);
    const question = { clusters: [PLACE], window: WINDOW, withFaults: [], signal: task.signal };
    const [found] = await readRecentLogins({ run, partition }, question);

    expect(found?.coverage).toMatchObject({
      status: 'unavailable',
      window: null,
      reason: 'Logs Insights on /aws/eks/payments/cluster: too many queries of this account run at once',
    });
  });

  test('passes on the first 2,000 denials of a cluster, and says that there were more', async () => {
    const lines = Array.from({ length: 2_003 }, (_, port) => DENIED.replace(':9"', `:${port}"`));
    const local = openLocalLogs([logGroup(logLines(AUTHENTICATOR, lines))]);
    const { run, partition, task } = openRegion(local.api);
    const question = { clusters: [PLACE], window: WINDOW, withFaults: [PLACE], signal: task.signal };
    const [found] = await readRecentLogins({ run, partition }, question);

    expect(found?.lines).toHaveLength(2_000);
    expect(found?.coverage).toMatchObject({
      status: 'partial',
      window: WINDOW,
      reason: 'only the first 2000 denied logins and broken mappings are told',
    });
  });

  test('asks for the faults that the second subscription lets through, each in the same words', () => {
    const terms = [...(renderFilters([]).patterns[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, term]) => term);
    const asked = /like \/(.+)\/$/m.exec(AUTHENTICATOR_FAULTS)?.[1]?.split('|');

    expect(terms.length).toBe(5);
    expect(asked).toEqual(terms);
  });

  test('says what it scanned, and what that costs', async () => {
    const { run, partition, task } = openRegion(open().api);
    const question = { clusters: [PLACE], window: WINDOW, withFaults: [PLACE], signal: task.signal };
    const [found] = await readRecentLogins({ run, partition }, question);

    expect(found?.coverage.scan).toEqual({
      bytesScanned: expect.any(Number),
      dollars: expect.any(Number),
      clusters: 1,
    });
    expect(found?.coverage.scan?.bytesScanned).toBe(run.budget.used());
    expect(run.budget.used()).toBeGreaterThan(0);
  });
});
