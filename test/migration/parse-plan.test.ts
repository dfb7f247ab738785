import { describe, expect, test } from 'vitest';
import { parsePlannedEntries } from '../../shared/migration/parse-plan.ts';

const ENTRY = {
  principalArn: 'arn:aws:iam::111122223333:role/dev',
  type: 'STANDARD',
  username: null,
  groups: ['developers'],
  policies: [
    { policyArn: 'arn:aws:eks::aws:cluster-access-policy/A', name: 'A', scope: { type: 'cluster' } },
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/B',
      name: 'B',
      scope: { type: 'namespace', namespaces: ['x'] },
    },
  ],
};

function parse(value: unknown) {
  return parsePlannedEntries(typeof value === 'string' ? value : JSON.stringify(value), 'migrate.json');
}

describe('parsePlannedEntries', () => {
  test('gives back the entries of a plan', () => {
    expect(parse({ schema: 'keyholder.migrate/v1', entries: [ENTRY] })).toEqual([ENTRY]);
  });

  test.each([
    ['no JSON', '{', 'expected JSON in migrate.json'],
    ['another document', { schema: 'keyholder.report/v1', entries: [] }, 'expected a plan of keyholder migrate'],
    ['a list', [], 'expected a plan of keyholder migrate'],
    ['nothing', 'null', 'expected a plan of keyholder migrate'],
    ['no entries', { schema: 'keyholder.migrate/v1', entries: {} }, 'expected a plan of keyholder migrate'],
    [
      'an entry of nobody',
      { schema: 'keyholder.migrate/v1', entries: [{}] },
      'expected a principal and a type in migrate.json: entry 1',
    ],
  ])('refuses %s in one line', (_what, value, message) => {
    expect(() => parse(value)).toThrow(message);
  });

  test('takes what is of another kind for left out', () => {
    const bare = { principalArn: 'x', type: 'y', username: 7, groups: 'a', policies: null };

    expect(parse({ schema: 'keyholder.migrate/v1', entries: [bare] })).toEqual([
      { principalArn: 'x', type: 'y', username: null, groups: [], policies: [] },
    ]);
  });
});
