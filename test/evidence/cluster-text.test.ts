import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccessEntries } from '../../shared/evidence/access-entries.ts';
import { listDescribed } from '../../shared/evidence/cluster-text.ts';
import { parseDescribeCluster } from '../../shared/evidence/describe-cluster.ts';
import { parseIdentityProviders } from '../../shared/evidence/identity-providers.ts';
import { parseLogGroup } from '../../shared/evidence/log-group.ts';
import { parseWorkloadRoles } from '../../shared/evidence/workload-roles.ts';
import { clusterText } from '../support/cluster-text.ts';

const SHAPE = { one: 'nodegroup', many: ['nodegroups'], command: 'aws eks describe-nodegroup' };

function list(content: unknown) {
  const { items, skips } = listDescribed(clusterText('node-groups.json', content), SHAPE);
  return { items, skips: skips.list() };
}

describe('listDescribed', () => {
  it.each([
    ['one describe output', '{"nodegroup":\n{"n": 1}}', [[{ n: 1 }, 2]]],
    [
      'a list of describe outputs',
      '[{"nodegroup": {"n": 1}},\n{"nodegroup": {"n": 2}}]',
      [
        [{ n: 1 }, 1],
        [{ n: 2 }, 2],
      ],
    ],
    [
      'a list of objects',
      '[{"n": 1},\n{"n": 2}]',
      [
        [{ n: 1 }, 1],
        [{ n: 2 }, 2],
      ],
    ],
    [
      'a list under its field',
      '{"nodegroups": [\n{"n": 1},\n{"nodegroup": {"n": 2}}]}',
      [
        [{ n: 1 }, 2],
        [{ n: 2 }, 3],
      ],
    ],
    [
      'a list of lists under their field',
      '[{"nodegroups": [{"n": 1}]},\n{"nodegroups": [{"n": 2}]}]',
      [
        [{ n: 1 }, 1],
        [{ n: 2 }, 2],
      ],
    ],
    ['an object and the fields beside it', '{"nodegroup": {"n": 1}, "n": 2, "m": 3}', [[{ n: 1, m: 3 }, 1]]],
    ['an empty list', '{"nodegroups": []}', []],
  ])('finds the items of %s', (_name, text, items) => {
    const { items: found, skips } = list(text);

    expect(found.map(({ value, line }) => [value, line])).toEqual(items);
    expect(skips).toEqual([]);
  });

  it('counts names without their objects', () => {
    expect(list('{"nodegroups": ["a",\n"b"]}')).toEqual({
      items: [],
      skips: [
        {
          reason: 'lists names only: aws eks describe-nodegroup prints the rest',
          count: 2,
          sample: 'a',
          file: 'node-groups.json',
          line: 1,
        },
      ],
    });
  });

  it('counts what is no object', () => {
    expect(list('[1, null]').skips).toMatchObject([
      { reason: 'expected the output of aws eks describe-nodegroup', count: 2, sample: '1' },
    ]);
  });

  it('leaves out an item that names another cluster', () => {
    const { items, skips } = list({ nodegroup: { clusterName: 'orders' } });

    expect(items).toEqual([]);
    expect(skips).toMatchObject([{ reason: 'belongs to another cluster than its folder, payments', count: 1 }]);
  });

  it('says that more pages follow', () => {
    const { items, skips } = list({ nodegroups: [{ n: 1 }], nextToken: 'abc' });

    expect(items).toHaveLength(1);
    expect(skips).toMatchObject([{ reason: 'more pages follow (nextToken): the list is not whole', count: 1 }]);
  });

  it('says where a text stops being JSON', () => {
    expect(list('{"nodegroups": [\n  {"n": 1},\n  oops\n]}').skips).toEqual([
      {
        reason: 'not JSON: expected a value, got "o"',
        count: 1,
        sample: '  oops',
        file: 'node-groups.json',
        line: 3,
      },
    ]);
  });

  it('refuses JSON nested 10,000 deep', () => {
    const { items, skips } = list('{"nodegroups": '.repeat(10_000));

    expect(items).toEqual([]);
    expect(skips).toMatchObject([{ reason: 'not JSON: expected a value, got the end of the text', count: 1 }]);
  });
});

describe('parsers of a cluster folder', () => {
  const key = fc.constantFrom(
    ...['accessEntries', 'accessEntry', 'principalArn', 'associatedAccessPolicies', 'policyArn', 'accessScope'],
    ...['cluster', 'name', 'accessConfig', 'logging', 'clusterLogging', 'tags', 'createdAt', '__proto__'],
    ...['nodegroups', 'nodegroupName', 'nodeRole', 'identityProviderConfigs', 'oidc', 'logGroups', 'logGroupName'],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.jsonValue(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    ),
  }));

  it('give records or skips, and never throw, for any text or document', () => {
    const text = fc.oneof(
      value.map((document) => JSON.stringify(document)),
      fc.string(),
    );

    fc.assert(
      fc.property(text, (content) => {
        const source = clusterText('x.json', content);
        const parsed = [
          parseAccessEntries(source),
          parseIdentityProviders(source),
          parseWorkloadRoles('pod-identity', source),
        ];
        for (const { records, skips } of parsed) {
          expect(Array.isArray(records)).toBe(true);
          for (const { count, sample } of skips) expect([count > 0, sample.length <= 120]).toEqual([true, true]);
        }
        expect(parseDescribeCluster(source)).toBeTypeOf('object');
        expect(parseLogGroup(source)).toBeTypeOf('object');
      }),
      { seed: 11, numRuns: 1500 },
    );
  });
});
