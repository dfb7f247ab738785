import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { forwardLogs } from '../../shared/pipeline/forward-logs.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { rememberRun } from '../../shared/pipeline/remember-run.ts';
import type { BusEvent, Readers } from '../../shared/ports.ts';
import { renderDigest } from '../../shared/reports/digest.ts';
import { alertEstate, clusterRole, clusterRoleBinding, EVERYTHING, READ_AT } from '../support/alert-estate.ts';
import type { TestAlertPorts } from '../support/alert-ports.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import { createChangePorts, type TestChangePorts } from '../support/change-ports.ts';
import { auditLine, type WriteGiven } from '../support/cloudtrail-events.ts';
import { DECLARED, GITOPS, OPERATORS } from '../support/gitops.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';
import { CLUSTER } from '../support/small-estate.ts';

const RECONCILIATIONS = 100_000;
/** Of so many, one writes what lies there already; the others try it by a dry run, or read and compare. */
const ONE_WRITE_OF = 100;
const BATCH = 1_000;
const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** By the controller itself: a service account comes without any ARN. */
function binds(operator: string, second: number, more: Partial<WriteGiven>): Readonly<Record<string, unknown>> {
  const at = new Date(Date.parse(READ_AT) + 60_000 + second * 1_000).toISOString();
  const body = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: operator },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', namespace: operator, name: operator }],
  };
  const user = { username: GITOPS, groups: ['system:serviceaccounts', 'system:serviceaccounts:argocd'] };
  const line = auditLine({ verb: 'patch', at, resource: 'clusterrolebindings', name: operator, body, ...more });
  return { ...line, user };
}

function reconcile(index: number): Readonly<Record<string, unknown>> {
  const operator = OPERATORS[index % OPERATORS.length] ?? '';
  const line = (more: Partial<WriteGiven>) =>
    binds(operator, OPERATORS.length + (index * 80_000) / RECONCILIATIONS, more);
  // Each operator in turn, whatever their number.
  if (Math.floor(index / OPERATORS.length) % ONE_WRITE_OF === 0) return line({});
  return index % 2 === 0 ? line({ query: '?dryRun=All&fieldManager=gitops' }) : { ...line({}), verb: 'get' };
}

/** As the log function is called, and the home bus hands on what that sends. */
async function happen(lines: readonly Readonly<Record<string, unknown>>[], first: number, ports: TestAlertPorts) {
  const logEvents = lines.map((line, index) => ({
    id: `log-${first + index}`,
    timestamp: Date.parse(String(line.stageTimestamp)),
    message: JSON.stringify(line),
  }));
  const place = { logGroup: '/aws/eks/payments/cluster', logStream: 'kube-apiserver-audit-0' };
  const payload = { messageType: 'DATA_MESSAGE', owner: ACCOUNT, ...place, logEvents };
  const sent: BusEvent[] = [];
  const event = { awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } };
  const { forwarded } = await forwardLogs(event, { put: async (events) => void sent.push(...events) }, REGION);
  for (const [index, { source, detailType, detail }] of sent.entries()) {
    const time = String(lines[0]?.stageTimestamp);
    const bus = { id: `bus-${first}-${index}`, account: ACCOUNT, region: REGION, time };
    await alertOnEvent({ ...bus, source, 'detail-type': detailType, detail: JSON.parse(detail) }, ports);
  }
  return forwarded;
}

async function publish(ports: TestChangePorts): Promise<number> {
  const { digested, failures } = await publishChanges({ Records: ports.store.drain() }, ports);
  expect(failures).toEqual([]);
  return digested;
}

describe('a cluster that GitOps looks after', () => {
  test(`pages nobody for 20 operators and ${RECONCILIATIONS} reconciliations`, async () => {
    const ports = createChangePorts(DECLARED);
    const readers = memoryReaders(alertEstate({ rbac: [clusterRole('cluster-admin', EVERYTHING)] }));
    const alert = createAlertPorts({ snapshot: { readers, at: READ_AT }, store: ports.store });
    const installed = OPERATORS.map((operator, index) => binds(operator, index, { verb: 'create', code: 201 }));
    await happen(installed, 0, alert);
    const digested = await publish(ports);

    let forwarded = 0;
    let later = 0;
    for (let index = 0; index < RECONCILIATIONS; index += BATCH) {
      const lines = Array.from({ length: BATCH }, (_, one) => reconcile(index + one));
      forwarded += await happen(lines, OPERATORS.length + index, alert);
      later += await publish(ports);
    }

    console.log(`${RECONCILIATIONS} reconciliations, ${forwarded} that wrote; ${digested} changes, then ${later}`);
    expect(forwarded).toBe(RECONCILIATIONS / ONE_WRITE_OF);
    expect(ports.told).toEqual({ people: [], chat: [], machines: [] });
    // Two of each binding, and one of the service account that writes bindings.
    expect([digested, later]).toEqual([41, 0]);
  });
});

const CLUSTERS = Array.from({ length: 60 }, (_, index) => `cluster-${index}`);

/** The same cluster under each name: admins by aws-auth, by entries and by bindings. */
function listEstate(): MemoryFiles {
  const users = ['alice', 'bob', 'carol'] as const;
  const one = alertEstate({
    rows: users.map((role) => ({ role, username: role, groups: ['system:masters'] })),
    rbac: [
      clusterRole('cluster-admin', EVERYTHING),
      ...users.map((name) => clusterRoleBinding(name, 'cluster-admin', [['User', name]])),
    ],
  });
  const files = Object.entries(one).flatMap(([path, text]) =>
    path.startsWith(CLUSTER)
      ? CLUSTERS.map((name) => [path, String(text)].map((part) => part.replaceAll('payments', name)))
      : [[path, text]],
  );
  return Object.fromEntries(files);
}

/** What a night remembers, what that tells at once, and what its digest says. */
async function spendNight(ports: TestChangePorts, readers: Readers) {
  const evidence = await collectEvidence(readers);
  const report = auditEvidence(evidence, READ_AT);
  await rememberRun({ store: ports.store, objects: openMemoryObjects() }, { evidence, report, readers });
  return { digested: await publish(ports), digest: renderDigest(report, null), summary: report.summary };
}

describe('a first audit', () => {
  test('of 60 clusters leaves all that stood to the one digest of its night, and the next night nothing', async () => {
    const ports = createChangePorts();
    const readers = memoryReaders(listEstate());

    const first = await spendNight(ports, readers);
    const second = await spendNight(ports, readers);
    const { critical, high, medium, low, info } = first.summary.findings;
    const standing = critical + high + medium + low + info;

    console.log(
      `${first.summary.clusters} clusters, ${standing} findings that stood, ${first.digested} left to the digest`,
    );
    expect(first.summary.clusters).toBe(60);
    expect(standing).toBeGreaterThanOrEqual(400);
    expect([first.digested, second.digested]).toEqual([standing, 0]);
    expect(ports.told).toEqual({ people: [], chat: [], machines: [] });
    expect(first.digest.subject).toMatch(/^Keyholder: .* in 60 clusters/);
    expect(first.digest.text).toMatch(/- and \d+ more, in the report/);
  });
});
