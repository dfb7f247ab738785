/** Records of the three event streams for tests: one ordinary record, but for what the test names. */
import type { Actor } from '../../shared/model/principal.ts';
import type {
  AuditEvent,
  CloudTrailEvent,
  ConfigMapMessage,
  Denial,
  Login,
  StartupMapping,
  StsResponse,
} from '../../shared/model/records.ts';
import { ref } from './coverage.ts';

const AT = '2026-11-20T08:00:00Z';
const ROLE = 'arn:aws:iam::111122223333:role/platform-admin';
const CLIENT = '127.0.0.1:40000';

export function actor(more: Partial<Actor> = {}): Actor {
  return {
    name: ROLE,
    kind: 'role',
    principalArn: ROLE,
    uniqueId: 'AROAEXAMPLEADMIN00001',
    sessionName: 'alice',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    invokedBy: null,
    sourceIp: '192.0.2.10',
    userAgent: 'aws-cli/2.31',
    ...more,
  };
}

/** A change of an access entry that succeeded. */
export function cloudTrailEvent(more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return {
    source: 'cloudtrail',
    eventName: 'CreateAccessEntry',
    eventSource: 'eks.amazonaws.com',
    at: AT,
    account: '111122223333',
    region: 'eu-central-1',
    actor: actor(),
    succeeded: true,
    errorCode: null,
    errorMessage: null,
    clusterName: 'payments',
    principalArn: 'arn:aws:iam::111122223333:role/newcomer',
    request: {},
    response: {},
    readOnly: false,
    eventId: '00000000-0000-4000-8000-000000000001',
    evidence: ref('cloudtrail', { at: AT, id: '00000000-0000-4000-8000-000000000001' }),
    ...more,
  };
}

/** A call to IAM, which belongs to no cluster and to no region but the first. */
export function iamCall(eventName: string, more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  const place = { eventSource: 'iam.amazonaws.com', region: 'us-east-1', clusterName: null };
  return cloudTrailEvent({ eventName, ...place, principalArn: ROLE, ...more });
}

/** The ConfigMap that maps principals, as an audit event names it. */
export const AWS_AUTH_OBJECT: NonNullable<AuditEvent['object']> = {
  apiGroup: '',
  resource: 'configmaps',
  subresource: '',
  namespace: 'kube-system',
  name: 'aws-auth',
};

/** An allowed request that reads pods. */
export function auditEvent(more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    source: 'audit-log',
    auditId: '00000000-0000-4000-8000-000000000002',
    at: AT,
    level: 'Metadata',
    stage: 'ResponseComplete',
    verb: 'list',
    requestUri: '/api/v1/namespaces/payments/pods',
    dryRun: false,
    actor: actor({ kind: 'kubernetes-user', name: 'platform-admin' }),
    user: { username: 'platform-admin', uid: null, groups: ['system:authenticated'] },
    impersonated: null,
    object: { apiGroup: '', resource: 'pods', subresource: '', namespace: 'payments', name: null },
    code: 200,
    decision: 'allow',
    reason: null,
    accessPolicy: null,
    requestObject: undefined,
    responseObject: undefined,
    truncated: false,
    evidence: ref('audit-log', { file: 'audit.ndjson', at: AT, id: '00000000-0000-4000-8000-000000000002' }),
    ...more,
  };
}

const LINE = {
  source: 'authenticator-log',
  at: AT,
  level: 'info',
  evidence: ref('authenticator-log', { file: 'authenticator.log', at: AT }),
} as const;

export function login(more: Partial<Login> = {}): Login {
  return {
    ...LINE,
    kind: 'granted',
    message: 'access granted',
    arn: ROLE,
    uniqueId: 'AROAEXAMPLEADMIN00001',
    account: '111122223333',
    username: 'platform-admin',
    groups: [],
    groupsAmbiguous: false,
    client: CLIENT,
    stsEndpoint: 'sts.eu-central-1.amazonaws.com',
    sessionName: 'alice',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    count: 1,
    firstAt: AT,
    ...more,
  };
}

export function denial(more: Partial<Denial> = {}): Denial {
  return {
    ...LINE,
    level: 'warning',
    kind: 'denied',
    message: 'access denied',
    arn: ROLE,
    error: 'identity is not mapped',
    denial: 'not-mapped',
    client: CLIENT,
    ...more,
  };
}

export function stsResponse(more: Partial<StsResponse> = {}): StsResponse {
  return {
    ...LINE,
    kind: 'sts',
    message: 'STS response',
    arn: 'arn:aws:sts::111122223333:assumed-role/platform-admin/alice',
    account: '111122223333',
    uniqueId: 'AROAEXAMPLEADMIN00001',
    sessionName: 'alice',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    client: CLIENT,
    stsEndpoint: 'sts.eu-central-1.amazonaws.com',
    ...more,
  };
}

export function startupMapping(more: Partial<StartupMapping> = {}): StartupMapping {
  const message = 'mapping IAM role';
  return { ...LINE, kind: 'mapping', message, arn: ROLE, username: 'platform-admin', groups: [], ...more };
}

export function configMapMessage(more: Partial<ConfigMapMessage> = {}): ConfigMapMessage {
  return { ...LINE, level: 'error', kind: 'configmap-error', message: 'Errors parsing configmap', ...more };
}
