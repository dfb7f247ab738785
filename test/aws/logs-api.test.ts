import { describe, expect, it } from 'vitest';
import { readClusterLogs } from '../../shared/aws/cluster-logs.ts';
import { createScanBudget } from '../../shared/aws/scan-price.ts';
import { type LiveAwsOptions, openLiveAws, PLACE } from '../support/live-aws.ts';

const CLUSTERS = [PLACE, { ...PLACE, name: 'legacy' }];
const WINDOW = { from: '2026-10-01T00:00:00Z', to: '2026-11-21T02:50:00Z' };

async function read(options: LiveAwsOptions = {}) {
  const live = await openLiveAws(options);
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
      ['legacy', 'audit-log', 'complete'],
    ]);
    expect([...files].map(([file, text]) => [file, text === '' ? 'empty' : 'filled']).sort()).toEqual([
      ['111122223333/eu-central-1/legacy/audit.ndjson', 'empty'],
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
