import { describe, expect, test } from 'vitest';
import { walkFaults } from '../support/fault-walk.ts';
import type { RunOutcome } from '../support/faulty-run.ts';
import type { Fault, Injection } from '../support/local-aws/faults.ts';

/** Mended by a second attempt at once, by the SDK or by the adapter. */
const PASSING: ReadonlySet<Fault> = new Set(['reset', 'half-answer']);

function* judge(_: Injection, baseline: RunOutcome, run: RunOutcome): Iterable<string> {
  if (JSON.stringify(run.report) !== JSON.stringify(baseline.report)) yield 'the report differs';
  if (!run.isMet) yield 'met no call';
}

describe('live run', { timeout: 1_800_000 }, () => {
  test('gives the same report when a second attempt succeeds', async () => {
    const { tried, wrongs } = await walkFaults({ isWanted: ({ fault }) => PASSING.has(fault), maxAttempts: 3, judge });

    console.log(`${tried} faults tried that pass, one at a time`);
    expect(tried).toBeGreaterThan(200);
    expect(wrongs).toEqual([]);
  });
});
