import { describe, expect, test } from 'vitest';
import { rememberAdmins } from '../../shared/pipeline/admin-index.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import { rememberDeclared } from '../../shared/pipeline/declared-index.ts';
import { openStanding } from '../../shared/pipeline/open-standing.ts';
import { alertEstate, CLUSTER_ARN, READ_AT, trust } from '../support/alert-estate.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import { call } from '../support/cloudtrail-events.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const ROLE = 'arn:aws:iam::111122223333:role';
const at = '2026-11-21T08:00:00Z';

async function open() {
  const store = createMemoryStore();
  const ports = createAlertPorts({ snapshot: { readers: memoryReaders(alertEstate({})), at: READ_AT }, store });
  const { admins } = await openStanding(CLUSTER_ARN, READ_AT, ports);
  await rememberAdmins(store, { clusterArn: CLUSTER_ARN, at: READ_AT, admins, isWhole: true });
  const breakGlass = [{ principal: `${ROLE}/break-glass` }];
  await rememberDeclared(store, { clusterArn: CLUSTER_ARN, at: READ_AT, breakGlass });
  return { store, ports };
}

const widens = (roleName: string) =>
  call({
    name: 'UpdateAssumeRolePolicy',
    service: 'iam',
    at,
    request: { roleName, policyDocument: JSON.stringify(trust(`${ROLE}/newcomer`)) },
  });

describe('alertOnEvent', () => {
  test('takes five calls of the store for a call to IAM that one cluster is concerned by', async () => {
    const { store, ports } = await open();
    const before = store.calls();

    const { findings, clusters } = await alertOnEvent(widens('admins'), ports);

    expect(findings.map(({ detection }) => detection)).toEqual(['admin-role-trust-changed']);
    expect(clusters).toEqual([CLUSTER_ARN]);
    expect(store.calls() - before).toBe(5);
  });

  test('takes who is kept for emergencies for no admin of a cluster', async () => {
    const { ports } = await open();

    const deletion = call({ name: 'DeleteRole', service: 'iam', at, request: { roleName: 'break-glass' } });

    expect((await alertOnEvent(deletion, ports)).clusters).toEqual([]);
  });
});
