import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { unwrapRemembered } from '../../shared/findings/remembered.ts';
import { clusterRoleBinding } from '../support/alert-estate.ts';
import { type AlertStack, startAlertStack } from '../support/alert-stack.ts';
import { auditLine, call } from '../support/cloudtrail-events.ts';
import { type Buses, type MotoPlace, openBuses } from '../support/moto-buses.ts';

const at = '2026-11-21T08:00:00Z';
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const PLACES = ['111122223333', '444455556666'].flatMap((account) =>
  ['eu-west-1', 'eu-central-1', 'us-east-1'].map((region) => ({ account, region })),
);
const arnOf = ({ account, region }: MotoPlace): string => `arn:aws:eks:${region}:${account}:cluster/payments`;

let stack: AlertStack;
let buses: Buses;
let alert: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  stack = await startAlertStack();
  buses = await openBuses(stack.environment.AWS_ENDPOINT_URL ?? '', PLACES);
  for (const [name, value] of Object.entries(stack.environment)) vi.stubEnv(name, value);
  vi.stubEnv('KEYHOLDER_BUS_ARN', buses.busArn);
  alert = (await import('../../functions/alert-on-api-call.ts')).handler;
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await stack.close();
});

function grantIn({ account, region }: MotoPlace, name: string) {
  const principalArn = `arn:aws:iam::${account}:role/newcomer`;
  const request = { principalArn, policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' } };
  return call({ name, at, account, region, request });
}

/** Through the function of the place, in its region, onto the home bus; moto takes every caller for one of the home account. */
async function logIn(place: MotoPlace) {
  const body = clusterRoleBinding('backdoor', 'cluster-admin', [['Group', 'everybody']]);
  const line = auditLine({ verb: 'create', at, resource: 'clusterrolebindings', name: 'backdoor', body });
  const payload = {
    messageType: 'DATA_MESSAGE',
    owner: place.account,
    logGroup: '/aws/eks/payments/cluster',
    logStream: 'kube-apiserver-audit-0',
    logEvents: [{ id: '0', timestamp: Date.parse(at), message: JSON.stringify(line) }],
  };
  vi.stubEnv('AWS_REGION', place.region);
  vi.resetModules();
  const { handler } = await import('../../functions/alert-on-log-batch.ts');
  await handler({ awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } });
  vi.stubEnv('AWS_REGION', stack.environment.AWS_REGION);
  return (await buses.receive()).map((event) => ({ ...event, account: place.account }));
}

describe('the rules of the templates, and the buses', () => {
  test.each(PLACES)('bring a call and a log line of $account in $region to the home table', async (place) => {
    const called = await buses.happen(place, grantIn(place, 'AssociateAccessPolicy'));
    const passed = await buses.happen(place, grantIn(place, 'DescribeAccessEntry'));
    const logged = await logIn(place);
    for (const event of [...called, ...logged]) await alert(event);

    const rows = await stack.memory.store.list(arnOf(place), 'finding#');
    const found = rows.flatMap(({ body }) => unwrapRemembered('finding', body)?.detection ?? []);
    expect([called.length, passed.length, logged.length]).toEqual([1, 0, 1]);
    expect(logged).toMatchObject([{ region: 'eu-central-1' }]);
    expect(found.sort()).toEqual(['admin-cluster-role-binding', 'admin-policy-at-cluster-scope']);
  });

  test('bring calls to IAM from the one region in which it is told of', async () => {
    const request = { roleName: 'admins', policyDocument: '{}' };
    const event = call({ name: 'UpdateAssumeRolePolicy', service: 'iam', at, request });

    expect(await buses.happen({ account: '111122223333', region: 'us-east-1' }, event)).toHaveLength(1);
    expect(await buses.happen({ account: '111122223333', region: 'eu-west-1' }, event)).toEqual([]);
  });
});
