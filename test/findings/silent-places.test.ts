import { describe, expect, test } from 'vitest';
import { findSilentPlaces, listHearable } from '../../shared/findings/silent-places.ts';
import type { PathRule, RememberedCanary } from '../../shared/model/alert-path.ts';

const NOW = '2026-11-21T03:00:00Z';
const HOME = { account: '111122223333', region: 'eu-central-1' };
const OF_IAM = { account: '111122223333', region: 'us-east-1' };

const NO_ROLES = { breakGlass: [] };

const hear = (place: typeof HOME, at: string, rules: readonly PathRule[]): readonly RememberedCanary[] =>
  rules.map((rule) => ({ ...place, rule, at }));
const REGIONAL = ['eks', 'logs', 'cloudtrail', 'log-batch'] as const;
const ALL = ['eks', 'logs', 'cloudtrail', 'iam', 'log-batch'] as const;

describe('findSilentPlaces', () => {
  test('finds none where each rule was heard within 26 hours', () => {
    const heard = [...hear(HOME, '2026-11-20T01:00:00Z', REGIONAL), ...hear(OF_IAM, '2026-11-21T01:30:00Z', ALL)];

    expect(findSilentPlaces({ ...NO_ROLES, home: null, places: [HOME], heard, now: NOW })).toEqual([]);
  });

  test('finds a place that was never heard, and the region of IAM of its account', () => {
    expect(findSilentPlaces({ ...NO_ROLES, home: null, places: [HOME], heard: [], now: NOW })).toEqual([
      { ...HOME, rules: REGIONAL, lastHeardAt: null },
      { ...OF_IAM, rules: ALL, lastHeardAt: null },
    ]);
  });

  test('finds the one rule that is silent, though the others are not', () => {
    const heard = [
      ...hear(HOME, '2026-11-21T01:00:00Z', ['eks', 'cloudtrail', 'log-batch']),
      ...hear(HOME, '2026-11-20T00:59:59Z', ['logs']),
      ...hear(OF_IAM, '2026-11-21T01:00:00Z', ALL),
    ];

    expect(findSilentPlaces({ ...NO_ROLES, home: null, places: [HOME], heard, now: NOW })).toEqual([
      { ...HOME, rules: ['logs'], lastHeardAt: '2026-11-21T01:00:00Z' },
    ]);
  });

  test('asks for a place without clusters as long as it was heard of lately', () => {
    const elsewhere = { account: '444455556666', region: 'eu-west-1' };
    const silentFor = (at: string) =>
      findSilentPlaces({ ...NO_ROLES, home: null, places: [], heard: hear(elsewhere, at, REGIONAL), now: NOW });

    expect(silentFor('2026-11-19T01:00:00Z')).toMatchObject([elsewhere]);
    expect(silentFor('2026-11-07T02:59:59Z')).toEqual([]);
  });

  test('asks for the home bus itself, and believes no other account that sends as it does', () => {
    const stranger = { account: '444455556666', region: 'eu-west-1' };
    const asked = { ...NO_ROLES, places: [], home: HOME, now: NOW };

    expect(findSilentPlaces({ ...asked, heard: hear(stranger, NOW, ['home-bus']) })).toEqual([
      { ...HOME, rules: ['home-bus'], lastHeardAt: null },
    ]);
    expect(findSilentPlaces({ ...asked, heard: hear(HOME, NOW, ['home-bus']) })).toEqual([]);
    expect(listHearable({ ...asked, places: [HOME], heard: [] })[0]?.rules).toEqual([...REGIONAL, 'home-bus']);
  });

  test('asks for the rule of emergencies in accounts whose roles are kept for them, and nowhere else', () => {
    const other = { ...HOME, account: '444455556666' };
    const heard = [HOME, OF_IAM, other, { ...OF_IAM, account: other.account }].flatMap((place) =>
      hear(place, NOW, ALL),
    );
    const breakGlass = [{ principal: 'arn:aws:iam::111122223333:role/emergency', clusters: [] }];
    const asked = { places: [HOME, other], home: null, heard, breakGlass, now: NOW };

    expect(findSilentPlaces(asked)).toEqual([
      { ...HOME, rules: ['sts'], lastHeardAt: NOW },
      { ...OF_IAM, rules: ['sts'], lastHeardAt: NOW },
    ]);
    expect(findSilentPlaces({ ...asked, heard: [...heard, ...hear(HOME, NOW, ['sts'])] })).toHaveLength(1);
  });

  test('takes a region for another account of its own', () => {
    const other = { ...HOME, account: '444455556666' };
    const heard = [...hear(HOME, NOW, REGIONAL), ...hear(OF_IAM, NOW, ALL)];

    expect(
      findSilentPlaces({ ...NO_ROLES, home: null, places: [HOME, other], heard, now: NOW }).map(
        ({ account }) => account,
      ),
    ).toEqual(['444455556666', '444455556666']);
  });
});

describe('listHearable', () => {
  test.each([
    ['cn-northwest-1', 'cn-north-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['ap-southeast-2', 'us-east-1'],
  ])('asks for %s and for %s', (region, iamRegion) => {
    const regions = listHearable({ ...NO_ROLES, home: null, places: [{ ...HOME, region }], heard: [], now: NOW }).map(
      (place) => place.region,
    );

    expect(regions.sort()).toEqual([region, iamRegion].sort());
  });

  test('knows no region of IAM in a partition that is not published', () => {
    expect(
      listHearable({ ...NO_ROLES, home: null, places: [{ ...HOME, region: 'us-iso-east-1' }], heard: [], now: NOW }),
    ).toHaveLength(1);
  });
});
