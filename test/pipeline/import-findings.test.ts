import { describe, expect, test } from 'vitest';
import type { RefusedFinding } from '../../shared/message-port.ts';
import { type ImportPorts, importFindings, type News } from '../../shared/pipeline/import-findings.ts';
import type { AsffFinding } from '../../shared/reports/asff.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { CLUSTER, FINGERPRINT, remembered } from '../support/notices.ts';
import { listErrorsOf } from '../support/schema-errors.ts';

const HOME = { partition: 'aws', region: 'eu-central-1', account: '444455556666' };
const NOW = '2026-11-21T08:05:00Z';
const OTHER = 'b'.repeat(32);

function news(more: Parameters<typeof remembered>[0] = {}, writtenAt: string | null = '2026-11-21T08:02:00Z'): News {
  const finding = remembered(more);
  const key = `finding#${finding.fingerprint}`;
  return {
    finding,
    row: { sequenceNumber: '1', partition: CLUSTER, key, before: null, after: null, writtenAt },
  };
}

function createHub(refused: readonly RefusedFinding[] = []) {
  const taken: AsffFinding[] = [];
  const store = createMemoryStore();
  const hub = {
    importFindings: async (documents: readonly unknown[]) => {
      taken.push(...JSON.parse(JSON.stringify(documents)));
      return refused;
    },
  };
  const ports: ImportPorts = { store, securityHub: { hub, home: HOME }, now: NOW };
  return { taken, store, ports };
}

const CHANGE = remembered().change;

describe('importFindings', () => {
  test('gives a finding of another account in as one of the home account, and names its own', async () => {
    const { taken, ports } = createHub();

    expect(await importFindings([news()], ports)).toEqual({ imported: 1, failures: [] });
    expect(listErrorsOf('asff', JSON.stringify(taken))).toEqual([]);
    expect(taken).toMatchObject([
      {
        Id: `keyholder/${FINGERPRINT}`,
        ProductArn: 'arn:aws:securityhub:eu-central-1:444455556666:product/444455556666/default',
        AwsAccountId: '444455556666',
        CreatedAt: '2026-11-21T08:01:00Z',
        UpdatedAt: '2026-11-21T08:02:00.001Z',
        LastObservedAt: '2026-11-21T08:01:00Z',
        ProductFields: { 'keyholder/account': '111122223333', 'keyholder/region': 'eu-west-1' },
        Resources: [
          { Type: 'AwsEksCluster', Id: CLUSTER, Region: 'eu-west-1' },
          { Type: 'AwsIamRole', Id: 'arn:aws:iam::111122223333:role/newcomer' },
        ],
        Compliance: { Status: 'FAILED' },
        RecordState: 'ACTIVE',
      },
    ]);
  });

  test('archives a finding that was resolved, as passed', async () => {
    const { taken, ports } = createHub();
    const change = { number: 2, kind: 'resolved', cause: 'audit', at: '2026-11-22T03:00:00Z' } as const;
    await importFindings([news({ status: 'resolved', change })], ports);

    expect(taken).toMatchObject([
      {
        Compliance: { Status: 'PASSED' },
        RecordState: 'ARCHIVED',
        UpdatedAt: '2026-11-21T08:02:00.002Z',
        LastObservedAt: '2026-11-21T08:01:00Z',
      },
    ]);
  });

  test('gives several changes of one finding in as the last of them', async () => {
    const { taken, ports } = createHub();
    const second = { ...CHANGE, number: 2, kind: 'worsened' } as const;
    await importFindings([news({ severity: 'high' }), news({ change: second }), news({ fingerprint: OTHER })], ports);

    expect(taken.map(({ Id, Severity }) => [Id, Severity.Label])).toEqual([
      [`keyholder/${FINGERPRINT}`, 'CRITICAL'],
      [`keyholder/${OTHER}`, 'CRITICAL'],
    ]);
  });

  test('dates each change later than the one before it, though both were written in one second', async () => {
    const { taken, ports } = createHub();
    for (const number of [1, 2, 3]) await importFindings([news({ change: { ...CHANGE, number } })], ports);
    await importFindings([news({ change: { ...CHANGE, number: 3 } })], ports);

    expect(taken.map(({ UpdatedAt }) => UpdatedAt)).toEqual([
      '2026-11-21T08:02:00.001Z',
      '2026-11-21T08:02:00.002Z',
      '2026-11-21T08:02:00.003Z',
      '2026-11-21T08:02:00.003Z',
    ]);
  });

  test('keeps what was not taken, with the reason and the document itself', async () => {
    const { store, ports, taken } = createHub([{ id: `keyholder/${OTHER}`, reason: 'InvalidInput' }]);

    expect(await importFindings([news(), news({ fingerprint: OTHER })], ports)).toEqual({
      imported: 1,
      failures: ['InvalidInput'],
    });
    expect(await store.list(CLUSTER, 'refused#')).toEqual([
      {
        partition: CLUSTER,
        key: `refused#${OTHER}-1#security-hub`,
        version: 1,
        body: { id: `keyholder/${OTHER}`, reason: 'InvalidInput', at: NOW, document: taken[1] },
        expiresAt: '2026-12-05T08:05:00.000Z',
      },
    ]);
  });

  test('keeps no document that is too large for a row', async () => {
    const { store, ports } = createHub([{ id: `keyholder/${FINGERPRINT}`, reason: 'InvalidInput' }]);
    await importFindings([news({ fix: Array(20).fill('x'.repeat(2048)) })], ports);

    expect(await store.list(CLUSTER, 'refused#')).toMatchObject([{ body: { document: null } }]);
  });

  test('says of a refusal that names no finding of ours that something failed', async () => {
    const { ports } = createHub([{ id: '', reason: 'InvalidInput' }]);

    expect((await importFindings([news()], ports)).failures).toEqual(['InvalidInput']);
  });

  test('finds the account of a finding of no cluster in its subject, else it is the home account', async () => {
    const { taken, ports } = createHub();
    await importFindings(
      [
        news({ cluster: null, subject: 'region:111122223333/us-east-1' }),
        news({ fingerprint: OTHER, cluster: null, subject: 'user:alice' }),
      ],
      ports,
    );

    expect(listErrorsOf('asff', JSON.stringify(taken))).toEqual([]);
    expect(taken.map(({ ProductFields: fields }) => [fields['keyholder/account'], fields['keyholder/region']])).toEqual(
      [
        ['111122223333', 'us-east-1'],
        ['444455556666', 'eu-central-1'],
      ],
    );
  });

  test('does nothing where there is no Security Hub', async () => {
    const { ports } = createHub();

    expect(await importFindings([news()], { ...ports, securityHub: null })).toMatchObject({ imported: 0 });
  });
});
