import { describe, expect, it } from 'vitest';
import { readClusterLogs } from '../../shared/aws/cluster-logs.ts';
import { createScanBudget } from '../../shared/aws/scan-price.ts';
import { type LiveAwsOptions, openLiveAws, PLACE } from '../support/live-aws.ts';
import type { Injection } from '../support/local-aws/faults.ts';

const CLUSTERS = [PLACE, { ...PLACE, name: 'legacy' }];
const WINDOW = { from: '2026-10-01T00:00:00Z', to: '2026-11-21T02:50:00Z' };

async function read(faults: readonly Injection[] = [], options: LiveAwsOptions = {}) {
  const live = await openLiveAws({ pageSizes: { default: 2, 'logs:GetQueryResults': 5 }, ...options });
  for (const injection of faults) live.aws.inject(injection);
  const source = { access: live.access, budget: createScanBudget(null) };
  const answer = await readClusterLogs(source, CLUSTERS, { ...live.task, window: WINDOW });
  return { ...live, ...answer };
}

describe('readClusterLogs over the wire', () => {
  it('reads both logs of every cluster of the region', async () => {
    const { coverage, files, queries } = await read();

    expect(coverage.map(({ cluster, source, status }) => [cluster, source, status])).toEqual([
      ['payments', 'authenticator-log', 'complete'],
      ['legacy', 'authenticator-log', 'complete'],
      ['payments', 'audit-log', 'complete'],
      ['legacy', 'audit-log', 'unavailable'], // it is off
    ]);
    expect([...files].map(([file, text]) => [file, text === '' ? 'empty' : 'filled']).sort()).toEqual([
      ['111122223333/eu-central-1/legacy/authenticator.log', 'filled'],
      ['111122223333/eu-central-1/payments/audit.ndjson', 'filled'],
      ['111122223333/eu-central-1/payments/authenticator.log', 'filled'],
    ]);
    expect(queries).toHaveLength(4);
  });

  it('gives the same files for the same logs', async () => {
    const first = await read();
    const second = await read();

    expect([...second.files]).toEqual([...first.files]);
  });
});

const OPERATIONS = ['DescribeLogGroups', 'DescribeLogStreams', 'StartQuery', 'GetQueryResults'];
const FAULTS = ['throttle', 'server-error', 'reset', 'half-answer', 'expired-credentials', 'denied'] as const;
const QUERIES = ['query-failed', 'query-timeout', 'query-cancelled', 'expired-token', 'results-change'] as const;

const CASES: readonly Injection[] = [
  ...OPERATIONS.flatMap((name) => FAULTS.map((fault) => ({ operation: `logs:${name}`, fault, times: 1000 }))),
  ...QUERIES.flatMap((fault) => [
    { operation: 'logs:GetQueryResults', fault, times: 1000 },
    { operation: 'logs:GetQueryResults', fault, nth: 3 },
  ]),
];

describe('readClusterLogs at fault', () => {
  const sound = new Map<string, string>();

  it.each(CASES)('calls nothing complete that was not read: $fault of $operation from $nth', async (injection) => {
    if (sound.size === 0) for (const [file, text] of (await read()).files) sound.set(file, text);
    const { coverage, files, aws } = await read([injection]);

    for (const { source, cluster, status } of coverage) {
      const file = `111122223333/eu-central-1/${cluster}/${source === 'audit-log' ? 'audit.ndjson' : 'authenticator.log'}`;
      if (status === 'complete') expect(linesOf(files.get(file))).toEqual(linesOf(sound.get(file)));
    }
    expect(coverage).toHaveLength(4);
    // A query whose id was lost on the way back cannot be stopped.
    const isIdLost = injection.operation === 'logs:StartQuery' && /reset|half/.test(injection.fault);
    const left = [...aws.queries.values()]
      .map(({ status }) => status)
      .filter((status) => /Scheduled|Running/.test(status));
    if (!isIdLost) expect(left).toEqual([]);
    expect(aws.unmet()).toEqual([]);
    expect(aws.problems).toEqual([]);
  });
});

function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split('\n').toSorted();
}
