import { describe, expect, test } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import type { Subscription } from '../../shared/live-ports.ts';
import { recordWorld } from '../support/world.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:keyholder-alert-on-log-batch';
const GROUP = '/aws/eks/payments/cluster';

async function watch(standing: readonly Subscription[], ...args: readonly string[]) {
  const regions: string[] = [];
  const world = {
    ...recordWorld(),
    openSubscriptions: (region: string) => {
      regions.push(region);
      return {
        listGroups: async () => [{ name: GROUP, isStandard: true }],
        listSubscriptions: async () => standing,
        putSubscription: async () => {},
      };
    },
  };
  const exitCode = await runKeyholder(['watch', ...args], world);
  return { exitCode, regions, out: world.out(), err: world.err() };
}
describe('keyholder watch', () => {
  test('tells what stands on each log group of the region of the function', async () => {
    expect(await watch([], '--function', FUNCTION)).toEqual({
      exitCode: 0,
      regions: ['eu-west-1'],
      out: `${GROUP}: keyholder-changes, keyholder-logins\n`,
      err: '',
    });
  });

  test('fails where something is not watched', async () => {
    const other = { name: 'shipper', pattern: '', destinationArn: 'x' };
    const { exitCode, out } = await watch([other], '--function', FUNCTION);

    expect(exitCode).toBe(1);
    expect(out).toContain('keyholder-changes (others hold a slot');
  });

  test('says what it expected for --break-glass', async () => {
    const { exitCode, err } = await watch([], '--function', FUNCTION, '--break-glass', 'platform-admin');

    expect([exitCode, err]).toEqual([
      2,
      'keyholder: expected ARNs of roles or users for --break-glass, got "platform-admin"\n',
    ]);
  });

  test('says what it expected for --function', async () => {
    const { exitCode, err } = await watch([], '--function', 'keyholder');

    expect(exitCode).toBe(2);
    expect(err).toContain('expected the ARN of a function for --function, got "keyholder"');
  });
});
