import { describe, expect, test } from 'vitest';
import type { Coverage, Source } from '../../shared/model/coverage.ts';
import { collectCluster } from '../../shared/pipeline/collect-cluster.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';

const WINDOW = { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' };

function collect(files: MemoryFiles, brokenOff: readonly string[] = []) {
  return collectCluster({
    place: { account: '111122223333', region: 'eu-west-1', name: 'payments' },
    readers: memoryReaders(files, brokenOff),
    journal: { files: [], progress: { step: () => undefined, end: () => undefined } },
    windowOf: () => WINDOW,
  });
}

async function coverOf(source: Source, files: MemoryFiles, brokenOff: readonly string[] = []): Promise<Coverage> {
  const { coverage } = await collect(files, brokenOff);
  const row = coverage.find((candidate) => candidate.source === source);
  if (row === undefined) throw new Error(`no coverage of ${source}`);
  return row;
}

/** The estate without some of its files. */
function estateBut(...names: readonly string[]): MemoryFiles {
  const dropped = names.map((name) => `${CLUSTER}/${name}`);
  return Object.fromEntries(Object.entries(smallEstate()).filter(([path]) => !dropped.includes(path)));
}

function describedAs(more: Readonly<Record<string, unknown>>): MemoryFiles {
  const cluster = { name: 'payments', createdAt: '2026-01-01T00:00:00Z', ...more };
  return { [`${CLUSTER}/describe-cluster.json`]: JSON.stringify({ cluster }) };
}

const inMode = (authenticationMode: string): MemoryFiles => describedAs({ accessConfig: { authenticationMode } });
const logging = (types: readonly string[], enabled = true): MemoryFiles =>
  describedAs({ logging: { clusterLogging: [{ types, enabled }] } });

describe('collectCluster: log types', () => {
  test('calls a log disabled that EKS does not write and that lies nowhere', async () => {
    const files = { ...estateBut('audit.ndjson'), ...logging(['authenticator']) };

    expect(await coverOf('audit-log', files)).toMatchObject({
      status: 'disabled',
      reason: 'the audit log type of the cluster is off',
    });
    expect((await coverOf('authenticator-log', files)).status).toBe('complete');
  });

  test('calls a log partial that is off now and was on once', async () => {
    const files = { ...smallEstate(), ...logging(['audit', 'authenticator'], false) };

    expect(await coverOf('audit-log', files)).toMatchObject({
      status: 'partial',
      reason: 'the audit log type of the cluster is off',
    });
  });

  test('keeps a log unavailable where nobody says whether it is on', async () => {
    expect((await coverOf('audit-log', { ...estateBut('audit.ndjson'), ...describedAs({}) })).status).toBe(
      'unavailable',
    );
  });
});

describe('collectCluster: aws-auth', () => {
  test.each([
    ['API', 'complete'],
    ['API_AND_CONFIG_MAP', 'unavailable'],
    ['CONFIG_MAP', 'unavailable'],
  ])('in mode %s without the ConfigMap is %s', async (mode, status) => {
    expect((await coverOf('aws-auth', { ...estateBut('aws-auth.yaml'), ...inMode(mode) })).status).toBe(status);
  });

  test('in mode API that is there and cannot be read is not complete', async () => {
    const files = { ...smallEstate(), ...inMode('API'), [`${CLUSTER}/aws-auth.yaml`]: 'kind: Secret\n' };

    expect((await coverOf('aws-auth', files)).status).toBe('unavailable');
  });

  test('in mode API that breaks off is not complete', async () => {
    const files = { ...smallEstate(), ...inMode('API') };

    expect((await coverOf('aws-auth', files, [`${CLUSTER}/aws-auth.yaml`])).status).toBe('unavailable');
  });

  test('is not there in a mode that nobody could read', async () => {
    expect((await coverOf('aws-auth', estateBut('aws-auth.yaml', 'describe-cluster.json'))).status).toBe('unavailable');
  });
});

describe('collectCluster: damage', () => {
  test('makes RBAC partial by one object that is none', async () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'ClusterRole', metadata: { name: 'x' } }, 7] };

    expect(await coverOf('rbac', { ...smallEstate(), [`${CLUSTER}/rbac.json`]: JSON.stringify(list) })).toMatchObject({
      status: 'partial',
      read: 1,
      skipped: 1,
    });
  });

  test('takes RBAC of which nothing could be used for none at all', async () => {
    expect(await coverOf('rbac', { ...smallEstate(), [`${CLUSTER}/rbac.json`]: 'Forbidden' })).toMatchObject({
      status: 'unavailable',
      skipped: 1,
    });
  });

  test('keeps the lines before the place where a log breaks off, and calls it partial', async () => {
    const file = `${CLUSTER}/authenticator.log`;
    const line = 'time="2026-11-20T07:00:00Z" level=warning msg="access denied" error="ARN is not mapped"\n';
    const files = { ...smallEstate(), [file]: line };

    const { authenticator } = await collect(files, [file]);

    expect(authenticator.map(({ kind }) => kind)).toEqual(['denied']);
    expect(await coverOf('authenticator-log', files, [file])).toMatchObject({
      status: 'partial',
      reason: `${file}: expected the whole file, got its beginning`,
      window: WINDOW,
    });
  });

  test('sorts records by what they are, not by the file in which they lie', async () => {
    const line = 'time="2026-11-20T07:00:00Z" level=warning msg="access denied" error="ARN is not mapped"\n';

    const { authenticator, audit } = await collect({ ...smallEstate(), [`${CLUSTER}/audit.ndjson`]: line });

    expect([authenticator.length, audit.length]).toEqual([1, 0]);
  });
});
