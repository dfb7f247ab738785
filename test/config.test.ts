import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readAwsSettings, readDeployment, readTerminalSettings, splitList } from '../shared/config.ts';

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

describe('readDeployment', () => {
  it('names every setting that is missing, and one that is wrong', () => {
    for (const name of ['AWS_REGION', 'KEYHOLDER_BUCKET', 'KEYHOLDER_TOPIC_ARN']) vi.stubEnv(name, '');
    vi.stubEnv('KEYHOLDER_MAX_SCAN_GB', 'much');

    expect(() => readDeployment('region', 'bucket', 'topicArn')).toThrow(
      'expected AWS_REGION, KEYHOLDER_BUCKET, KEYHOLDER_TOPIC_ARN to be set; KEYHOLDER_MAX_SCAN_GB to be a number of gigabytes, got much',
    );
  });

  it('gives what is set, and null or nothing for what may be left out', () => {
    vi.stubEnv('KEYHOLDER_BUCKET', 'reports');
    vi.stubEnv('KEYHOLDER_ACCOUNTS', '111122223333, 444455556666,');
    for (const name of ['EXTERNAL_ID', 'TRAIL_BUCKET', 'MAX_SCAN_GB']) vi.stubEnv(`KEYHOLDER_${name}`, '');

    const settings = readDeployment('bucket');

    expect(settings.get('bucket')).toBe('reports');
    expect(settings).toMatchObject({
      accounts: ['111122223333', '444455556666'],
      externalId: null,
      trailBucket: null,
      maxScanGb: null,
    });
  });
});

describe('splitList', () => {
  it('gives each item once', () => {
    expect(splitList('eu-central-1, us-east-1,,eu-central-1')).toEqual(['eu-central-1', 'us-east-1']);
    expect(splitList('')).toEqual([]);
  });
});
