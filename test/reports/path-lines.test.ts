import { describe, expect, test } from 'vitest';
import type { PathHealth, SilentPlace } from '../../shared/model/alert-path.ts';
import { renderDigest } from '../../shared/reports/digest.ts';
import { tellPathGap, tellPathHealth } from '../../shared/reports/path-lines.ts';
import { report } from '../support/report.ts';

const SILENT: SilentPlace = {
  account: '444455556666',
  region: 'eu-west-1',
  rules: ['logs', 'cloudtrail'],
  lastHeardAt: '2026-11-19T01:20:00Z',
};
const checked = (more: Partial<PathHealth & { readonly status: 'checked' }> = {}): PathHealth => ({
  status: 'checked',
  places: 4,
  silent: [],
  letters: [],
  ...more,
});

describe('tellPathHealth', () => {
  test('names every silent place, the calls that would be missed, and when it was last heard', () => {
    const never: SilentPlace = {
      account: '111122223333',
      region: 'us-east-1',
      rules: ['iam', 'sts', 'log-batch', 'home-bus'],
      lastHeardAt: null,
    };

    expect(tellPathHealth(checked({ silent: [SILENT, never] }))).toEqual([
      '',
      'No canary came in time, and no alert would come, from:',
      '- calls to CloudWatch Logs, CloudTrail, last heard 19 Nov 2026 01:20 UTC: 444455556666 eu-west-1',
      '- calls to IAM, the assumption of emergency roles, logs of clusters, the home bus itself, never heard: 111122223333 us-east-1',
    ]);
  });

  test('leaves none of 5,000 out, and stays within a message', () => {
    const silent = Array.from({ length: 5000 }, (_, index) => ({
      ...SILENT,
      account: index % 2 === 0 ? '111122223333' : '444455556666',
      region: `ap-southeast-${index}`,
      lastHeardAt: null,
    }));
    const { text, subject } = renderDigest(report(), null, { path: checked({ silent }) });

    expect(text.match(/ap-southeast-/g)?.length).toBe(5000);
    expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
    expect(subject).toContain('no alerts from 5000 regions');
  });

  test('counts what does not fit', () => {
    const letters = Array.from({ length: 10_000 }, () => ({
      account: '444455556666',
      region: 'eu-west-1',
      since: '2026-11-20T10:00:00Z',
      toldSince: '',
      at: '',
    }));
    const lines = tellPathHealth(checked({ letters }));

    expect(lines.join('\n').length).toBeLessThan(120_000);
    expect(lines.at(-1)).toMatch(/^- and \d{4} lines more that fit no message$/);
  });

  test('names where letters lie dead', () => {
    const letters = [
      { account: '444455556666', region: 'eu-west-1', since: '2026-11-20T10:00:00Z', toldSince: '', at: '' },
    ];

    expect(tellPathHealth(checked({ letters }))).toEqual([
      '',
      'Events that could not be sent home lie in the queue of dead letters of:',
      '- 444455556666 eu-west-1, since 20 Nov 2026 10:00 UTC',
    ]);
  });

  test('says that nobody knows', () => {
    const unread: PathHealth = { status: 'unread', reason: 'dynamodb:Query on table keyholder: denied' };

    expect(tellPathHealth(unread)).toEqual([
      '',
      'Whether alerts arrive could not be asked: dynamodb:Query on table keyholder: denied',
    ]);
    expect(tellPathGap(unread)).toBe(', alerts not proven');
  });

  test('says nothing where all were heard, or none is expected', () => {
    for (const health of [checked(), { status: 'off' } as const]) {
      expect(tellPathHealth(health)).toEqual([]);
      expect(tellPathGap(health)).toBe('');
    }
  });
});
