import { describe, expect, test } from 'vitest';
import { parseTrails } from '../../shared/evidence/trails.ts';

const FILE = '111122223333/eu-central-1/trails.json';
const ARN = 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/organisation';

function parse(...trailList: readonly unknown[]) {
  return parseTrails(JSON.stringify({ trailList }), FILE);
}

function writesOf(selectors: object): boolean | null | undefined {
  return parse({ Name: 'organisation', status: { IsLogging: true }, ...selectors }).trails?.[0]?.recordsWrites;
}

function advanced(...fieldSelectors: readonly object[]): object {
  return { advancedEventSelectors: [{ Name: 'all', FieldSelectors: fieldSelectors }] };
}

const MANAGEMENT = { Field: 'eventCategory', Equals: ['Management'] };

describe('parseTrails', () => {
  test('gives a trail with its status and what it records', () => {
    const { trails, skips, gap } = parse({
      Name: 'organisation',
      TrailARN: ARN,
      HomeRegion: 'eu-central-1',
      IsMultiRegionTrail: true,
      status: { IsLogging: true },
      eventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
    });

    expect(trails).toEqual([
      {
        name: 'organisation',
        arn: ARN,
        homeRegion: 'eu-central-1',
        isMultiRegion: true,
        isLogging: true,
        recordsWrites: true,
        evidence: { source: 'trails', id: ARN, at: null, file: FILE, line: 1 },
      },
    ]);
    expect(skips).toEqual([]);
    expect(gap).toBeNull();
  });

  test('says that a bare describe-trails tells neither status nor selectors', () => {
    const { trails, gap } = parse({ Name: 'organisation', TrailARN: ARN, IsMultiRegionTrail: true });

    expect(trails?.[0]).toMatchObject({ isLogging: null, recordsWrites: null });
    expect(gap).toBe('1 of 1 trails without status or selectors');
  });

  test('reads that a region has no trail', () => {
    expect(parse()).toEqual({ trails: [], skips: [], gap: null });
  });

  test.each([
    ['all management events', { eventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }, true],
    ['writes alone', { eventSelectors: [{ ReadWriteType: 'WriteOnly' }] }, true],
    ['reads alone', { eventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] }, false],
    ['data events alone', { eventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false }] }, false],
    ['advanced: all management events', advanced(MANAGEMENT), true],
    ['advanced: writes alone', advanced(MANAGEMENT, { Field: 'readOnly', Equals: ['false'] }), true],
    ['advanced: reads alone', advanced(MANAGEMENT, { Field: 'readOnly', Equals: ['true'] }), false],
    ['advanced: data events alone', advanced({ Field: 'eventCategory', Equals: ['Data'] }), false],
    ['advanced: without KMS', advanced(MANAGEMENT, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }), true],
    ['advanced: without EKS', advanced(MANAGEMENT, { Field: 'eventSource', NotEquals: ['eks.amazonaws.com'] }), false],
    [
      'advanced: one service alone',
      advanced(MANAGEMENT, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }),
      false,
    ],
  ])('tells from the selectors whether writes are recorded: %s', (_name, selectors, expected) => {
    expect(writesOf(selectors)).toBe(expected);
  });

  test('counts a trail without a name, and keeps the others', () => {
    const { trails, skips } = parse({ TrailARN: ARN }, null, { Name: 'other' });

    expect(trails?.map(({ name }) => name)).toEqual(['other']);
    expect(skips.map(({ reason, count }) => [reason, count])).toEqual([['a trail without Name', 2]]);
  });

  test.each(['', '[]', '{"trailList": {}}', '{"__proto__": {"trailList": []}}', '{"trailList": [', '\u0000'])(
    'takes no trails from %j',
    (text) => {
      const { trails, skips } = parseTrails(text, FILE);

      expect(trails).toBeNull();
      expect(skips).toHaveLength(1);
    },
  );
});
