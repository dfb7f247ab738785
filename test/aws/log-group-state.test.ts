import { describe, expect, it } from 'vitest';
import { readRegionLogs } from '../../shared/aws/cluster-logs.ts';
import type { LiveRead } from '../../shared/ports.ts';
import { AUTHENTICATOR, awsError, logGroup, logLines, ONE, openLocalLogs, openRegion } from '../support/local-logs.ts';

const LINE =
  'time="2026-11-20T20:00:00Z" level=warning msg="access denied" client="127.0.0.1:9" error="identity is not mapped"';
const FROM = '2026-11-20T00:00:00Z';
const TO = '2026-11-21T00:00:00Z';

type Options = Parameters<typeof openLocalLogs>[1];

async function read(options: Options, more: Parameters<typeof openRegion>[1] = {}) {
  const local = openLocalLogs([logGroup(logLines(AUTHENTICATOR, [LINE]))], options);
  const region = openRegion(local.api, more);
  return { live: await readRegionLogs(region, ONE, region.task), local, region };
}

function first({ coverage }: LiveRead) {
  const [row] = coverage;
  return { status: row?.status, window: row?.window, reason: row?.reason };
}

describe('log groups', () => {
  it('that are missing leave both logs unavailable, and no file', async () => {
    const { live, region } = await read({ faults: { describeGroups: async () => ({ logGroups: [] }) } });

    const reason = 'logs:DescribeLogGroups on cluster payments: there is no log group /aws/eks/payments/cluster';
    expect(live.coverage.map(({ status, window, reason: why }) => [status, window, why])).toEqual([
      ['unavailable', null, reason],
      ['unavailable', null, reason],
    ]);
    expect([...region.written.keys()]).toEqual([]);
  });

  it('that we may not list are denied, with the statement that mends it', async () => {
    const describeGroups = async () => Promise.reject(awsError('AccessDeniedException'));

    const { live } = await read({ faults: { describeGroups } });

    expect(first(live).status).toBe('denied');
    expect(live.mends[0]?.mend).toContain('"Action":"logs:DescribeLogGroups"');
  });

  it('of infrequent access are read in whole, and say what they cost', async () => {
    const { live } = await read({ described: { logGroupClass: 'INFREQUENT_ACCESS' } });

    expect(first(live)).toEqual({
      status: 'complete',
      window: { from: FROM, to: TO },
      reason:
        '/aws/eks/payments/cluster is of class INFREQUENT_ACCESS, without an index of streams: all of them were scanned; 0.0000 GB, about $0.0000 scanned for one cluster',
    });
  });

  it('that only pass their lines on are unavailable', async () => {
    const { live, local } = await read({ described: { logGroupClass: 'DELIVERY' } });

    expect(first(live)).toEqual({
      status: 'unavailable',
      window: null,
      reason: '/aws/eks/payments/cluster is of class DELIVERY, which Logs Insights cannot read',
    });
    expect(local.asked).toEqual([]);
  });

  it('that keep less than the window say from when on they show anything', async () => {
    const window = { from: '2026-11-01T00:00:00Z', to: TO };

    const { live } = await read({ described: { retentionInDays: 7 } }, { window });

    expect(first(live)).toMatchObject({
      status: 'partial',
      window: { from: '2026-11-14T00:00:00Z', to: TO },
      reason: expect.stringMatching(/^\/aws\/eks\/payments\/cluster keeps its lines for 7 days only; /),
    });
  });

  it('that are younger than half of the window are read all the same', async () => {
    const created = Date.parse('2026-11-20T19:00:00Z');
    const { api } = openLocalLogs([logGroup(logLines(AUTHENTICATOR, [LINE, `${LINE} again=1`, `${LINE} again=2`]))]);
    const startQuery: typeof api.startQuery = async (input, signal) => {
      if ((input.endTime ?? 0) * 1000 >= created) return api.startQuery(input, signal);
      throw awsError('MalformedQueryException', 'end date and time is before the log groups creation time');
    };
    const region = openRegion({ ...api, startQuery }, { run: { rowLimit: 3 } });

    const live = await readRegionLogs(region, ONE, region.task);

    expect(first(live)).toMatchObject({ status: 'partial', reason: expect.stringContaining('more than 3 rows') });
    expect(live.coverage[0]?.window?.to).toBe('2026-11-20T19:59:59Z');
  });
});

const DAY = 86_400_000;

describe('the limit of bytes to scan', () => {
  const described = { storedBytes: 10e9, creationTime: Date.parse(TO) - 10 * DAY };

  it('is told of before anything is scanned', async () => {
    const { region } = await read({ described });

    expect(region.steps).toEqual(['logs of one cluster: up to 2.00 GB, about $0.0100 to scan']);
  });

  it('narrows the window to its latest part', async () => {
    const { live, local } = await read({ described }, { maxScanGb: 0.5 });

    expect(local.asked[0]?.from).toBe(Date.parse('2026-11-20T18:00:00Z') / 1000);
    expect(first(live)).toMatchObject({
      status: 'partial',
      window: { from: '2026-11-20T18:00:00Z', to: TO },
      reason: expect.stringContaining('--max-scan-gb'),
    });
  });

  it('of nothing reads nothing, and says so', async () => {
    const { live, local } = await read({ described }, { maxScanGb: 0 });

    expect(local.asked).toEqual([]);
    expect(first(live)).toEqual({
      status: 'unavailable',
      window: null,
      reason: 'the limit of bytes to scan (--max-scan-gb) leaves no more',
    });
  });
});
