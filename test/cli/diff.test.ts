import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

async function run(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err() };
}

describe('keyholder diff', () => {
  it('prints what ended since a day', async () => {
    const state = join(makeFolder(), 'state');
    const unstated = { ...smallEstate(), 'manifest.json': '{"schema": "keyholder.evidence/v1"}' };
    const emptied = { ...unstated, [`${CLUSTER}/access-entries.json`]: '{"accessEntries": []}' };
    for (const [files, now] of [
      [unstated, '2026-11-19'],
      [emptied, '2026-11-20'],
    ] as const) {
      await run('audit', '--evidence', makeFolder(files), '--state', state, '--now', now, '--format', 'json');
    }

    const { exitCode, out, err } = await run('diff', '--from', '2026-11-19', '--state', state, '--format', 'json');

    expect([exitCode, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'keyholder.diff/v1',
      to: '2026-11-21T12:00:00Z',
      begun: [],
      ended: [
        {
          holder: { kind: 'iam', name: 'arn:aws:iam::111122223333:role/admins' },
          changedAt: '2026-11-20T00:00:00Z',
          notBefore: '2026-11-19T00:00:00Z',
          changedBy: null,
        },
      ],
    });
  });

  it('says nothing about days that are still to come', async () => {
    const { exitCode, err } = await run('diff', '--from', '2026-11-01', '--to', '2026-11-22', '--state', 'state');

    expect([exitCode, err]).toEqual([
      2,
      'keyholder: expected --to not after the present, 2026-11-21T12:00:00Z, got 2026-11-22T00:00:00Z\n',
    ]);
  });

  it('refuses dates the wrong way round', async () => {
    const { exitCode, err } = await run('diff', '--from', '2026-11-20', '--to', '2026-11-01', '--state', 'state');

    expect([exitCode, err]).toEqual([
      2,
      'keyholder: expected --from before --to, got 2026-11-20T00:00:00Z and 2026-11-01T00:00:00Z\n',
    ]);
  });
});
