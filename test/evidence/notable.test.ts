import { describe, expect, test } from 'vitest';
import { isNotable, notableKey } from '../../shared/evidence/notable.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { actor, auditEvent, cloudTrailEvent, denial, login, stsResponse } from '../support/records.ts';

const object = (
  resource: string,
  more: Partial<NonNullable<AuditEvent['object']>> = {},
): NonNullable<AuditEvent['object']> => ({
  apiGroup: '',
  resource,
  subresource: '',
  namespace: null,
  name: null,
  ...more,
});
const robot = { actor: actor({ kind: 'service-account', principalArn: null }) };
const kubelet = {
  user: { username: 'system:node:ip-10-0-0-1', uid: null, groups: ['system:nodes', 'system:bootstrappers'] },
};
const stranger = { user: { username: 'system:anonymous', uid: null, groups: ['system:unauthenticated'] } };
const roles = { apiGroup: 'rbac.authorization.k8s.io' };

describe('isNotable', () => {
  test.each([
    ['a change in CloudTrail', cloudTrailEvent()],
    ['a write of RBAC', auditEvent({ verb: 'patch', object: object('roles', roles) })],
    ['a deletion of all ConfigMaps of kube-system', deletion('kube-system')],
    ['a truncated event', auditEvent({ truncated: true })],
    ['an impersonation', auditEvent({ impersonated: { username: 'alice', groups: [] } })],
    ['a list of Secrets by a person', auditEvent({ object: object('secrets') })],
    [
      'a write of a webhook',
      auditEvent({ verb: 'update', object: object('x', { apiGroup: 'admissionregistration.k8s.io' }) }),
    ],
    ['a signing request', auditEvent({ verb: 'create', object: object('x', { apiGroup: 'certificates.k8s.io' }) })],
    [
      'a token made by a person',
      auditEvent({ verb: 'create', object: object('serviceaccounts', { subresource: 'token' }) }),
    ],
    ['a command in kube-system', auditEvent({ verb: 'create', object: pod('exec', 'kube-system') })],
    ['a request to a kubelet', auditEvent({ verb: 'get', object: object('nodes', { subresource: 'proxy' }) })],
    ['a stranger who was let through', auditEvent({ ...stranger, object: null, requestUri: '/version' })],
    ['a stranger who was refused', auditEvent({ ...stranger, code: 403, decision: 'forbid' })],
    ['a caller whom nobody knew', auditEvent({ user: { username: '', uid: null, groups: [] }, code: 401 })],
    ['a login as master', login({ groups: ['system:masters'] })],
    ['a refused login', denial()],
  ])('keeps %s', (_, record) => {
    expect(isNotable(record)).toBe(true);
  });

  test.each([
    ['a read in CloudTrail', cloudTrailEvent({ readOnly: true })],
    ['a read of RBAC', auditEvent({ verb: 'list', object: object('roles', roles) })],
    ['a deletion of ConfigMaps elsewhere', deletion('dev')],
    ['a list of Secrets by a controller', auditEvent({ ...robot, object: object('secrets') })],
    [
      'a token for a pod',
      auditEvent({ ...kubelet, verb: 'create', object: object('serviceaccounts', { subresource: 'token' }) }),
    ],
    [
      'a signing request of a node',
      auditEvent({ ...kubelet, verb: 'create', object: object('x', { apiGroup: 'certificates.k8s.io' }) }),
    ],
    ['a command elsewhere', auditEvent({ verb: 'create', object: pod('exec', 'dev') })],
    ['a look at the logs of a pod of kube-system', auditEvent({ verb: 'get', object: pod('log', 'kube-system') })],
    ['metrics of a kubelet', metrics()],
    ['a health check of a stranger', auditEvent({ ...stranger, object: null, requestUri: '/livez?verbose' })],
    ['an ordinary login', login()],
    ['a session behind a login', stsResponse()],
  ])('passes over %s', (_, record) => {
    expect(isNotable(record)).toBe(false);
  });
});

describe('notableKey', () => {
  test('never joins changes of access', () => {
    expect(notableKey(auditEvent({ verb: 'patch', object: object('roles', roles) }))).toBeNull();
    expect(notableKey(cloudTrailEvent())).toBeNull();
  });

  test('joins what a stranger tried from one address, whatever it was', () => {
    const refused = { ...stranger, code: 403 };

    expect(notableKey(auditEvent({ ...refused, requestUri: '/api/v1/pods' }))).toBe(
      notableKey(auditEvent({ ...refused, object: null, requestUri: '/admin.php' })),
    );
    expect(notableKey(auditEvent(refused))).not.toBe(
      notableKey(auditEvent({ ...refused, actor: actor({ sourceIp: '192.0.2.99' }) })),
    );
  });

  test('joins alike requests of one user, and keeps those of another apart', () => {
    const list = auditEvent({ object: object('secrets') });

    expect(notableKey(list)).toBe(notableKey({ ...list, at: null }));
    expect(notableKey(list)).not.toBe(notableKey({ ...list, user: { ...list.user, username: 'bob' } }));
  });
});

function pod(subresource: string, namespace: string): NonNullable<AuditEvent['object']> {
  return object('pods', { subresource, namespace, name: 'coredns' });
}

function deletion(namespace: string): AuditEvent {
  return auditEvent({ verb: 'deletecollection', object: object('configmaps', { namespace }) });
}

function metrics(): AuditEvent {
  return auditEvent({
    ...robot,
    verb: 'get',
    object: object('nodes', { subresource: 'proxy', name: 'ip-10-0-0-1' }),
    requestUri: '/api/v1/nodes/ip-10-0-0-1/proxy/metrics/cadvisor',
  });
}
