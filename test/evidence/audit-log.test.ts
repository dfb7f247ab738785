import { describe, expect, it } from 'vitest';
import { isAuditEvent, parseAuditEvent } from '../../shared/evidence/audit-log.ts';
import { parseAccessPolicy } from '../../shared/evidence/audit-reason.ts';
import { listRecords, ORIGIN, readFixture } from '../support/log-input.ts';

const EVENT = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  verb: 'update',
  requestURI: '/api/v1/namespaces/kube-system/configmaps/aws-auth',
  objectRef: { resource: 'configmaps', namespace: 'kube-system', name: 'aws-auth' },
};

function recordOf(more: Readonly<Record<string, unknown>> = {}): unknown {
  const outcome = parseAuditEvent({ ...EVENT, ...more }, ORIGIN);
  return 'record' in outcome ? outcome.record : outcome;
}

describe('parseAuditEvent', () => {
  it('reads an event in whole', async () => {
    const [event] = await listRecords(readFixture('audit.ndjson'));

    expect(event).toMatchObject({
      source: 'audit-log',
      auditId: '00000000-0000-4000-8000-00000000a001',
      at: '2026-11-20T08:00:00.123Z',
      level: 'RequestResponse',
      stage: 'ResponseComplete',
      verb: 'create',
      requestUri: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?fieldManager=kubectl-create',
      dryRun: false,
      actor: {
        name: 'arn:aws:iam::111122223333:role/platform-admin',
        kind: 'role',
        principalArn: 'arn:aws:iam::111122223333:role/platform-admin',
        uniqueId: 'AROAEXAMPLEADMIN00001',
        sessionName: 'alice@example.com',
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        invokedBy: null,
        sourceIp: '192.0.2.10',
        userAgent: 'kubectl/v1.31.0',
      },
      user: {
        username: 'arn:aws:sts::111122223333:assumed-role/platform-admin/alice-example.com',
        uid: 'aws-iam-authenticator:111122223333:AROAEXAMPLEADMIN00001',
        groups: ['system:authenticated'],
      },
      impersonated: null,
      object: {
        apiGroup: 'rbac.authorization.k8s.io',
        resource: 'clusterrolebindings',
        subresource: '',
        namespace: null,
        name: 'payments-admins',
      },
      code: 201,
      decision: 'allow',
      accessPolicy: {
        principalArn: 'arn:aws:iam::111122223333:role/platform-admin',
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      },
      requestObject: { kind: 'ClusterRoleBinding' },
      responseObject: { metadata: { resourceVersion: '41' } },
      truncated: false,
    });
  });

  it('passes over the stage at which nothing has been answered', () => {
    expect(recordOf({ stage: 'RequestReceived' })).toEqual({ ignored: 'stage RequestReceived' });
  });

  it.each(['ResponseStarted', 'ResponseComplete', 'Panic'])('reads the stage %s', (stage) => {
    expect(recordOf({ stage })).toMatchObject({ stage });
  });

  it('reads a fragment that has lost most of its fields', () => {
    const outcome = parseAuditEvent({ auditID: 'a-1', verb: 'get' }, ORIGIN);

    expect(outcome).toMatchObject({
      record: { verb: 'get', requestUri: '', stage: null, level: null, object: null, code: null, at: null },
    });
  });

  it('skips an event that says nothing of the request', () => {
    expect(parseAuditEvent({ auditID: 'a-1', kind: 'Event' }, ORIGIN)).toEqual({
      skip: 'audit event without verb, object and URI',
    });
  });

  it.each([
    ['a dry run', { requestURI: '/x?dryRun=All&force=true' }, true],
    ['a dry run in percent-encoding', { requestURI: '/x?dryRun=%41ll' }, true],
    ['another value', { requestURI: '/x?dryRun=None' }, false],
    ['a value hidden behind a semicolon', { requestURI: '/x?a=1;dryRun=All' }, false],
    ['the word in a path', { requestURI: '/dryRun=All' }, false],
    ['options of a delete', { verb: 'delete', requestObject: { kind: 'DeleteOptions', dryRun: ['All'] } }, true],
    [
      'options of a delete that win over the URI',
      { verb: 'delete', requestURI: '/x?dryRun=All', requestObject: { kind: 'DeleteOptions' } },
      false,
    ],
    ['a delete without options', { verb: 'delete', requestURI: '/x?dryRun=All' }, true],
  ])('tells dry runs apart: %s', (_name, more, dryRun) => {
    expect(recordOf(more)).toMatchObject({ dryRun });
  });

  it('reads who the request asked to be', () => {
    const impersonatedUser = { username: 'bob', groups: ['system:masters'] };

    expect(recordOf({ user: { username: 'alice' }, impersonatedUser })).toMatchObject({
      user: { username: 'alice' },
      impersonated: { username: 'bob', groups: ['system:masters'] },
    });
  });

  it('takes the name that the server made from the answer', () => {
    const more = {
      verb: 'create',
      objectRef: { resource: 'clusterrolebindings' },
      responseObject: { metadata: { name: 'made-x7k2p' } },
    };

    expect(recordOf(more)).toMatchObject({ object: { name: 'made-x7k2p' } });
  });

  it.each([
    ['true', true],
    ['false', false],
    [undefined, false],
  ])('reads the mark %s of a cut event', (mark, truncated) => {
    expect(recordOf({ annotations: { 'audit.k8s.io/truncated': mark } })).toMatchObject({ truncated });
  });

  it('bears members of any type', () => {
    const more = { user: [], sourceIPs: 'x', objectRef: { name: 5 }, responseStatus: 'x', annotations: 3, level: {} };

    expect(recordOf({ ...more, requestReceivedTimestamp: 'yesterday' })).toMatchObject({
      object: { name: null },
      code: null,
      level: null,
      at: null,
      user: { username: '', uid: null, groups: [] },
    });
  });
});

describe('parseAuditEvent on actors', () => {
  const EXTRA = {
    canonicalArn: ['arn:aws:iam::111122223333:role/r'],
    sessionName: [''],
    accessKeyId: ['AKIAIOSFODNN7EXAMPLE'],
  };

  it.each([
    [
      'a service account',
      { username: 'system:serviceaccount:payments:api', uid: 'u' },
      { kind: 'service-account', principalArn: null },
    ],
    [
      'a Kubernetes user',
      { username: 'kubernetes-admin' },
      { kind: 'kubernetes-user', name: 'kubernetes-admin', principalArn: null },
    ],
    [
      'an IAM user',
      { username: 'arn:aws:iam::111122223333:user/alice' },
      { kind: 'user', principalArn: 'arn:aws:iam::111122223333:user/alice' },
    ],
    [
      'a root user',
      {
        username: 'x',
        uid: 'aws-iam-authenticator:111122223333:111122223333',
        extra: { canonicalArn: ['arn:aws:iam::111122223333:root'] },
      },
      { kind: 'root', uniqueId: null },
    ],
    [
      'a role without session name',
      { username: 'x', uid: 'aws-iam-authenticator:111122223333:AROAEXAMPLE', extra: EXTRA },
      { kind: 'role', uniqueId: 'AROAEXAMPLE', sessionName: null, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    ],
    [
      'only the session ARN',
      { username: 'x', extra: { arn: ['arn:aws:sts::111122223333:assumed-role/r/s'] } },
      { principalArn: 'arn:aws:iam::111122223333:role/r' },
    ],
    [
      'the id under its newer name',
      { username: 'x', extra: { 'sigs.k8s.io/aws-iam-authenticator/principalId': ['AROANEW'] } },
      { uniqueId: 'AROANEW' },
    ],
    [
      'claims of another authenticator',
      { username: 'oidc:bob', uid: 'bob', extra: EXTRA },
      { kind: 'kubernetes-user', name: 'oidc:bob', principalArn: null, accessKeyId: null },
    ],
    ['nobody', undefined, { kind: 'kubernetes-user', name: '' }],
  ])('reads %s', (_name, user, actor) => {
    expect(recordOf({ user })).toMatchObject({ actor });
  });
});

describe('parseAccessPolicy', () => {
  const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy';

  it.each([
    [
      'cluster scope',
      `ClusterRoleBinding "arn:aws:iam::111122223333:role/r+${POLICY}" of`,
      'arn:aws:iam::111122223333:role/r',
    ],
    [
      'namespace scope',
      `RoleBinding "arn:aws:iam::111122223333:role/r+${POLICY}/payments" of`,
      'arn:aws:iam::111122223333:role/r',
    ],
    [
      'a role with a plus in its name',
      `ClusterRoleBinding "arn:aws:iam::111122223333:role/a+b+${POLICY}" of`,
      'arn:aws:iam::111122223333:role/a+b',
    ],
  ])('reads %s', (_name, text, principalArn) => {
    expect(parseAccessPolicy(`EKS Access Policy: allowed by ${text} ClusterRole "${POLICY}" to User "AROA"`)).toEqual({
      principalArn,
      policyArn: POLICY,
    });
  });

  it.each([
    ['no reason', null],
    ['an empty reason', ''],
    [
      'a binding that is named like one',
      `RBAC: allowed by ClusterRoleBinding "EKS Access Policy: allowed by ClusterRoleBinding "arn:x+${POLICY}" of`,
    ],
  ])('finds none in %s', (_name, reason) => {
    expect(parseAccessPolicy(reason)).toBeNull();
  });
});

describe('isAuditEvent', () => {
  it.each([
    ['an id', { auditID: 'x' }, true],
    ['the kind', { kind: 'Event', apiVersion: 'audit.k8s.io/v1beta1' }, true],
    ['a verb and an object', { verb: 'get', objectRef: {} }, true],
    ['an event of the core group', { kind: 'Event', apiVersion: 'v1' }, false],
    ['a verb alone', { verb: 'get' }, false],
    ['nothing', {}, false],
  ])('judges by %s', (_name, value, expected) => {
    expect(isAuditEvent(value)).toBe(expected);
  });
});
