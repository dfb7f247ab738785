import { describe, expect, test } from 'vitest';
import { collectEks } from '../../shared/pipeline/collect-eks.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';

function collect(files: MemoryFiles, brokenOff: readonly string[] = []) {
  return collectEks({
    place: { account: '111122223333', region: 'eu-west-1', name: 'payments' },
    readers: memoryReaders(files, brokenOff),
    journal: { files: [], progress: { step: () => undefined, end: () => undefined } },
    windowOf: () => null,
  });
}

const file = (name: string): string => `${CLUSTER}/${name}.json`;
const DESCRIBED = { name: 'payments', createdAt: '2026-01-01T00:00:00Z' };

function estateBut(...names: readonly string[]): MemoryFiles {
  return Object.fromEntries(Object.entries(smallEstate()).filter(([path]) => !names.map(file).includes(path)));
}

describe('collectEks', () => {
  test('is complete with its core, and says which other pieces nobody collected', async () => {
    const { coverage } = await collect(smallEstate());

    expect(coverage).toMatchObject({ status: 'complete', reason: null, read: 2, skipped: 0 });
    expect(coverage.parts).toEqual({
      cluster: 'complete',
      'access-entries': 'complete',
      'node-groups': 'complete',
      'fargate-profiles': 'unavailable',
      'identity-providers': 'unavailable',
      'pod-identity': 'unavailable',
      capabilities: 'unavailable',
      'log-group': 'unavailable',
    });
  });

  test('needs no access entries in mode CONFIG_MAP, where there can be none', async () => {
    const { coverage } = await collect({
      ...estateBut('access-entries'),
      [file('describe-cluster')]: JSON.stringify({
        cluster: { ...DESCRIBED, accessConfig: { authenticationMode: 'CONFIG_MAP' } },
      }),
    });

    expect([coverage.status, coverage.parts?.['access-entries']]).toEqual(['complete', 'complete']);
  });

  test('misses access entries that break off, in mode CONFIG_MAP too', async () => {
    const described = { ...DESCRIBED, accessConfig: { authenticationMode: 'CONFIG_MAP' } };

    const { coverage } = await collect(
      { ...smallEstate(), [file('describe-cluster')]: JSON.stringify({ cluster: described }) },
      [file('access-entries')],
    );

    expect([coverage.status, coverage.skipped]).toEqual(['partial', 1]);
  });

  test.each(['API', 'API_AND_CONFIG_MAP'])('misses the access entries in mode %s', async (authenticationMode) => {
    const { coverage } = await collect({
      ...estateBut('access-entries'),
      [file('describe-cluster')]: JSON.stringify({ cluster: { ...DESCRIBED, accessConfig: { authenticationMode } } }),
    });

    expect([coverage.status, coverage.parts?.['access-entries']]).toEqual(['partial', 'unavailable']);
    expect(coverage.reason).toBe(`${file('access-entries')} is not there`);
  });

  test('misses the access entries of a cluster whose mode nobody knows', async () => {
    const { coverage } = await collect(estateBut('access-entries', 'describe-cluster'));

    expect(coverage.status).toBe('unavailable');
  });

  test('knows the cluster by its place where nothing describes it', async () => {
    const { evidence, coverage } = await collect(estateBut('describe-cluster'));

    expect(evidence.cluster).toMatchObject({
      arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
      authenticationMode: null,
      logTypes: null,
    });
    expect(coverage.status).toBe('partial');
    expect(evidence.accessEntries).toHaveLength(1);
  });

  test.each(['node-groups', 'fargate-profiles', 'identity-providers', 'pod-identity', 'capabilities', 'log-group'])(
    'is partial when %s is there and damaged',
    async (name) => {
      const { coverage } = await collect({ ...smallEstate(), [file(name)]: '{"nextToken": ' });

      expect(coverage.status).toBe('partial');
      expect(coverage.skipped).toBeGreaterThan(0);
      expect(coverage.reason).toContain(file(name));
    },
  );

  test('is partial when a piece breaks off', async () => {
    const { coverage } = await collect(smallEstate(), [file('node-groups')]);

    expect([coverage.status, coverage.parts?.['node-groups'], coverage.reason]).toEqual([
      'partial',
      'unavailable',
      `${file('node-groups')}: expected the whole file, got its beginning`,
    ]);
  });

  test('counts an entry that could not be read, and keeps the others', async () => {
    const { accessEntries } = JSON.parse(String(smallEstate()[file('access-entries')]));

    const { evidence, coverage } = await collect({
      ...smallEstate(),
      [file('access-entries')]: JSON.stringify({ accessEntries: [...accessEntries, 'not an entry'] }),
    });

    expect(evidence.accessEntries).toHaveLength(1);
    expect(coverage).toMatchObject({ status: 'partial', skipped: 1 });
    expect(coverage.parts?.['access-entries']).toBe('partial');
  });

  test('names the roles of every kind of workload', async () => {
    const { evidence } = await collect({
      ...smallEstate(),
      [file('node-groups')]: JSON.stringify({
        nodegroups: [{ nodegroupName: 'ng', nodeRole: 'arn:aws:iam::111122223333:role/nodes' }],
      }),
      [file('pod-identity')]: JSON.stringify({
        associations: [
          { namespace: 'ci', serviceAccount: 'builder', roleArn: 'arn:aws:iam::111122223333:role/builder' },
        ],
      }),
    });

    expect(evidence.workloadRoles.map(({ kind, name }) => [kind, name])).toEqual([
      ['node-group', 'ng'],
      ['pod-identity', 'ci/builder'],
    ]);
  });
});
