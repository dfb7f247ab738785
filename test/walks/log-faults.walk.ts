import { describe, expect, test } from 'vitest';
import { listWrongs } from '../support/fault-verdict.ts';
import { walkFaults } from '../support/fault-walk.ts';

describe('live run of log queries', { timeout: 1_800_000 }, () => {
  test('names the log that a fault struck, and calls nothing clean that was not read', async () => {
    const isWanted = ({ operation }: { readonly operation: string }): boolean => operation.startsWith('logs:');

    const { tried, wrongs } = await walkFaults({ isWanted, judge: listWrongs });

    console.log(`${tried} faults tried, one at a time, at calls of CloudWatch Logs`);
    expect(tried).toBeGreaterThan(150);
    expect(wrongs).toEqual([]);
  });
});
