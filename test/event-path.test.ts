import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFindingsTable } from '../shared/aws/findings-table.ts';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { forwardLogs } from '../shared/pipeline/forward-logs.ts';
import { GLOBAL_PATTERNS, REGIONAL_PATTERNS } from '../shared/rules/event-patterns.ts';
import { SLOT_ONE } from '../shared/rules/subscription-patterns.ts';
import { clusterRoleBinding } from './support/alert-estate.ts';
import { createAlertPorts, type TestAlertPorts } from './support/alert-ports.ts';
import { auditLine, type BusEvent, call } from './support/cloudtrail-events.ts';
import { readFilterPattern } from './support/filter-pattern.ts';
import { type LocalTable, openLocalTable } from './support/local-dynamodb.ts';

const at = '2026-11-21T08:00:00Z';
const PLACES = ['111122223333', '444455556666'].flatMap((account) =>
  ['eu-west-1', 'eu-central-1', 'us-east-1'].map((region) => ({ account, region })),
);
const HOME_REGION = 'eu-central-1';
const arnOf = ({ account, region }: (typeof PLACES)[number]): string =>
  `arn:aws:eks:${region}:${account}:cluster/payments`;

function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(event);
  return Object.entries(Object(pattern)).every(([key, inner]) => matches(inner, Object(event)[key]));
}

/** What AWS does between an account and the home table, in this process: rules, subscriptions, the bus. */
function createNetwork(ports: TestAlertPorts) {
  const toHome = async (event: BusEvent): Promise<void> => void (await alertOnEvent(event, ports));
  return {
    async callInAccount(event: BusEvent): Promise<void> {
      const rules = event.region === 'us-east-1' ? { ...REGIONAL_PATTERNS, ...GLOBAL_PATTERNS } : REGIONAL_PATTERNS;
      if (Object.values(rules).some((pattern) => matches(pattern, event))) await toHome(event);
    },
    async logInAccount({ account, region }: (typeof PLACES)[number], messages: readonly string[]): Promise<void> {
      const isLetThrough = readFilterPattern(SLOT_ONE);
      const logEvents = messages
        .filter(isLetThrough)
        .map((message, id) => ({ id: `${id}`, timestamp: Date.parse(at), message }));
      if (logEvents.length === 0) return;
      const body = {
        messageType: 'DATA_MESSAGE',
        owner: account,
        logGroup: '/aws/eks/payments/cluster',
        logStream: 's',
        logEvents,
      };
      await forwardLogs(
        { awslogs: { data: gzipSync(JSON.stringify(body)).toString('base64') } },
        {
          put: async (events) => {
            for (const { source, detailType, detail } of events)
              await toHome({
                id: 'bus',
                source,
                'detail-type': detailType,
                account,
                // Of the bus that it was put on; a rule that forwards leaves an event its own.
                region: HOME_REGION,
                time: at,
                detail: JSON.parse(detail),
              });
          },
        },
        region,
      );
    },
  };
}

describe('the event path', () => {
  let local: LocalTable;

  beforeAll(async () => {
    local = await openLocalTable();
  });

  afterAll(() => local.close());

  test('brings a call and a log line of each of two accounts and three regions to the home table', async () => {
    const ports = createAlertPorts({ store: openFindingsTable(local.access, local.table) });
    const network = createNetwork(ports);
    const body = clusterRoleBinding('backdoor', 'cluster-admin', [['Group', 'everybody']]);
    const binding = auditLine({ verb: 'create', at, resource: 'clusterrolebindings', name: 'backdoor', body });
    for (const place of PLACES) {
      const request = {
        principalArn: `arn:aws:iam::${place.account}:role/newcomer`,
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: { type: 'cluster' },
      };
      await network.callInAccount(call({ name: 'AssociateAccessPolicy', at, request, ...place }));
      await network.logInAccount(place, [JSON.stringify(binding), JSON.stringify({ ...binding, verb: 'get' })]);
    }

    for (const place of PLACES) {
      const rows = await ports.store.list(arnOf(place), 'finding#');
      const found = rows.flatMap(({ body }) => unwrapRemembered('finding', body)?.detection ?? []);
      expect(found.sort(), arnOf(place)).toEqual(['admin-cluster-role-binding', 'admin-policy-at-cluster-scope']);
      expect(await ports.store.list(arnOf(place), 'event#')).toHaveLength(2);
    }
  });

  test('says of a trail that was stopped in an account without any cluster', async () => {
    const ports = createAlertPorts({ store: openFindingsTable(local.access, local.table) });

    await createNetwork(ports).callInAccount(
      call({
        name: 'StopLogging',
        service: 'cloudtrail',
        at,
        account: '444455556666',
        request: { name: 'organisation' },
      }),
    );

    const rows = await ports.store.list('account:444455556666', 'finding#');
    expect(rows.map(({ body }) => unwrapRemembered('finding', body)?.detection)).toEqual(['cloudtrail-off']);
  });
});
