import { describe, expect, test } from 'vitest';
import { indexUsage, lastUse, sightOf } from '../../shared/access/usage.ts';
import type { Usage } from '../../shared/model/evidence.ts';
import { coverage, ref } from '../support/coverage.ts';

const use = (more: Partial<Usage> = {}): Usage => ({
  source: 'authenticator-log',
  principalArn: 'arn:aws:iam::111122223333:role/dev',
  uniqueId: null,
  username: 'dev',
  groups: ['viewers'],
  policyArn: null,
  sessionName: null,
  accessKeyId: null,
  stsEndpoint: null,
  count: 1,
  firstAt: '2026-11-01T00:00:00Z',
  lastAt: '2026-11-02T00:00:00Z',
  evidence: ref('authenticator-log'),
  ...more,
});

describe('indexUsage', () => {
  test('finds a principal by its key, with the newest sighting last', () => {
    const index = indexUsage([use({ lastAt: '2026-11-09T00:00:00Z' }), use()]);

    expect(index.ofPrincipal('111122223333:role/dev').map(({ lastAt }) => lastAt)).toEqual([
      '2026-11-02T00:00:00Z',
      '2026-11-09T00:00:00Z',
    ]);
  });

  test('finds a username and a group, and nobody for another', () => {
    const index = indexUsage([use()]);

    expect([index.ofUsername('dev').length, index.ofGroup('viewers').length, index.ofGroup('admins').length]).toEqual([
      1, 1, 0,
    ]);
  });
});

describe('sightOf', () => {
  const from = (day: string) => ({ window: { from: `2026-${day}T00:00:00Z`, to: '2026-11-21T00:00:00Z' } });

  test('sees from the first record of the older log', () => {
    const rows = [
      coverage('audit-log', 'partial', from('10-01')),
      coverage('authenticator-log', 'partial', from('08-23')),
    ];

    expect(sightOf(rows, ['audit-log', 'authenticator-log'])).toEqual({
      isReadable: true,
      seenFrom: '2026-08-23T00:00:00Z',
      reason: null,
    });
  });

  test('says why no log could be read', () => {
    const rows = [coverage('audit-log', 'disabled', { reason: 'the audit log is off' })];

    expect(sightOf(rows, ['audit-log']).reason).toBe('audit-log: the audit log is off');
  });
});

describe('lastUse', () => {
  const sight = { isReadable: true, seenFrom: '2026-08-23T00:00:00Z', reason: null };

  test('gives the newest sighting', () => {
    expect(lastUse([use()], sight)).toMatchObject({ value: '2026-11-02T00:00:00Z', status: 'known' });
  });

  test('says since when nothing was seen', () => {
    expect(lastUse([], sight)).toMatchObject({ value: null, status: 'none-seen', seenFrom: '2026-08-23T00:00:00Z' });
  });

  test('never says unused where no log was read', () => {
    const blind = { isReadable: false, seenFrom: null, reason: 'audit-log: off' };

    expect(lastUse([], blind)).toEqual({
      value: null,
      status: 'not-readable',
      seenFrom: null,
      reason: 'audit-log: off',
    });
  });
});
