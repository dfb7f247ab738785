import { describe, expect, test } from 'vitest';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { recoverCluster } from '../../shared/pipeline/recover.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';

const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const NODES = 'arn:aws:iam::111122223333:role/payments-nodes';
const GOOD = '- rolearn: arn:aws:iam::111122223333:role/admins\n  username: admins\n  groups:\n    - system:masters\n';

function recover(files: Readonly<Record<string, string | Uint8Array>>, as?: string) {
  const { [`${CLUSTER}/aws-auth.yaml`]: _, ...estate } = smallEstate();
  const readers = openEvidenceFolder(makeFolder({ ...estate, ...files }));
  return recoverCluster(readers, { cluster: 'payments', as, now: '2026-11-21T00:00:00Z' });
}

function auditLine(at: string, verb: string, responseObject: object): string {
  return JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    auditID: `00000000-0000-4000-8000-${at.replace(/\D/g, '').slice(0, 12)}`,
    stage: 'ResponseComplete',
    verb,
    user: { username: 'admins', groups: ['system:masters', 'system:authenticated'] },
    objectRef: { resource: 'configmaps', namespace: 'kube-system', name: 'aws-auth', apiVersion: 'v1' },
    responseStatus: { code: 200 },
    responseObject,
    requestReceivedTimestamp: at,
    stageTimestamp: at,
  });
}

const written = (mapRoles: string): object => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'aws-auth', namespace: 'kube-system' },
  data: { mapRoles },
});

const DELETED = auditLine('2026-11-20T16:43:00Z', 'delete', { kind: 'Status', status: 'Success' });
const NODE_GROUP = JSON.stringify({
  nodegroup: { nodegroupName: 'general', clusterName: 'payments', nodeRole: NODES },
});

function findRestore({ ways }: Awaited<ReturnType<typeof recover>>) {
  const way = ways.find(({ id }) => id === 'restore-aws-auth');
  if (way === undefined) throw new Error('expected aws-auth to be put back');
  return { content: way.preconditions[0]?.because, manifest: way.manifests[0]?.text ?? '' };
}

describe('recoverCluster', () => {
  test('rebuilds aws-auth from the latest good answer in the audit log, and the node roles that EKS names', async () => {
    const log = [auditLine('2026-11-10T08:00:00Z', 'update', written(GOOD)), DELETED].join('\n');

    const plan = await recover({
      [`${CLUSTER}/audit.ndjson`]: `${log}\n`,
      [`${CLUSTER}/node-groups.json`]: NODE_GROUP,
    });

    expect(plan.cause).toMatchObject({ kind: 'aws-auth-deleted', at: '2026-11-20T16:43:00Z' });
    expect(findRestore(plan).content).toBe('of 2026-11-10T08:00:00Z, from the audit log');
    expect(findRestore(plan).manifest).toContain('rolearn: arn:aws:iam::111122223333:role/admins');
    expect(findRestore(plan).manifest).toContain(`rolearn: ${NODES}`);
  });

  test('takes the content that the store kept where it is later', async () => {
    const kept = {
      clusterArn: ARN,
      at: '2026-11-15T00:00:00Z',
      data: { mapRoles: GOOD.replaceAll('admins', 'keepers') },
    };
    const log = [auditLine('2026-11-10T08:00:00Z', 'update', written(GOOD)), DELETED].join('\n');

    const plan = await recover({
      'state.json': JSON.stringify({ schema: 'keyholder.state/v1', lastGoodAwsAuth: [kept] }),
      [`${CLUSTER}/audit.ndjson`]: `${log}\n`,
    });

    expect(findRestore(plan).content).toBe('of 2026-11-15T00:00:00Z, from the stored state');
    expect(findRestore(plan).manifest).toContain('role/keepers');
  });

  test('refuses a caller that is no principal of IAM before it reads anything', async () => {
    await expect(recover({}, 'system:serviceaccount:ci:default')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('for --as, got "system:serviceaccount:ci:default"'),
    });
  });
});
