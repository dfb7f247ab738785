import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readAwsSettings, readTerminalSettings } from '../shared/config.ts';

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

describe('readAwsSettings', () => {
  it('takes what the AWS command line and kubectl take', () => {
    vi.stubEnv('AWS_REGION', '');
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-central-1');
    vi.stubEnv('AWS_PROFILE', 'audit');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:4566');
    vi.stubEnv('KUBECONFIG', ['/a/config', '/b/config'].join(delimiter));

    expect(readAwsSettings()).toEqual({
      region: 'eu-central-1',
      profile: 'audit',
      endpoint: 'http://127.0.0.1:4566',
      kubeconfig: ['/a/config', '/b/config'],
    });
  });

  it('says what is not set, and where kubectl looks then', () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_ENDPOINT_URL', 'KUBECONFIG']) {
      vi.stubEnv(name, '');
    }

    expect(readAwsSettings()).toEqual({
      region: null,
      profile: null,
      endpoint: null,
      kubeconfig: [join(homedir(), '.kube', 'config')],
    });
  });
});
