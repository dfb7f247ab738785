import { describe, expect, it } from 'vitest';
import { mapBounded } from '../shared/bounded.ts';

describe('mapBounded', () => {
  it('gives the answers in the order of the items, with no more calls at once than allowed', async () => {
    let running = 0;
    let most = 0;

    const answers = await mapBounded([5, 1, 4, 2, 3], 2, async (turns) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      running -= 1;
      return turns * 10;
    });

    expect(answers).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('answers nothing for nothing', async () => {
    expect(await mapBounded([], 3, async () => 1)).toEqual([]);
  });
});
