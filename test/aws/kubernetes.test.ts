import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readKubernetesApi } from '../../shared/aws/kubernetes.ts';
import { ESTATE } from '../support/estate.ts';
import type { LocalKubernetes, LocalKubernetesOptions } from '../support/local-kubernetes/serve.ts';
import { startLocalKubernetes } from '../support/local-kubernetes/server.ts';
import { makeFolder } from '../support/temp-folder.ts';

const FOLDER = '111122223333/eu-central-1/payments';
const PAYMENTS = join(ESTATE, FOLDER);
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const TOKEN = 'k8s-aws-v1.planted-secret';

async function read(options: LocalKubernetesOptions, change: Partial<LocalKubernetes> = {}, signal?: AbortSignal) {
  const server = await startLocalKubernetes(options);
  const { endpoint, ca } = { ...server, ...change };
  const files = new Map<string, string>();
  const live = await readKubernetesApi({
    place: { account: '111122223333', region: 'eu-central-1', name: 'payments' },
    server: { endpoint, ca, token: async () => TOKEN, timeoutMs: 400 },
    sink: { write: async (file, text) => void files.set(file, typeof text === 'string' ? text : '') },
    signal: signal ?? new AbortController().signal,
    progress: { step: () => {}, end: () => {} },
  });
  const statuses = live.coverage.map(({ source, status, reason }) => `${source} ${status}: ${reason}`);
  return { files, live, statuses, requests: server.requests };
}

describe('readKubernetesApi', () => {
  it('reads page after page, and gives what kubectl gives', async () => {
    const { files, live, requests } = await read({ folder: PAYMENTS, page: 3 });

    const recorded: { items: unknown[] } = JSON.parse(readFileSync(join(PAYMENTS, 'rbac.json'), 'utf8'));
    expect(live).toEqual({ coverage: [], queries: [], mends: [] });
    expect(JSON.parse(files.get(`${FOLDER}/rbac.json`) ?? '').items).toEqual(expect.arrayContaining(recorded.items));
    expect(files.get(`${FOLDER}/aws-auth.yaml`)).toContain('  mapRoles: |\n    - ');
    expect(requests.length).toBeGreaterThan(8);
    expect(new Set(requests.map(({ token }) => token))).toEqual(new Set([TOKEN]));
  });

  it.each([
    ['- rolearn: x\n  username: "y"\n', '  mapRoles: |\n    - rolearn: x\n      username: "y"\nkind'],
    ['- rolearn: x\n  username: y', '  mapRoles: |-\n    - rolearn: x\n      username: y\nkind'],
    ['# none\n\n   \n---\n\n\n', '  mapRoles: |+\n    # none\n\n       \n    ---\n\n\nkind'],
    ['\t- rolearn: x\n', '  mapRoles: "\\t- rolearn: x\\n"\nkind'],
    ['  - rolearn: x\n', '  mapRoles: "  - rolearn: x\\n"\nkind'],
    ['a\r\nb\u2028\u0085', '  mapRoles: "a\\r\\nb\\u2028\\u0085"\nkind'],
    ['\u0001- a\n', '  mapRoles: "\\u0001- a\\n"\nkind'],
    ['', '  mapRoles: ""\nkind'],
  ])('writes %j so that it is read as it was', async (mapRoles, written) => {
    const folder = makeFolder({
      'rbac.json': '{"items": []}',
      'aws-auth.yaml': JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'aws-auth', namespace: 'kube-system', annotations: { note: 'a: b' } },
        data: { mapRoles, 'map users': '[]' },
      }),
    });

    const { files } = await read({ folder });

    const text = files.get(`${FOLDER}/aws-auth.yaml`) ?? '';
    expect(text).toContain(written);
    expect(parse(text)).toMatchObject({
      data: { mapRoles, 'map users': '[]' },
      metadata: { annotations: { note: 'a: b' } },
    });
  });

  it('keeps what kubectl says when there is no aws-auth', async () => {
    const { files, statuses } = await read({
      folder: PAYMENTS,
      answers: { '/api/v1/namespaces/kube-system/configmaps/aws-auth': 404 },
    });

    expect(statuses).toEqual([]);
    expect(files.get(`${FOLDER}/aws-auth.yaml`)).toBe(
      'Error from server (NotFound): configmaps "aws-auth" not found\n',
    );
  });

  it('takes an answer that is no ConfigMap for aws-auth that was not read', async () => {
    const { files, statuses } = await read({
      folder: PAYMENTS,
      answers: { '/api/v1/namespaces/kube-system/configmaps/aws-auth': 'garbage' },
    });

    expect(statuses).toEqual([
      'aws-auth unavailable: get aws-auth of the Kubernetes API: expected a list or object, got HTTP 200',
    ]);
    expect(files.has(`${FOLDER}/aws-auth.yaml`)).toBe(false);
  });

  it('tells a caller that is not mapped from one without the right', async () => {
    const unmapped = await read({ answers: { '*': 401 } });
    const powerless = await read({ answers: { '*': 403 } });

    expect(unmapped.statuses).toEqual([
      'rbac denied: list clusterroles of the Kubernetes API: 401, the caller is not mapped',
      'aws-auth denied: get aws-auth of the Kubernetes API: 401, the caller is not mapped',
    ]);
    expect(powerless.statuses[0]).toBe(
      'rbac denied: list clusterroles of the Kubernetes API: 403, the caller is mapped without this right',
    );
    expect(powerless.live.mends[0]?.mend).toContain('resources/auditor-access');
    expect(powerless.files.size).toBe(0);
  });

  it('keeps the lists that were read when one is denied', async () => {
    const { files, statuses } = await read({ folder: PAYMENTS, answers: { [`${RBAC}/roles`]: 403 } });

    expect(statuses).toEqual([
      'rbac partial: list roles of the Kubernetes API: 403, the caller is mapped without this right',
    ]);
    expect(files.get(`${FOLDER}/rbac.json`)).toContain('"ClusterRoleBinding"');
  });

  it('asks once where nothing answers, and says that it takes another network', async () => {
    const { statuses, live, requests } = await read({ answers: { '*': 'hang' } });

    expect(requests).toHaveLength(1);
    expect(statuses).toEqual([
      'rbac unavailable: list clusterroles of the Kubernetes API: no answer within 0.4 s: the endpoint cannot be reached from here',
      'aws-auth unavailable: list clusterroles of the Kubernetes API: no answer within 0.4 s: the endpoint cannot be reached from here',
    ]);
    expect(live.mends[0]?.mend).toContain('in-cluster-collector');
  });

  it.each([
    ['a connection that breaks off', { answers: { '*': 'reset' } } as const, {}, 'ECONNRESET'],
    ['a proxy that answers in its place', { answers: { '*': 'garbage' } } as const, {}, 'got HTTP 200'],
    ['a server error', { answers: { '*': 500 } }, {}, 'got HTTP 500'],
    ['a closed port', {}, { endpoint: 'https://localhost:1' }, 'the endpoint refuses connections (ECONNREFUSED)'],
    ['a name that is none', {}, { endpoint: 'https://nothing.invalid' }, 'the name of the endpoint does not resolve'],
  ])('says of %s what happened', async (_, options, change, reason) => {
    expect((await read(options, change)).statuses[0]).toContain(reason);
  });

  it('trusts the certificates of the cluster alone', async () => {
    const { ca } = await startLocalKubernetes();

    const { statuses } = await read({}, { ca });

    expect(statuses[0]).toContain("the certificate of the endpoint is not one of the cluster's authority");
  });

  it('ends when the run does, and shows its token nowhere', async () => {
    const { statuses, live } = await read({ answers: { '*': 'hang' } }, {}, AbortSignal.timeout(50));

    expect(statuses[0]).toMatch(/^rbac unavailable: /);
    expect(JSON.stringify(live)).not.toContain(TOKEN);
  });
});
