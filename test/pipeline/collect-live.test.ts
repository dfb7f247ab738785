import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyholderError, type Refusal } from '../../shared/errors.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../../shared/offline/evidence-recorder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { collectLive } from '../../shared/pipeline/collect-live.ts';
import type { LiveAccount, LiveRequest } from '../../shared/pipeline/live-request.ts';
import type { LiveSources } from '../../shared/ports.ts';
import { ESTATE } from '../support/estate.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { makeFolder } from '../support/temp-folder.ts';

const NOW = '2026-11-21T03:00:00Z';

function account(changes: Partial<LiveSources> = {}, name = 'the caller'): LiveAccount {
  return { name, account: null, open: async () => readFolderLive(ESTATE, changes) };
}

async function record(accounts: readonly LiveAccount[], more: Partial<LiveRequest> = {}) {
  const dir = makeFolder();
  const result = await collectLive(accounts, {
    sink: await openEvidenceRecorder(dir),
    regions: ['eu-central-1'],
    account: null,
    cluster: null,
    window: { from: '2026-11-20T03:00:00Z', to: NOW },
    now: NOW,
    signal: new AbortController().signal,
    progress: { step: () => {}, end: () => {} },
    copies: [],
    ...more,
  });
  return { dir, result, manifest: JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) };
}

async function audit(dir: string) {
  return auditEvidence(await collectEvidence(openEvidenceFolder(dir)), NOW);
}

const failed = (message: string, refusal: Refusal | null = null) => {
  return async (): Promise<never> => {
    throw new KeyholderError('read-failed', message, { refusal });
  };
};
const denied = (message: string) => failed(message, 'denied');

describe('collectLive', () => {
  it('records what every source of every cluster gave, for its owner alone', async () => {
    const { dir, manifest } = await record([account()]);

    expect(readdirSync(join(dir, '111122223333/eu-central-1')).sort()).toEqual([
      'archive',
      'guardduty.json',
      'legacy',
      'payments',
      'trails.json',
    ]);
    expect(readFileSync(join(dir, '111122223333/eu-central-1/payments/rbac.json'), 'utf8')).toBe(
      readFileSync(join(ESTATE, '111122223333/eu-central-1/payments/rbac.json'), 'utf8'),
    );
    expect(statSync(join(dir, 'manifest.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, '111122223333')).mode & 0o777).toBe(0o700);
    expect(manifest).toMatchObject({
      schema: 'keyholder.evidence/v1',
      collectedAt: NOW,
      window: { from: '2026-11-20T03:00:00Z', to: NOW },
      caller: 'arn:aws:sts::111122223333:assumed-role/auditor/alice',
      scope: [{ account: '111122223333', region: 'eu-central-1', status: 'audited', clusters: 3 }],
      queries: ['fields @timestamp, @message | limit 10000'],
    });
  });

  it('gives the same bytes whatever order the calls end in', async () => {
    const slow = readFolderLive(ESTATE);
    const later = account({
      readEks: async (place, task) => {
        if (place.name === 'archive') await new Promise((resolve) => setTimeout(resolve, 20));
        return slow.readEks(place, task);
      },
    });

    const first = await record([account()]);
    const second = await record([later]);

    expect(JSON.stringify(second.manifest)).toBe(JSON.stringify(first.manifest));
    expect(await audit(second.dir)).toEqual(await audit(first.dir));
  });

  it('keeps a cluster of which nothing could be read, and says of every source why', async () => {
    const { dir } = await record(
      [account({ readEks: failed('eks:DescribeCluster: throttled'), readKubernetes: failed('no route') })],
      { cluster: 'payments' },
    );

    const [cluster] = (await audit(dir)).clusters;
    const reasons = new Map(cluster?.coverage.map(({ source, status, reason }) => [source, `${status}: ${reason}`]));
    expect(cluster?.name).toBe('payments');
    expect(reasons.get('eks-api')).toContain('unavailable: eks:DescribeCluster: throttled');
    expect(reasons.get('rbac')).toContain('unavailable: no route');
    expect(reasons.get('authenticator-log')).toBe('complete: null');
  });

  it('says in the scope that a region does not list its clusters, and which statement would mend it', async () => {
    const { manifest } = await record([account({ listClusters: denied('eks:ListClusters: denied (x)') })]);

    expect(manifest.scope).toEqual([
      {
        account: '111122223333',
        region: 'eu-central-1',
        status: 'denied',
        clusters: 0,
        reason: 'eks:ListClusters: denied (x)',
        mend: '{"Effect": "Allow", "Action": "eks:ListClusters", "Resource": "*"}, or name the cluster with --cluster',
      },
    ]);
  });

  it('goes on with the other accounts when one cannot be entered', async () => {
    const closed: LiveAccount = {
      name: 'arn:aws:iam::444455556666:role/auditor',
      account: '444455556666',
      open: denied('sts:AssumeRole: denied'),
    };

    const { manifest } = await record([closed, account()]);

    expect(manifest.scope.map((row: { account: string; status: string }) => [row.account, row.status])).toEqual([
      ['111122223333', 'audited'],
      ['444455556666', 'denied'],
    ]);
  });

  it('fails when no account at all can be entered', async () => {
    await expect(record([account({ readCaller: failed('there are no AWS credentials') })])).rejects.toThrow(
      'there are no AWS credentials',
    );
  });

  it('refuses credentials of another account than the one that is named', async () => {
    await expect(record([account()], { account: '444455556666' })).rejects.toThrow(
      'expected credentials of account 444455556666, got those of arn:aws:sts::111122223333',
    );
  });

  it('passes over names that no cluster can have, and counts them', async () => {
    const { manifest } = await record([account({ listClusters: async () => ['../../etc', 'payments'] })]);

    expect(manifest.scope[0]).toMatchObject({
      status: 'partial',
      clusters: 2,
      reason: '"../../etc" is no name of a cluster: passed over',
    });
  });

  it('says of a region of which one cluster was asked for that it was no more', async () => {
    const { dir } = await record([account()], { cluster: 'payments' });

    expect((await audit(dir)).scope).toMatchObject([
      { status: 'audited', clusters: 1, reason: 'only cluster payments was asked for' },
    ]);
  });

  it('fails when no region has the cluster that was asked for', async () => {
    await expect(record([account()], { cluster: 'paymets' })).rejects.toThrow(
      'expected a cluster of eu-central-1 in account 111122223333 for --cluster, got "paymets", which is not there',
    );
  });

  it('leaves out a region that lacks the cluster which another one has', async () => {
    const regions = ['eu-central-1', 'us-east-1'];
    const { dir } = await record([account()], { cluster: 'payments', regions });

    const { clusters, scope } = await audit(dir);
    expect(clusters.map(({ name, region }) => [name, region])).toEqual([['payments', 'eu-central-1']]);
    expect(scope[1]).toMatchObject({
      region: 'us-east-1',
      clusters: 0,
      reason: 'it has no cluster payments, and no other was asked for',
    });
  });

  it('takes a cluster for there where nobody may list them', async () => {
    const { manifest } = await record([account({ listClusters: denied('eks:ListClusters: denied (x)') })], {
      cluster: 'payments',
    });

    expect(manifest.scope).toMatchObject([{ status: 'audited', clusters: 1 }]);
  });

  it('begins nothing new once the time is up, and says so of every source', async () => {
    const { dir } = await record([account()], { signal: AbortSignal.abort(), cluster: 'payments' });

    const [cluster] = (await audit(dir)).clusters;
    expect(new Set(cluster?.coverage.map(({ status }) => status))).toEqual(new Set(['unavailable']));
    expect(cluster?.coverage.every(({ reason }) => reason?.startsWith('out of time'))).toBe(true);
  });

  it('calls a region partial of which something could be mended', async () => {
    const denied = { reason: 'iam: denied', mend: '{"Effect":"Allow"}' };
    const { manifest } = await record([
      account({ readAccount: async () => ({ coverage: [], queries: [], mends: [denied] }) }),
    ]);

    expect(manifest.scope[0]).toMatchObject({ status: 'partial', reason: 'iam: denied', mend: '{"Effect":"Allow"}' });
  });

  it('copies the state and the declarations in', async () => {
    const { dir } = await record([account()], { copies: [{ file: 'keyholder.yml', text: 'tags: {}\n' }] });

    expect(readFileSync(join(dir, 'keyholder.yml'), 'utf8')).toBe('tags: {}\n');
  });
});
