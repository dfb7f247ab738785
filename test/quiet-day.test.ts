import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { GLOBAL_PATTERNS, REGIONAL_PATTERNS } from '../shared/rules/event-patterns.ts';
import { renderSlotTwo, SLOT_ONE } from '../shared/rules/subscription-patterns.ts';
import { alertEstate, CLUSTER_ARN, clusterRole, clusterRoleBinding, PODS, READ_AT } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { auditLine, type BusEvent, call, type WriteGiven, write } from './support/cloudtrail-events.ts';
import { detect } from './support/detected.ts';
import { readFilterPattern } from './support/filter-pattern.ts';
import { memoryReaders } from './support/memory-readers.ts';

const EVENTS = 100_000;
const SECONDS = 86_400;
const controller = (name: string): string => `system:serviceaccount:kube-system:${name}`;
const timeOf = (index: number): string =>
  new Date(Date.parse(READ_AT) + 1_000 + ((index * SECONDS) / EVENTS) * 1_000).toISOString();

/** What fills the log of a cluster in which nothing happens. */
const LINES: readonly ((at: string, index: number) => Readonly<Record<string, unknown>>)[] = [
  (at, index) =>
    line(at, {
      username: `system:node:ip-192-0-2-${index % 200}.ec2.internal`,
      verb: 'patch',
      more: { objectRef: { resource: 'nodes', subresource: 'status', name: 'a' } },
    }),
  (at) =>
    line(at, {
      username: controller('replicaset-controller'),
      more: { objectRef: { resource: 'pods', namespace: 'payments', name: 'a' } },
    }),
  (at) =>
    line(at, {
      username: 'system:kube-controller-manager',
      verb: 'update',
      more: { objectRef: { apiGroup: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name: 'a' } },
    }),
  (at) =>
    line(at, {
      username: 'eks:addon-manager',
      verb: 'update',
      resource: 'configmaps',
      name: 'coredns',
      namespace: 'kube-system',
    }),
  (at) =>
    line(at, {
      username: 'system:serviceaccount:argocd:argocd-application-controller',
      verb: 'patch',
      more: { objectRef: { apiGroup: 'apps', resource: 'deployments', namespace: 'payments', name: 'a' } },
    }),
  (at, index) =>
    line(at, {
      username: `system:node:ip-192-0-2-${index % 200}.ec2.internal`,
      resource: 'serviceaccounts',
      more: {
        objectRef: { resource: 'serviceaccounts', subresource: 'token', namespace: 'payments', name: 'web' },
        requestObject: { kind: 'TokenRequest', spec: { audiences: ['sts.amazonaws.com'], expirationSeconds: 3607 } },
      },
    }),
  (at, index) =>
    line(at, {
      username: `system:node:ip-192-0-2-${index % 200}.ec2.internal`,
      more: {
        objectRef: { apiGroup: 'certificates.k8s.io', resource: 'certificatesigningrequests', name: 'csr-a' },
        requestObject: { spec: { signerName: 'kubernetes.io/kubelet-serving', usages: ['server auth'] } },
      },
    }),
  (at) =>
    line(at, {
      username: 'eks:certificate-controller',
      verb: 'update',
      more: {
        objectRef: {
          apiGroup: 'certificates.k8s.io',
          resource: 'certificatesigningrequests',
          subresource: 'approval',
          name: 'csr-a',
        },
      },
    }),
  (at) =>
    line(at, {
      username: controller('metrics-server'),
      more: { objectRef: { apiGroup: 'authorization.k8s.io', resource: 'subjectaccessreviews' } },
    }),
  (at) =>
    line(at, {
      username: 'system:serviceaccount:flux-system:helm-controller',
      more: { objectRef: { resource: 'secrets', namespace: 'payments', name: 'sh.helm.release.v1.web.v7' } },
    }),
  (at) =>
    line(at, {
      username: 'eks:cluster-bootstrap',
      verb: 'patch',
      more: { objectRef: { apiGroup: 'apps', resource: 'daemonsets', namespace: 'kube-system', name: 'kube-proxy' } },
    }),
  (at) =>
    line(at, {
      username: 'system:anonymous',
      code: 200,
      more: { verb: 'get', objectRef: undefined, requestURI: '/livez?exclude=kms' },
    }),
];

function line(at: string, given: Partial<WriteGiven>): Readonly<Record<string, unknown>> {
  const { username = '', more } = given;
  return auditLine({
    verb: 'create',
    resource: 'pods',
    name: 'a',
    at,
    ...given,
    // Nobody of them comes in through IAM.
    more: { user: { username, groups: [...listGroups(username), 'system:authenticated'] }, ...more },
  });
}

function listGroups(username: string): readonly string[] {
  if (username.startsWith('system:node:')) return ['system:nodes'];
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(username) ?? [];
  return namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

/** Now and then controllers write what decides about access, and leave it as it is. */
const RECONCILIATIONS = ['clusterroles', 'clusterrolebindings'] as const;

function reconcile(at: string, index: number) {
  const resource = RECONCILIATIONS[index % 2] ?? 'clusterroles';
  const body =
    resource === 'clusterroles' ? clusterRole('team', PODS) : clusterRoleBinding('team', 'team', [['Group', 'team']]);
  const username = index % 3 === 0 ? 'eks:addon-manager' : 'system:serviceaccount:argocd:argocd-application-controller';
  return write({ verb: index % 4 < 2 ? 'update' : 'patch', at, resource, name: 'team', username, body });
}

/** Calls of people and pipelines that give nobody anything, in the account of the cluster. */
const CALLS: readonly ((at: string) => BusEvent)[] = [
  (at) => call({ name: 'DescribeCluster', at }),
  (at) => call({ name: 'UpdateNodegroupVersion', at, request: { nodegroupName: 'a' } }),
  (at) => call({ name: 'UpdateAddon', at, request: { addonName: 'vpc-cni', addonVersion: 'v1.20.0-eksbuild.1' } }),
  (at) => call({ name: 'TagResource', at, request: { tags: { team: 'a' } } }),
  (at) => call({ name: 'UpdateNodegroupConfig', at, request: { nodegroupName: 'a', scalingConfig: { maxSize: 5 } } }),
];

/** What an audit makes of the same lines and calls: it reads all of them. */
async function listLoud(messages: readonly string[]): Promise<readonly string[]> {
  const loud: string[] = [];
  for (let from = 0; from < messages.length; from += 10_000) {
    const batch = messages.slice(from, from + 10_000);
    const { findings, parsed } = await detect(batch.join('\n'));
    expect(parsed).toBe(batch.length);
    loud.push(...findings.filter(({ severity }) => severity !== 'info').map(({ summary }) => summary));
  }
  return loud;
}

describe('a quiet day', () => {
  test(`of ${EVENTS} events gives no finding above info`, { timeout: 120_000 }, async () => {
    const before = alertEstate({
      rbac: [clusterRole('team', PODS), clusterRoleBinding('team', 'team', [['Group', 'team']])],
    });
    const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT } });
    const [isOne, isTwo] = [readFilterPattern(SLOT_ONE), readFilterPattern(renderSlotTwo([]).pattern)];
    const messages: string[] = [];
    let letThrough = 0;

    for (let index = 0; index < EVENTS; index += 1) {
      const at = timeOf(index);
      if (index % 1_000 === 0) {
        await alertOnEvent(reconcile(at, index / 1_000), ports);
        letThrough += 1;
        continue;
      }
      const told = index % 100 === 50 ? CALLS[(index / 50) % CALLS.length]?.(at).detail : undefined;
      const message = JSON.stringify(told ?? LINES[index % LINES.length]?.(at, index));
      messages.push(message);
      if (told === undefined && (isOne(message) || isTwo(message))) letThrough += 1;
    }

    const rows = await ports.store.list(CLUSTER_ARN, 'finding#');
    expect(rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? [])).toEqual([]);
    expect(letThrough).toBe(100);
    expect(ports.refreshed).toEqual([]);
    expect(await listLoud(messages)).toEqual([]);
    console.log(`${messages.length} lines and calls read by detections, ${letThrough} let through to alerts`);
  });

  test.each([
    ['an upgrade of nodes', call({ name: 'UpdateNodegroupVersion', at: timeOf(1), request: { nodegroupName: 'a' } })],
    ['an upgrade of an add-on', call({ name: 'UpdateAddon', at: timeOf(2), request: { addonName: 'vpc-cni' } })],
    ['tags of a cluster', call({ name: 'TagResource', at: timeOf(3), request: { tags: { team: 'a' } } })],
    ['a cluster that is looked at', call({ name: 'DescribeCluster', at: timeOf(4) })],
  ])('lets pass %s', (_name, event) => {
    const names = Object.values({ ...REGIONAL_PATTERNS, ...GLOBAL_PATTERNS }).flatMap(({ detail }) => detail.eventName);

    expect(names).not.toContain(event.detail.eventName);
  });

  test.each([
    [
      'of node groups',
      call({
        name: 'CreateNodegroup',
        at: timeOf(1),
        request: { nodegroupName: 'a', nodeRole: 'arn:aws:iam::111122223333:role/node' },
      }),
    ],
    [
      'of roles that hold nothing',
      call({ name: 'CreateRole', service: 'iam', at: timeOf(2), request: { roleName: 'build' } }),
    ],
    [
      'of policies that reach no cluster',
      call({
        name: 'AttachRolePolicy',
        service: 'iam',
        at: timeOf(3),
        request: { roleName: 'readers', policyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' },
      }),
    ],
    [
      'of logs that are kept longer',
      call({
        name: 'PutRetentionPolicy',
        service: 'logs',
        at: timeOf(4),
        request: { logGroupName: '/aws/lambda/build', retentionInDays: 400 },
      }),
    ],
  ])('says nothing %s', async (_name, event) => {
    const ports = createAlertPorts({ snapshot: { readers: memoryReaders(alertEstate({})), at: READ_AT } });

    expect((await alertOnEvent(event, ports)).findings).toEqual([]);
  });
});
