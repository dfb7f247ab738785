import { describe, expect, test } from 'vitest';
import { createPace, createPaces } from '../../shared/aws/pace.ts';
import { createFastTimer } from '../support/aws-answers.ts';

describe('pace', () => {
  test('lets a burst out at once and spaces what follows', async () => {
    const timer = createFastTimer();
    const pace = createPace({ perSecond: 2, burst: 2 }, timer);

    for (let call = 0; call < 4; call += 1) await pace();

    expect(timer.sleptMs).toEqual([500, 500]);
  });

  test('keeps the order of callers that ask together', async () => {
    const timer = createFastTimer();
    const pace = createPace({ perSecond: 1, burst: 1 }, { ...timer, nowMs: () => 0 });

    await Promise.all([pace(), pace(), pace()]);

    expect(timer.sleptMs).toEqual([1000, 2000]);
  });

  test('keeps regions and accounts apart', async () => {
    const timer = createFastTimer();
    const wait = createPaces(timer);
    const call = { account: '111122223333', region: 'eu-central-1', service: 'cloudtrail', operation: 'LookupEvents' };

    await wait(call);
    await wait({ ...call, region: 'us-east-1' });
    await wait({ ...call, account: '444455556666' });

    expect(timer.sleptMs).toEqual([]);
  });

  test('lets two LookupEvents a second out at most', async () => {
    const timer = createFastTimer();
    const wait = createPaces(timer);
    const call = { account: '111122223333', region: 'eu-central-1', service: 'cloudtrail', operation: 'LookupEvents' };

    for (let number = 0; number < 21; number += 1) await wait(call);

    expect(timer.nowMs()).toBeGreaterThanOrEqual(10_000);
  });

  test('leaves an operation without a known rate alone', async () => {
    const timer = createFastTimer();
    const wait = createPaces(timer);

    for (let number = 0; number < 100; number += 1) {
      await wait({ account: '1', region: 'eu-central-1', service: 'sts', operation: 'GetCallerIdentity' });
    }

    expect(timer.sleptMs).toEqual([]);
  });
});
