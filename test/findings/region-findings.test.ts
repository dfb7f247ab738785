import { describe, expect, test } from 'vitest';
import { isOfRegion, regionOf, uniteFindings } from '../../shared/findings/region-findings.ts';
import { finding } from '../support/report.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1' };
const ofRegion = finding({ cluster: null, subject: 'region:111122223333/eu-central-1', at: null, actor: null });

describe('uniteFindings', () => {
  test('tells a fact once that every cluster of a region shows', () => {
    expect(uniteFindings([ofRegion, { ...ofRegion }, ofRegion])).toEqual([ofRegion]);
  });

  test.each([
    ['stands for one and is over for the other', 'open', 'resolved', 'open'],
    ['is accepted for one and over for the other', 'resolved', 'accepted', 'accepted'],
    ['stands for one and is accepted for the other', 'accepted', 'open', 'open'],
  ] as const)('takes what %s for the worse of both', (_name, one, other, status) => {
    const [united, ...more] = uniteFindings([
      { ...ofRegion, status: one },
      { ...ofRegion, status: other },
    ]);

    expect([united?.status, more]).toEqual([status, []]);
  });

  test('takes the account that knows who did it, and the earliest day', () => {
    const told = { ...ofRegion, at: '2026-11-20T08:00:00Z', actor: 'alice', firstSeenAt: '2026-11-20T08:00:00Z' };

    for (const both of [
      [ofRegion, told],
      [told, ofRegion],
    ])
      expect(uniteFindings(both)).toEqual([{ ...told, firstSeenAt: '2026-08-23T10:00:00Z' }]);
  });

  test('puts the worst first', () => {
    const low = { ...ofRegion, fingerprint: '0'.repeat(32), severity: 'low' } as const;

    expect(uniteFindings([low, ofRegion]).map(({ severity }) => severity)).toEqual(['critical', 'low']);
  });
});

describe('isOfRegion', () => {
  test('takes what is of no cluster, of this very account and region', () => {
    expect(isOfRegion(ofRegion, PLACE)).toBe(true);
    expect(isOfRegion(ofRegion, { ...PLACE, region: 'eu-central-2' })).toBe(false);
    expect(isOfRegion(ofRegion, { ...PLACE, account: '444455556666' })).toBe(false);
    expect(isOfRegion({ ...ofRegion, subject: 'account:111122223333' }, PLACE)).toBe(false);
    expect(isOfRegion(finding({ subject: ofRegion.subject }), PLACE)).toBe(false);
  });
});

describe('regionOf', () => {
  test('reads it from the ARN of a cluster', () => {
    expect(regionOf('arn:aws-cn:eks:cn-north-1:111122223333:cluster/payments')).toEqual({
      account: '111122223333',
      region: 'cn-north-1',
    });
  });
});
