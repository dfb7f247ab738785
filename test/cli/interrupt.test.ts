import { describe, expect, it } from 'vitest';
import { runUntil } from '../../cli/interrupt.ts';
import { runKeyholder } from '../../cli/run.ts';
import { createLiveSources } from '../../shared/aws/live.ts';
import type { OpenLiveSources } from '../../shared/ports.ts';
import { ESTATE_NOW } from '../support/estate.ts';
import { startLiveEstate } from '../support/live-estate.ts';
import { recordWorld } from '../support/world.ts';

describe('runUntil', () => {
  it('gives what the run gives, and gives the signal of the terminal up', async () => {
    let isForgotten = false;
    const onInterrupt = () => () => {
      isForgotten = true;
    };

    expect(await runUntil(recordWorld({ onInterrupt }), 1000, async (signal) => signal.aborted)).toBe(false);
    expect(isForgotten).toBe(true);
  });

  it('tells the run to end after its time', async () => {
    const ended = runUntil(
      recordWorld(),
      1,
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('ended'))),
    );

    expect(await ended).toBe('ended');
  });

  it('takes a time that no timer holds for a long one', async () => {
    const run = runUntil(recordWorld(), 30 * 24 * 3_600_000, async (signal) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return signal.aborted;
    });

    expect(await run).toBe(false);
  });

  it('tells the run to end at Ctrl-C, and waits until it has', async () => {
    const onInterrupt = (interrupt: () => void) => {
      setImmediate(interrupt);
      return () => {};
    };
    let hasStopped = false;

    const run = runUntil(recordWorld({ onInterrupt }), 60_000, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      hasStopped = true;
    });

    await expect(run).rejects.toThrow('interrupted');
    expect(hasStopped).toBe(true);
  });
});

describe('keyholder audit, interrupted while log queries run', () => {
  it('stops every query that it began, and ends', async () => {
    const { aws } = await startLiveEstate();
    let interrupt = (): void => {};
    const onInterrupt = (pressed: () => void) => {
      interrupt = pressed;
      return () => {};
    };
    /** Ctrl-C while the first query is waited for. */
    const sleep = async (): Promise<void> => {
      if (aws.queries.size > 0) interrupt();
    };
    const openLiveSources: OpenLiveSources = (access) =>
      createLiveSources(access, { timer: { nowMs: () => 0, sleep } });
    const world = recordWorld({ aws: { endpoint: aws.url, region: 'eu-central-1' }, openLiveSources, onInterrupt });

    const exitCode = await runKeyholder(['audit', '--since', '90d', '--now', ESTATE_NOW], world);

    expect([exitCode, world.out()]).toEqual([2, '']);
    expect(world.err()).toContain('keyholder: interrupted; no log query was left running\n');
    const statuses = [...aws.queries.values()].map(({ status }) => status);
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 'Scheduled' || status === 'Running')).toEqual([]);
    expect(aws.calls.map(({ name }) => name)).toContain('logs:StopQuery');
  });
});
