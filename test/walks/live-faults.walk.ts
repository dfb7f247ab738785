import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import { listWrongs } from '../support/fault-verdict.ts';
import { CALLER, DEADLINE_MS, walkFaults } from '../support/fault-walk.ts';
import { runFaulty } from '../support/faulty-run.ts';
import { CALL_FAULTS } from '../support/local-aws/faults.ts';

describe('live run', { timeout: 1_800_000 }, () => {
  test('names the source that a fault struck, and calls nothing clean that was not read', async () => {
    const isWanted = ({ operation }: { readonly operation: string }): boolean => !operation.startsWith('logs:');

    const { tried, baseline, wrongs } = await walkFaults({ isWanted, judge: listWrongs });

    console.log(
      `${tried} faults tried, one at a time, beside those of logs; a run makes ${baseline.calls.length} calls`,
    );
    expect(baseline.problems).toEqual([]);
    expect(tried).toBeGreaterThan(400);
    expect(wrongs).toEqual([]);
  });

  test.each(CALL_FAULTS)('stops with a reason where the caller is not known because of %s', async (fault) => {
    const run = runFaulty({ injection: { operation: CALLER, fault }, deadlineMs: DEADLINE_MS });

    await expect(run).rejects.toThrow(KeyholderError);
    await expect(run).rejects.toMatchObject({ code: 'read-failed', message: expect.stringContaining(CALLER) });
  });
});
