import { describe, expect, test } from 'vitest';
import { listResolvable } from '../shared/findings/evaluate.ts';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { DETECTION_RULES } from '../shared/pipeline/detection-rules.ts';
import { rememberFindings } from '../shared/pipeline/remember-findings.ts';
import type { FindingStore } from '../shared/ports.ts';
import { alertEstate, CLUSTER_ARN, READ_AT } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { call } from './support/cloudtrail-events.ts';
import { interleaveAll } from './support/interleave.ts';
import { memoryReaders } from './support/memory-readers.ts';

const NIGHT = '2026-11-22T00:00:00Z';
const AT = '2026-11-21T08:00:00Z';
const NEWCOMER = 'arn:aws:iam::111122223333:role/newcomer';
const ACTOR = 'arn:aws:iam::111122223333:role/deployer';
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const FOUND = { detection: 'admin-policy-at-cluster-scope', subject: `iam:${NEWCOMER}` };

const grants = call({
  name: 'AssociateAccessPolicy',
  at: AT,
  request: { principalArn: NEWCOMER, policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' } },
});
const entry = {
  principalArn: NEWCOMER,
  type: 'STANDARD',
  username: NEWCOMER,
  kubernetesGroups: [],
  createdAt: AT,
  modifiedAt: AT,
  associatedAccessPolicies: [{ policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' }, associatedAt: AT }],
};

/** What the next night finds of the one subject, and what its silence would end. */
async function auditNight(entries: readonly unknown[]) {
  const evidence = await collectEvidence(memoryReaders(alertEstate({ entries })));
  const [cluster] = auditEvidence(evidence, NIGHT).clusters;
  if (cluster === undefined) throw new Error('expected a cluster, got none');
  const findings = cluster.findings.filter((one) => one.subject === FOUND.subject && one.detection === FOUND.detection);
  const resolvable = listResolvable(DETECTION_RULES, cluster.coverage);
  const found = { clusterArn: CLUSTER_ARN, life: cluster.createdAt, findings, resolvable };
  return (store: FindingStore) =>
    rememberFindings(store, found, { origin: 'audit', cause: 'audit', at: NIGHT, basis: NIGHT });
}

const readers = memoryReaders(alertEstate({}));
/** Read once: every order goes over the same snapshot. */
const { opened } = createAlertPorts({});
const alert = (store: FindingStore) =>
  alertOnEvent(grants, { ...createAlertPorts({ snapshot: { readers, at: READ_AT }, store }), opened });

/** Rows of findings as each order left them, each outcome once; who told of them first is of the order. */
async function listOutcomes(runs: Awaited<ReturnType<typeof interleaveAll>>): Promise<readonly unknown[]> {
  const outcomes = new Map<string, unknown>();
  for (const { store } of runs) {
    const rows = (await store.list(CLUSTER_ARN, 'finding#')).map(({ body }) => {
      const stored = unwrapRemembered('finding', body);
      return { ...stored, change: { ...stored?.change, cause: 'either' } };
    });
    outcomes.set(JSON.stringify(rows), rows);
  }
  return [...outcomes.values()];
}

describe('the nightly run and an event on the same finding', () => {
  test('leave one account of it, with one change, in whatever order their calls of the store come', async () => {
    const runs = await interleaveAll(async () => undefined, [await auditNight([entry]), alert]);
    const [rows, ...others] = await listOutcomes(runs);

    console.log(`${runs.length} orders of the calls of two writers`);
    expect(runs.length).toBeGreaterThan(10);
    for (const other of others) expect(other).toEqual(rows);
    expect(rows).toMatchObject([
      { ...FOUND, status: 'new', change: { number: 1, kind: 'new', at: AT }, actor: ACTOR, at: AT, basis: NIGHT },
    ]);
  });

  test('leave it ended, or never begun, where the night sees that it is over', async () => {
    const runs = await interleaveAll(alert, [await auditNight([]), alert]);

    expect(runs.length).toBeGreaterThan(5);
    expect(await listOutcomes(runs)).toMatchObject([
      [{ ...FOUND, status: 'resolved', change: { number: 2, kind: 'resolved' } }],
    ]);
  });
});
