import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../cli/run.ts';
import type { RecoveryPlan } from '../shared/model/recovery.ts';
import { ESTATE_NOW } from './support/estate.ts';
import { type LiveEstate, openWithoutPauses, startLiveEstate } from './support/live-estate.ts';
import { makeFolder } from './support/temp-folder.ts';
import { recordWorld } from './support/world.ts';

const PLACE = ['--region', 'eu-central-1', '--cluster', 'payments'];

async function run({ aws }: LiveEstate, ...args: readonly string[]): Promise<string> {
  const world = recordWorld({ aws: { endpoint: aws.url }, openLiveSources: openWithoutPauses });
  const exitCode = await runKeyholder([...args, '--now', ESTATE_NOW], world);
  expect([exitCode, world.err().replace(/^logs of .*\n/, '')]).toEqual([0, '']);
  return world.out();
}

describe('a plan from live AWS', { timeout: 60_000 }, () => {
  it('is the plan of everything that can be read, byte for byte, but for what it says that nobody asked', async () => {
    const estate = await startLiveEstate();
    const dir = join(makeFolder(), 'evidence');
    await run(estate, 'collect', ...PLACE, '--out', dir);
    const asked = estate.aws.calls.length;

    const whole: RecoveryPlan = JSON.parse(
      await run(estate, 'recover', '--cluster', 'payments', '--evidence', dir, '--format', 'json'),
    );
    const { unasked, ...plan }: RecoveryPlan = JSON.parse(
      await run(estate, 'recover', ...PLACE, '--refine', '--format', 'json'),
    );

    expect(JSON.stringify(plan)).toBe(JSON.stringify(whole));
    expect(whole.unasked).toBeUndefined();
    expect(unasked?.[0]).toBe('Not asked: trails, guardduty. No way back in depends on them.');
    const calls = estate.aws.calls.map(({ name }) => name);
    expect(calls.slice(asked).filter((name) => name === 'cloudtrail:LookupEvents')).toHaveLength(8);
    expect(calls.slice(asked).filter((name) => name.startsWith('guardduty:'))).toEqual([]);
  });
});
