import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import type { Subscription } from '../../shared/live-ports.ts';
import { watchLogs } from '../../shared/pipeline/watch-logs.ts';

const GROUP = '/aws/eks/payments/cluster';
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:keyholder-alert-on-log-batch';
const other = (name: string): Subscription => ({
  name,
  pattern: '',
  destinationArn: 'arn:aws:lambda:eu-west-1:111122223333:function:other',
});

function logsWith(
  standing: readonly Subscription[] = [],
  more: { readonly name?: string; readonly isStandard?: boolean } = {},
) {
  const { name = GROUP, isStandard = true } = more;
  const held = [...standing];
  let puts = 0;
  return {
    puts: () => puts,
    held,
    listGroups: async () => [{ name, isStandard }],
    listSubscriptions: async () => [...held],
    putSubscription: async (_logGroup: string, subscription: Subscription) => {
      puts += 1;
      held.push(subscription);
    },
  };
}

const request = { functionArn, breakGlassArns: [] };

describe('watchLogs', () => {
  test('attaches both filters where both slots are free, and does so once', async () => {
    const logs = logsWith();
    const all = [{ logGroup: GROUP, attached: ['keyholder-changes', 'keyholder-logins'], lack: null }];

    expect(await watchLogs(logs, request)).toEqual(all);
    expect(await watchLogs(logs, request)).toEqual(all);
    expect(logs.puts()).toBe(2);
  });

  test('keeps to the changes where somebody else holds a slot, and says what waits', async () => {
    expect(await watchLogs(logsWith([other('shipper')]), request)).toEqual([
      {
        logGroup: GROUP,
        attached: ['keyholder-changes'],
        lack: 'others hold a slot: denied logins, broken mappings and break-glass logins wait for the query of the stack',
      },
    ]);
  });

  test('goes on to the next group where one refuses, and says why', async () => {
    const logs = logsWith();
    const groups = [GROUP, '/aws/eks/orders/cluster'].map((name) => ({ name, isStandard: true }));
    const listSubscriptions = async (logGroup: string) => {
      if (logGroup === GROUP) throw new KeyholderError('read-failed', 'access denied');
      return [];
    };

    expect(await watchLogs({ ...logs, listGroups: async () => groups, listSubscriptions }, request)).toEqual([
      { logGroup: GROUP, attached: [], lack: 'not attached in whole: access denied' },
      { logGroup: '/aws/eks/orders/cluster', attached: ['keyholder-changes', 'keyholder-logins'], lack: null },
    ]);
  });

  test('takes no slot from others', async () => {
    const logs = logsWith([other('shipper'), other('archive')]);

    expect(await watchLogs(logs, request)).toMatchObject([
      { attached: [], lack: expect.stringContaining('both of its slots') },
    ]);
    expect(logs.puts()).toBe(0);
  });

  test('says that a log class takes no subscriptions', async () => {
    expect(await watchLogs(logsWith([], { isStandard: false }), request)).toMatchObject([
      { attached: [], lack: expect.stringContaining('its log class') },
    ]);
  });

  test('passes over groups that are no control plane', async () => {
    expect(await watchLogs(logsWith([], { name: '/aws/eks/payments/workloads' }), request)).toEqual([]);
  });
});
