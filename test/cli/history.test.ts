import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

async function run(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err() };
}

async function remember(): Promise<string> {
  const state = join(makeFolder(), 'state');
  await run('audit', '--evidence', makeFolder(smallEstate()), '--state', state, '--format', 'json');
  return state;
}

describe('keyholder history', () => {
  it('prints who held what on a day, out of the folder that remembers', async () => {
    const state = await remember();

    const { exitCode, out, err } = await run(
      'history',
      '--cluster',
      'payments',
      '--at',
      '2026-11-21',
      '--state',
      state,
    );

    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('1 could administer payments on 21 Nov 2026 00:00 UTC');
    expect(out).toContain('role/admins');
  });

  it('says which flag is missing', async () => {
    const state = ['--state', 'state'];
    expect(await run('history', ...state)).toMatchObject({
      exitCode: 2,
      err: 'keyholder: expected --cluster NAME with the cluster to look at, got no such flag\n',
    });
    expect((await run('history', '--cluster', 'payments', ...state)).err).toBe(
      'keyholder: expected --at DATE with the date to look at, got no such flag\n',
    );
    expect((await run('history', '--cluster', 'payments', '--at', 'now', ...state)).err).toBe(
      'keyholder: expected an ISO time such as 2026-11-21T00:00:00Z for --at, got "now"\n',
    );
    expect((await run('history', '--cluster', 'payments', '--at', '2026-11-21')).err).toBe(
      'keyholder: expected either --state DIR or --table NAME, got neither\n',
    );
    expect((await run('history', '--cluster', 'payments', '--at', '2026-11-21', '--table', 'keyholder')).err).toBe(
      'keyholder: expected --table-region or AWS_REGION with the region of the table, got none\n',
    );
  });

  it('says nothing about a day that is still to come', async () => {
    expect(await run('history', '--cluster', 'payments', '--at', '2026-11-22', '--state', await remember())).toEqual({
      exitCode: 2,
      out: '',
      err: 'keyholder: expected --at not after the present, 2026-11-21T12:00:00Z, got 2026-11-22T00:00:00Z\n',
    });
  });

  it('refuses a region of a table beside a folder', async () => {
    const { err } = await run('history', '--state', 'state', '--table-region', 'eu-central-1');
    expect(err).toBe('keyholder: expected either --table-region or --state, got both\n');
  });

  it('refuses a folder that it would not read', async () => {
    const { exitCode, err } = await run('history', '--cluster', 'payments', '--evidence', makeFolder());
    expect(exitCode).toBe(2);
    expect(err).toContain('got "--evidence"');
  });

  it('refuses a folder that remembers nothing', async () => {
    const { exitCode, err } = await run('history', '--cluster', 'x', '--at', '2026-11-21', '--state', makeFolder());

    expect([exitCode, err]).toEqual([
      2,
      'keyholder: expected clusters that an earlier audit remembered with --state or on AWS, got a state that remembers none\n',
    ]);
  });
});
