import { describe, expect, it } from 'vitest';
import { hasColour, print } from '../../cli/world.ts';
import { recordWorld } from '../support/world.ts';

describe('print', () => {
  it('is quiet when the reader of a pipe has gone', async () => {
    const failure = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

    await expect(print(recordWorld({ failure }).stdout, 'text')).resolves.toBeUndefined();
  });

  it('reports any other failure to write', async () => {
    const failure = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });

    await expect(print(recordWorld({ failure }).stdout, 'text')).rejects.toMatchObject({
      code: 'write-failed',
      message: 'expected to write to standard output, got write ENOSPC',
    });
  });
});

describe('hasColour', () => {
  it.each([
    [{ terminal: true }, true],
    [{ terminal: true, plain: true }, false],
    [{ terminal: false }, false],
  ])('for %j answers %s', (stage, expected) => {
    expect(hasColour(recordWorld(stage))).toBe(expected);
  });
});
