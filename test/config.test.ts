import { afterEach, describe, expect, it, vi } from 'vitest';
import { readTerminalSettings } from '../shared/config.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('readTerminalSettings', () => {
  it.each([
    ['NO_COLOR', '1', { plain: true, ci: false, debug: false }],
    ['NO_COLOR', '', { plain: false, ci: false, debug: false }],
    ['TERM', 'dumb', { plain: true, ci: false, debug: false }],
    ['CI', 'true', { plain: false, ci: true, debug: false }],
    ['KEYHOLDER_DEBUG', '1', { plain: false, ci: false, debug: true }],
  ])('reads %s=%s', (name, value, settings) => {
    for (const other of ['NO_COLOR', 'CI', 'TERM', 'KEYHOLDER_DEBUG']) vi.stubEnv(other, '');
    vi.stubEnv(name, value);

    expect(readTerminalSettings()).toEqual(settings);
  });
});
