import { describe, expect, test } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { parseConfig } from '../../shared/evidence/config.ts';
import { recordWorld } from '../support/world.ts';

const FINDING = '51b8899080db39394f86e5e6f5ea7b76';
const command = (owner: string, reason: string, until: string, finding = FINDING) => [
  ...['accept', finding, '--owner', owner, '--reason', reason, '--until', until],
];

describe('keyholder accept', () => {
  test('prints lines that keyholder.yml takes as they are', async () => {
    const world = recordWorld();
    const reason = 'until the "migration": #1\n  - finding: other';

    expect(await runKeyholder(command('payments', reason, '2027-01-31'), world)).toBe(0);

    const { config, problems } = parseConfig(world.out());
    expect(problems).toEqual([]);
    expect(config.acceptedRisks).toMatchObject([
      { finding: FINDING, owner: 'payments', reason, expires: '2027-01-31T00:00:00Z' },
    ]);
  });

  test.each([
    [
      'a fingerprint that is none',
      command('payments', 'known', '2027-01-31', 'x'),
      'fingerprint: expected a fingerprint of 32 hexadecimal digits',
    ],
    ['a day that is none', command('payments', 'known', '2027-02-30'), '--until: expected an ISO date'],
    [
      'a day that is over',
      command('payments', 'known', '2020-01-31'),
      '--until: expected a day that is still to come, got 2020-01-31',
    ],
    ['an owner without a name', command(' ', 'known', '2027-01-31'), '--owner: expected text'],
    ['no owner', ['accept', FINDING, '--reason', 'known', '--until', '2027-01-31'], 'owner'],
  ])('refuses %s', async (_name, args, message) => {
    const world = recordWorld();

    expect(await runKeyholder(args, world)).toBe(2);

    expect(world.out()).toBe('');
    expect(world.err()).toContain(message);
  });
});
