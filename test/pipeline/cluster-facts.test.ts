import { describe, expect, test } from 'vitest';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { collectClusterFacts } from '../../shared/pipeline/cluster-facts.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';

const NOW = '2026-11-21T00:00:00Z';
const DESCRIBED = '{"cluster": {"name": "payments", "createdAt": "2026-02-01T00:00:00Z"}}';

function collect(files: Readonly<Record<string, string | Uint8Array>>, cluster: string | undefined) {
  return collectClusterFacts(openEvidenceFolder(makeFolder(files)), { cluster, now: NOW });
}

describe('collectClusterFacts', () => {
  test('gives the facts of the cluster that is named, and reads no other', async () => {
    const files = { ...smallEstate(), '111122223333/eu-west-1/orders/describe-cluster.json': '{}' };

    const { facts, evidence } = await collect(files, 'payments');

    expect(facts.cluster.arn).toBe('arn:aws:eks:eu-west-1:111122223333:cluster/payments');
    expect(facts.now).toBe(NOW);
    expect(evidence.clusters).toHaveLength(1);
    expect(evidence.files.map(({ file }) => file).filter((file) => file.includes('orders'))).toEqual([]);
  });

  test('takes an ARN where two clusters share a name', async () => {
    const files = { ...smallEstate(), '111122223333/us-east-1/payments/describe-cluster.json': DESCRIBED };

    const { facts } = await collect(files, 'arn:aws:eks:us-east-1:111122223333:cluster/payments');

    expect(facts.cluster.region).toBe('us-east-1');
    await expect(collect(files, 'payments')).rejects.toThrow(
      'expected the ARN of one cluster for --cluster, got "payments", which may be ' +
        'arn:aws:eks:eu-west-1:111122223333:cluster/payments, arn:aws:eks:us-east-1:111122223333:cluster/payments',
    );
  });

  test.each([
    ['a name of no cluster', 'orders', 'one of payments, got "orders"'],
    ['an ARN of another region', 'arn:aws:eks:us-east-1:111122223333:cluster/payments', 'one of payments, got "arn:'],
    ['no name', undefined, 'one of payments, got no such flag'],
  ])('names the clusters there are when it is given %s', async (_what, cluster, message) => {
    await expect(collect(smallEstate(), cluster)).rejects.toThrow(message);
  });

  test('says so when the evidence holds no cluster', async () => {
    await expect(collect({ '111122223333/iam.json': '{}' }, 'payments')).rejects.toThrow(
      'expected the name of a cluster for --cluster, but the evidence holds none, got "payments"',
    );
  });
});
