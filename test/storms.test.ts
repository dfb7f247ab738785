import { describe, expect, test } from 'vitest';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { publishChanges } from '../shared/pipeline/publish-changes.ts';
import { rememberFindings } from '../shared/pipeline/remember-findings.ts';
import { renderDigest } from '../shared/reports/digest.ts';
import { alertEstate, clusterRole, EVERYTHING, READ_AT } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { createChangePorts, type TestChangePorts } from './support/change-ports.ts';
import { type BusEvent, write } from './support/cloudtrail-events.ts';
import { DECLARED, GITOPS, OPERATORS } from './support/gitops.ts';
import { memoryReaders } from './support/memory-readers.ts';
import { clusterReport, finding, report } from './support/report.ts';

interface BindingSubject {
  readonly namespace: string;
  readonly name: string;
}

/** By a role of IAM that goes by the name of the controller. */
function imitates(name: string, subject: BindingSubject): BusEvent {
  const metadata = { name };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
  const subjects = [{ kind: 'ServiceAccount', ...subject }];
  const body = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata, roleRef, subjects };
  const at = '2026-11-21T08:00:00Z';
  return write({ verb: 'create', at, resource: 'clusterrolebindings', name, username: GITOPS, body });
}

/** By the controller itself: a service account comes without any ARN. */
function binds(name: string, subject: BindingSubject): BusEvent {
  const event = imitates(name, subject);
  const user = {
    username: GITOPS,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:argocd', 'system:authenticated'],
  };
  const [logged] = Array.isArray(event.detail.logEvents) ? event.detail.logEvents : [];
  const message = JSON.stringify({ ...JSON.parse(logged.message), user });
  return { ...event, detail: { ...event.detail, logEvents: [{ ...logged, message }] } };
}

function standing() {
  return memoryReaders(alertEstate({ rbac: [clusterRole('cluster-admin', EVERYTHING)] }));
}

function alerting({ store }: TestChangePorts) {
  return createAlertPorts({ snapshot: { readers: standing(), at: READ_AT }, store });
}

describe('publishChanges', () => {
  test('pages nobody for the operators that GitOps installs and 100,000 times reconciles', async () => {
    const ports = createChangePorts(DECLARED);
    const alert = alerting(ports);
    for (const name of OPERATORS) await alertOnEvent(binds(name, { namespace: name, name }), alert);
    const installed = ports.store.drain().filter(({ dynamodb }) => dynamodb.Keys.sk?.S.startsWith('finding#'));

    const first = await publishChanges({ Records: installed }, ports);
    // The row is written again with the same change: what a reconciliation that finds all in order leaves at most.
    const again = installed.map(({ dynamodb }) => ({ dynamodb: { ...dynamodb, OldImage: dynamodb.NewImage } }));
    let reconciled = 0;
    for (; reconciled < 100_000; reconciled += again.length) await publishChanges({ Records: again }, ports);

    expect(installed.length).toBeGreaterThanOrEqual(OPERATORS.length);
    // Two of each binding, and one of the service account that writes bindings.
    expect(first).toMatchObject({ digested: 41, failures: [] });
    expect(ports.told).toEqual({ people: [], chat: [], machines: [] });
    console.log(`${reconciled} reconciliations, ${installed.length} changes, no page`);
  });

  test('pages when the same controller makes itself an admin', async () => {
    const ports = createChangePorts(DECLARED);
    await alertOnEvent(binds('own', { namespace: 'argocd', name: 'argocd-application-controller' }), alerting(ports));

    expect((await publishChanges({ Records: ports.store.drain() }, ports)).sent).toEqual({
      people: 1,
      chat: 1,
      machines: 1,
    });
  });

  test('pages when it grants to whom it was not declared for', async () => {
    const ports = createChangePorts(DECLARED);
    await alertOnEvent(binds('other', { namespace: 'default', name: 'default' }), alerting(ports));

    expect((await publishChanges({ Records: ports.store.drain() }, ports)).sent.people).toBe(1);
  });

  test('pages when a role of IAM goes by the name of the controller', async () => {
    const ports = createChangePorts(DECLARED);
    const event = imitates('operator-0', { namespace: 'operator-0', name: 'operator-0' });
    await alertOnEvent(event, alerting(ports));

    expect((await publishChanges({ Records: ports.store.drain() }, ports)).sent.people).toBe(1);
  });

  test('tells 400 findings that stood at the first audit of 60 clusters in one digest', async () => {
    const ports = createChangePorts();
    const clusters = Array.from({ length: 60 }, (_, index) => {
      const arn = `arn:aws:eks:eu-west-1:111122223333:cluster/c${index}`;
      const findings = Array.from({ length: index < 40 ? 7 : 6 }, (__, one) =>
        finding({ fingerprint: `${index}-${one}`.padStart(32, '0'), cluster: { arn, name: `c${index}`, life: null } }),
      );
      return clusterReport({ arn, name: `c${index}`, findings });
    });
    for (const { arn, findings } of clusters) {
      const found = { clusterArn: arn, life: null, findings, resolvable: new Set<string>() };
      await rememberFindings(ports.store, found, { origin: 'audit', cause: 'baseline', at: READ_AT, basis: READ_AT });
    }

    const published = await publishChanges({ Records: ports.store.drain() }, ports);
    const digest = renderDigest(report({ clusters }), null);

    expect(published).toMatchObject({ sent: { people: 0, chat: 0, machines: 0 }, digested: 400 });
    expect(digest.text).toContain('and 390 more, in the report');
  });
});

describe('renderDigest', () => {
  test('names what is new since the night before, apart from what stood', () => {
    const fresh = finding({ summary: 'operator-1 may do everything.', firstSeenAt: '2026-11-20T08:00:00Z' });
    const old = finding({ summary: 'It stood.', firstSeenAt: '2026-08-23T10:00:00Z' });
    const window = { from: '2026-11-20T03:00:00Z', to: '2026-11-21T03:00:00Z' };
    const { text } = renderDigest(report({ window, clusters: [clusterReport({ findings: [fresh, old] })] }), null);

    expect(text).toContain(
      'New since 20 Nov 2026 03:00 UTC:\n- critical: payments: operator-1 may do everything.\n\nWorst first:',
    );
  });
});
