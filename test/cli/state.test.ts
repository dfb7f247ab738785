import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
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
