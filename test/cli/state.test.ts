import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

async function audit(evidence: string, state: string, now: string) {
  const world = recordWorld();
  const args = ['audit', '--evidence', evidence, '--state', state, '--now', now, '--format', 'json'];
  const exitCode = await runKeyholder(args, world);
  return { exitCode, err: world.err(), report: JSON.parse(world.out()) };
}

/** Without a stated window an audit reaches up to its --now. */
function evidence(): string {
  return makeFolder({ ...smallEstate(), 'manifest.json': '{"schema": "keyholder.evidence/v1"}' });
}

function firstSightings(report: {
  readonly clusters: readonly { readonly findings: readonly { readonly firstSeenAt: string }[] }[];
}) {
  return report.clusters.flatMap(({ findings }) => findings.map(({ firstSeenAt }) => firstSeenAt));
}

describe('--state', () => {
  it('remembers in a new folder since when each finding is there', async () => {
    const [folder, state] = [evidence(), join(makeFolder(), 'state')];

    const first = await audit(folder, state, '2026-11-20T00:00:00Z');
    const second = await audit(folder, state, '2026-11-21T00:00:00Z');

    expect([first.exitCode, first.err, second.exitCode, second.err]).toEqual([0, '', 0, '']);
    expect(firstSightings(first.report)).toContain('2026-11-20T00:00:00Z');
    expect(firstSightings(second.report)).toEqual(firstSightings(first.report));
    expect(second.report.generatedAt).toBe('2026-11-21T00:00:00Z');
  });

  it('says what it does not remember: an audit older than the last one', async () => {
    const [folder, state] = [evidence(), join(makeFolder(), 'state')];
    await audit(folder, state, '2026-11-21T00:00:00Z');

    const { exitCode, err } = await audit(folder, state, '2026-11-20T00:00:00Z');

    expect([exitCode, err]).toEqual([
      0,
      'keyholder: arn:aws:eks:eu-west-1:111122223333:cluster/payments: not remembered, for it was audited later already, at 2026-11-21T00:00:00Z\n',
    ]);
  });
});

describe('--state of a live run', () => {
  const LIVE = ['--region', 'eu-west-1'];

  async function live(...args: readonly string[]) {
    const sources = readFolderLive(makeFolder(smallEstate()));
    const world = recordWorld({ openLiveSources: () => sources });
    const exitCode = await runKeyholder([...args, ...LIVE], world);
    return { exitCode, out: world.out() };
  }

  it('remembers it, and records what was remembered: the recording gives the same report', async () => {
    const state = join(makeFolder(), 'state');
    const recorded = join(makeFolder(), 'evidence');
    const first = await live('audit', '--state', state, '--now', '2026-11-20T00:00:00Z', '--format', 'json');
    await live('collect', '--state', state, '--now', '2026-11-21T00:00:00Z', '--out', recorded);
    const second = await live('audit', '--state', state, '--now', '2026-11-21T00:00:00Z', '--format', 'json');

    const world = recordWorld();
    await runKeyholder(['audit', '--evidence', recorded, '--now', '2026-11-21T00:00:00Z', '--format', 'json'], world);

    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(firstSightings(JSON.parse(first.out))).toContain('2026-11-20T00:00:00Z');
    expect(firstSightings(JSON.parse(second.out))).toEqual(firstSightings(JSON.parse(first.out)));
    expect(world.out()).toBe(second.out);
  });
});
