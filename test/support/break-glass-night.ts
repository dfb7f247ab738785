/** Files of a night in which somebody used the role that keyholder.yml keeps for emergencies. */
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { createAlertPorts } from './alert-ports.ts';
import { type BusEvent, call } from './cloudtrail-events.ts';
import { auditAt, entriesFile, type Files } from './remembering.ts';
import { CLUSTER } from './small-estate.ts';

export const EMERGENCY = 'arn:aws:iam::111122223333:role/emergency';

export const DECLARED: Files = {
  'keyholder.yml': `breakGlass:\n  - principal: ${EMERGENCY}\n`,
  ...entriesFile([{ name: 'emergency' }]),
};

export function loginLine(at: string, arn = EMERGENCY): string {
  const groups =
    'groups="[system:authenticated]" method=POST path=/authenticate stsendpoint=sts.eu-west-1.amazonaws.com';
  return `time="${at}" level=info msg="access granted" arn="${arn}" client="127.0.0.1:1" ${groups} uid="aws-iam-authenticator:111122223333:AROAEXAMPLEEMERGENCY1" username="emergency"\n`;
}

export function bindingLine(at: string, id: string): string {
  return `${JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: id,
    stage: 'ResponseComplete',
    requestURI: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/left-behind',
    verb: 'delete',
    user: {
      username: 'emergency',
      groups: ['system:authenticated'],
      extra: { arn: [`${EMERGENCY}`], sessionName: ['alice'] },
    },
    sourceIPs: ['192.0.2.10'],
    objectRef: {
      resource: 'clusterrolebindings',
      name: 'left-behind',
      apiGroup: 'rbac.authorization.k8s.io',
      apiVersion: 'v1',
    },
    responseStatus: { code: 200 },
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    annotations: { 'authorization.k8s.io/decision': 'allow' },
  })}\n`;
}

/** By a deployer in the session alice, as the bus brings it. */
export function assumedAt(at: string, expiration: string, roleArn = EMERGENCY): BusEvent {
  return call({
    name: 'AssumeRole',
    service: 'sts',
    at,
    request: { roleArn, roleSessionName: 'alice' },
    response: { credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', expiration } },
  });
}

/** A line of a log, as the log function forwards it. */
export function logEvent(message: string, at: string): BusEvent {
  return {
    id: `bus ${at}`,
    source: 'keyholder.logs',
    'detail-type': 'Access event',
    account: '111122223333',
    region: 'eu-west-1',
    time: at,
    detail: {
      logGroup: '/aws/eks/payments/cluster',
      logStream: 'authenticator-1',
      logEvents: [{ id: at, timestamp: Date.parse(at), message }],
    },
  };
}

/** The night before, by which it is known that the role is declared; then somebody assumes it at 22:00 for an hour. */
export async function assumeBeforeNight(store: FindingStore): Promise<void> {
  await auditAt(store, '2026-11-20T03:00:00Z', DECLARED);
  await alertOnEvent(assumedAt('2026-11-20T22:00:00Z', 'Nov 20, 2026, 11:00:00 PM'), createAlertPorts({ store }));
}

/** At work from 22:01 to 22:31. */
export function nightOfUse(): Files {
  return {
    ...DECLARED,
    [`${CLUSTER}/authenticator.log`]: loginLine('2026-11-20T22:01:00Z') + loginLine('2026-11-20T22:31:00Z'),
    [`${CLUSTER}/audit.ndjson`]: bindingLine('2026-11-20T22:10:00Z', 'audit-1'),
  };
}
