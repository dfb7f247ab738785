import { describe, expect, it } from 'vitest';
import { stopBefore, UNWATCHED } from '../../shared/pipeline/deadline.ts';

describe('stopBefore', () => {
  it('is over at once when no more than a minute is left', () => {
    expect(stopBefore({ getRemainingTimeInMillis: () => 60_000 }).aborted).toBe(true);
    expect(stopBefore({ getRemainingTimeInMillis: () => 3_000 }).aborted).toBe(true);
  });

  it('leaves the time before that minute', () => {
    expect(stopBefore({ getRemainingTimeInMillis: () => 900_000 }).aborted).toBe(false);
  });
});

describe('UNWATCHED', () => {
  it('says nothing to nobody', () => {
    expect([UNWATCHED.step('a'), UNWATCHED.end()]).toEqual([undefined, undefined]);
  });
});
