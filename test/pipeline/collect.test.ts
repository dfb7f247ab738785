import { describe, expect, test } from 'vitest';
import type { Coverage, Source } from '../../shared/model/coverage.ts';
import type { ClusterEvidence } from '../../shared/model/evidence.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';

const SECOND = '111122223333/us-east-1/payments';

const manifest = (more: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ schema: 'keyholder.evidence/v1', ...more });

const trailRecord = (eventID: string, awsRegion: string | undefined, name: string): unknown => ({
  eventVersion: '1.11',
  eventID,
  eventTime: '2026-11-20T08:00:00Z',
  eventSource: 'eks.amazonaws.com',
  eventName: 'CreateAccessEntry',
  ...(awsRegion === undefined ? {} : { awsRegion }),
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', accountId: '111122223333' },
  requestParameters: { name, principalArn: 'arn:aws:iam::111122223333:role/newcomer' },
  responseElements: null,
  readOnly: false,
  recipientAccountId: '111122223333',
});

async function collect(files: MemoryFiles, brokenOff: readonly string[] = []) {
  return collectEvidence(memoryReaders(files, brokenOff));
}

function rowOf({ coverage }: Pick<ClusterEvidence, 'coverage'>, source: Source): Coverage | undefined {
  return coverage.find((row) => row.source === source);
}

describe('collectEvidence', () => {
  test('gives an estate in which every source that was stored is complete', async () => {
    const { clusters, accounts, window, files } = await collect(smallEstate());
    const [cluster] = clusters;

    expect(window).toEqual({ from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' });
    expect(cluster?.coverage.map(({ source, status }) => [source, status])).toEqual([
      ['authenticator-log', 'complete'],
      ['audit-log', 'complete'],
      ['eks-api', 'complete'],
      ['aws-auth', 'complete'],
      ['rbac', 'complete'],
      ['cloudtrail', 'complete'],
      ['iam', 'complete'],
      ['identity-center', 'unavailable'],
      ['organizations', 'unavailable'],
      ['trails', 'complete'],
      ['guardduty', 'complete'],
    ]);
    expect(accounts.map(({ account, iam }) => [account, iam?.roles.length])).toEqual([['111122223333', 1]]);
    expect(files.map(({ file }) => file)).toEqual([...Object.keys(smallEstate())].sort());
  });

  test('calls logs partial, with the window of their records, where no manifest states one', async () => {
    const { 'manifest.json': _, ...files } = smallEstate();

    const { clusters } = await collect({
      ...files,
      '111122223333/cloudtrail/a.json': JSON.stringify({ Records: [trailRecord('e-1', 'eu-west-1', 'payments')] }),
    });
    const [cluster] = clusters;

    expect(cluster && rowOf(cluster, 'cloudtrail')).toMatchObject({
      status: 'partial',
      window: { from: '2026-11-20T08:00:00Z', to: '2026-11-20T08:00:00Z' },
      reason: 'window not stated',
    });
    expect(cluster && rowOf(cluster, 'audit-log')).toMatchObject({ status: 'partial', window: null });
    expect(cluster && rowOf(cluster, 'rbac')?.status).toBe('complete');
  });

  test('gives one log the window that the manifest states of it alone', async () => {
    const own = { from: '2026-11-10T00:00:00Z', to: '2026-11-12T00:00:00Z' };
    const window = { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' };
    const stated = { source: 'audit-log', cluster: 'payments', status: 'complete', window: own };

    const { clusters } = await collect({
      ...smallEstate(),
      'manifest.json': manifest({ window, coverage: [stated] }),
    });
    const [cluster] = clusters;

    expect(cluster && rowOf(cluster, 'audit-log')?.window).toEqual(own);
    expect(cluster && rowOf(cluster, 'authenticator-log')?.window).toEqual(window);
  });

  test('joins CloudTrail records to the cluster of their region, and to both where they name none', async () => {
    const described = '{"cluster": {"name": "payments", "createdAt": "2026-02-01T00:00:00Z"}}';
    const Records = [
      trailRecord('e-west', 'eu-west-1', 'payments'),
      trailRecord('e-east', 'us-east-1', 'payments'),
      trailRecord('e-nowhere', undefined, 'payments'),
      trailRecord('e-other', 'eu-west-1', 'orders'),
    ];

    const { clusters } = await collect({
      ...smallEstate(),
      [`${SECOND}/describe-cluster.json`]: described,
      '111122223333/cloudtrail/a.json': JSON.stringify({ Records }),
    });

    const joined = clusters.map(({ cluster, cloudTrail }) => [
      cluster.region,
      cloudTrail.map(({ eventId }) => eventId).sort(),
    ]);
    expect(joined).toEqual([
      ['eu-west-1', ['e-nowhere', 'e-west']],
      ['us-east-1', ['e-east', 'e-nowhere']],
    ]);
  });

  test('has evidence of an account that only a cluster names', async () => {
    const readers = memoryReaders({ [`${CLUSTER}/describe-cluster.json`]: '{"cluster": {"name": "payments"}}' });
    const places = { ...(await readers.places()), accounts: [] };

    const { accounts } = await collectEvidence({ ...readers, places: async () => places });

    expect(accounts.map(({ account, iam }) => [account, iam])).toEqual([['111122223333', null]]);
    expect(accounts[0]?.coverage.map(({ status }) => status)).toEqual([
      'unavailable',
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
  });

  test.each([
    ['a manifest of another schema', 'manifest.json', '{"schema": "other/v9"}', 'expected a manifest with schema'],
    ['a manifest that is no JSON', 'manifest.json', '{', 'manifest.json:1: not JSON'],
    [
      'a manifest whose window runs backwards',
      'manifest.json',
      manifest({ window: { from: '2026-11-21T00:00:00Z', to: '2026-11-01T00:00:00Z' } }),
      'a window without a time from and a later time to',
    ],
    ['a state of another schema', 'state.json', '{"schema": "other/v9"}', 'state.json'],
  ])('refuses %s', async (_what, file, text, message) => {
    const collecting = collect({ ...smallEstate(), [file]: text });

    await expect(collecting).rejects.toThrow(message);
    await expect(collecting).rejects.toMatchObject({ name: 'KeyholderError', code: 'unreadable-input' });
  });

  test.each([
    ['an unknown key', 'aproved: []\n', 'keyholder.yml:1: aproved'],
    ['a flaw in its YAML', 'tags: [\n', 'keyholder.yml:2: '],
    ['a risk accepted without an owner', 'acceptedRisks: [{finding: x}]\n', 'keyholder.yml:1: '],
  ])('refuses a keyholder.yml with %s', async (_what, text, message) => {
    const collecting = collect({ ...smallEstate(), 'keyholder.yml': text });

    await expect(collecting).rejects.toThrow(message);
    await expect(collecting).rejects.toMatchObject({ name: 'KeyholderError', code: 'usage' });
  });

  test('refuses a keyholder.yml that breaks off: half of it would accept other risks', async () => {
    await expect(collect(smallEstate(), ['keyholder.yml'])).rejects.toMatchObject({ code: 'read-failed' });
  });

  test('tells progress for what it reads, and its end once', async () => {
    const told: string[] = [];
    const progress = { step: (what: string) => void told.push(what), end: () => void told.push('end') };

    await collectEvidence(memoryReaders(smallEstate()), { progress });

    expect(told).toContain(`${CLUSTER}/rbac.json`);
    expect(told.filter((what) => what === 'end')).toEqual(['end']);
    expect(told.at(-1)).toBe('end');
  });
});
