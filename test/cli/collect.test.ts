import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { KeyholderError } from '../../shared/errors.ts';
import type { LiveAccess, LiveSources } from '../../shared/ports.ts';
import { ESTATE } from '../support/estate.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const HOME = process.cwd();
afterEach(() => process.chdir(HOME));

const NOW = ['--now', '2026-11-21T03:00:00Z'];
const REGION = ['--region', 'eu-central-1'];

async function run(args: readonly string[], changes: Partial<LiveSources> = {}, region: string | null = null) {
  const opened: LiveAccess[] = [];
  const openLiveSources = (access: LiveAccess) => {
    opened.push(access);
    return readFolderLive(ESTATE, changes);
  };
  const world = recordWorld({ openLiveSources, aws: { region, endpoint: 'http://127.0.0.1:1' } });
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err(), opened };
}

describe('keyholder collect', () => {
  it('records a folder, and says what could not be read', async () => {
    const dir = join(makeFolder(), 'evidence');

    const { exitCode, out, err } = await run(['collect', ...REGION, ...NOW, '--out', dir], {
      readKubernetes: async () => {
        throw new KeyholderError('read-failed', 'no route');
      },
    });

    expect([exitCode, err]).toEqual([0, '']);
    expect(readdirSync(dir).sort()).toEqual(['111122223333', 'manifest.json']);
    expect(out.split('\n')[0]).toBe(`${dir}: 3 clusters in 1 region`);
    expect(out).toContain('unavailable: rbac of 111122223333/eu-central-1/payments: no route\n');
  });

  it.each(['json', 'text', 'csv'])('gives the report of a live audit, byte for byte: %s', async (format) => {
    const dir = join(makeFolder(), 'evidence');
    const files = ['--config', join(ESTATE, 'keyholder.yml'), '--state', join(ESTATE, 'state.json')];
    const output = [...NOW, '--format', format];

    await run(['collect', ...REGION, ...NOW, ...files, '--out', dir]);
    const live = await run(['audit', ...REGION, ...files, ...output]);
    const folder = await run(['audit', '--evidence', dir, ...output]);

    expect([live.exitCode, live.err]).toEqual([0, '']);
    expect(live.out.length).toBeGreaterThan(1000);
    expect(live.out).toBe(folder.out);
  });

  it('reads several regions, and one cluster by its ARN', async () => {
    const regions = await run(['audit', '--region', 'eu-central-1,us-east-1', ...NOW, '--format', 'json']);
    const arn = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
    const one = await run(['audit', '--cluster', arn, ...NOW, '--format', 'json']);

    expect(JSON.parse(regions.out).scope).toHaveLength(2);
    expect(JSON.parse(one.out).clusters.map((cluster: { name: string }) => cluster.name)).toEqual(['payments']);
  });

  it('takes a comma in the path of a role for a part of it', async () => {
    const role = 'arn:aws:iam::111122223333:role/audits,2026/auditor';

    const { opened } = await run(['audit', '--role-arn', role, ...NOW, '--format', 'json'], {}, 'eu-central-1');

    expect(opened).toMatchObject([{ roleArn: role }]);
  });

  it('hands on whose credentials are used and what that may cost', async () => {
    const role = 'arn:aws:iam::111122223333:role/auditor';
    const flags = ['--profile', 'audit', '--role-arn', role, '--max-scan-gb', '2.5', '--trail-bucket', 'trail'];

    const { opened } = await run(['audit', ...flags, ...NOW, '--format', 'json'], {}, 'eu-central-1');

    expect(opened).toMatchObject([
      {
        region: 'eu-central-1',
        profile: 'audit',
        roleArn: role,
        endpoint: 'http://127.0.0.1:1',
        trailBucket: 'trail',
        maxScanGb: 2.5,
        now: '2026-11-21T03:00:00Z',
      },
    ]);
  });

  it.each([
    [[], '2026-11-20T20:00:00Z'],
    [['--since', '7d'], '2026-11-14T03:00:00Z'],
  ])(
    'reads logs on from where the state says that they were read to, unless told otherwise: %j',
    async (flags, from) => {
      const arn = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
      const logsReadTo = {
        [arn]: { 'authenticator-log': '2026-11-20T22:00:00Z', 'audit-log': '2026-11-20T21:00:00Z' },
      };
      const state = join(makeFolder({ 'state.json': JSON.stringify({ logsReadTo }) }), 'state.json');
      const windows: unknown[] = [];
      const dir = join(makeFolder(), 'evidence');

      await run(['collect', '--cluster', arn, '--state', state, ...flags, ...NOW, '--out', dir], {
        readLogs: async (_, { window }) => {
          windows.push(window);
          return { coverage: [], queries: [], mends: [] };
        },
      });

      expect(windows).toEqual([{ from, to: '2026-11-21T03:00:00Z' }]);
    },
  );

  it('hands on whose logins as admin are expected', async () => {
    const config = 'approvedAdmins: [{principal: "arn:aws:iam::111122223333:role/ci/deployer"}]';
    const file = join(makeFolder({ 'keyholder.yml': config }), 'keyholder.yml');

    const { opened } = await run(['audit', ...REGION, '--config', file, ...NOW, '--format', 'json']);

    expect(opened).toMatchObject([{ knownAdmins: ['arn:aws:iam::111122223333:role/deployer'] }]);
  });

  it('says in one line that there are no credentials, and leaves nothing behind', async () => {
    process.chdir(makeFolder());
    const { exitCode, out, err } = await run(['audit', ...REGION, ...NOW], {
      readCaller: async () => {
        throw new KeyholderError('read-failed', 'expected AWS credentials, got none.\n Name a profile with --profile.');
      },
    });

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toBe('keyholder: expected AWS credentials, got none. Name a profile with --profile.\n');
    expect(existsSync('out')).toBe(false);
  });

  it.each([
    [['audit'], 'expected --region or AWS_REGION with the regions to read, or --evidence DIR, got none'],
    [['audit', '--region', 'somewhere'], 'expected regions such as eu-central-1 for --region, got "somewhere"'],
    [['audit', ...REGION, '--cluster', '../x'], 'expected the name or ARN of a cluster for --cluster, got "../x"'],
    [['audit', ...REGION, '--role-arn', 'me'], 'expected the ARN of a role for --role-arn, got "me"'],
    [['audit', ...REGION, '--since', '3 weeks'], 'expected a time such as 90m, 24h or 7d, got "3 weeks"'],
    [['audit', ...REGION, '--max-scan-gb', '-1'], 'expected a number of gigabytes for --max-scan-gb, got "-1"'],
    [['audit', ...REGION, '--state', '/nowhere/x.json'], 'expected a file at /nowhere/x.json, got nothing there'],
    [['collect', ...REGION], 'expected --out DIR with the folder to make, got no such flag'],
  ])('answers %j with exit code 2', async (args, message) => {
    const { exitCode, err } = await run(args);

    expect([exitCode, err]).toEqual([2, `keyholder: ${message}\n`]);
  });

  it('reads logs from as far back as --since says', async () => {
    const dir = join(makeFolder(), 'evidence');

    await run(['collect', ...REGION, ...NOW, '--since', '7d', '--out', dir]);

    expect(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')).window).toEqual({
      from: '2026-11-14T03:00:00Z',
      to: '2026-11-21T03:00:00Z',
    });
  });
});
