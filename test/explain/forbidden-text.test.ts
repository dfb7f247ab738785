import { describe, expect, test } from 'vitest';
import { findMissingRole, parseForbidden } from '../../shared/explain/forbidden-text.ts';

describe('parseForbidden', () => {
  test.each([
    [
      'a request at cluster scope',
      'nodes is forbidden: User "alice" cannot list resource "nodes" in API group "" at the cluster scope',
      { user: 'alice', verb: 'list', resource: 'nodes', apiGroup: '', namespace: null, name: null },
    ],
    [
      'one object, with its subresource',
      'pods "web-0" is forbidden: User "arn:aws:sts::111122223333:assumed-role/dev/alice" cannot create resource "pods/exec" in API group "" in the namespace "payments"',
      {
        user: 'arn:aws:sts::111122223333:assumed-role/dev/alice',
        verb: 'create',
        resource: 'pods/exec',
        apiGroup: '',
        namespace: 'payments',
        name: 'web-0',
      },
    ],
    [
      'an API group',
      'deployments.apps is forbidden: User "alice" cannot watch resource "deployments" in API group "apps" in the namespace "payments"',
      { user: 'alice', verb: 'watch', resource: 'deployments', apiGroup: 'apps', namespace: 'payments', name: null },
    ],
    [
      'a path',
      'forbidden: User "system:anonymous" cannot get path "/metrics"',
      { user: 'system:anonymous', verb: 'get', resource: '/metrics', apiGroup: '', namespace: null, name: null },
    ],
    [
      'the words of old versions',
      'User "alice" cannot list pods in the namespace "payments"',
      { user: 'alice', verb: 'list', resource: 'pods', apiGroup: '', namespace: 'payments', name: null },
    ],
    [
      'a log in JSON',
      '{"message":"pods is forbidden: User \\"alice\\" cannot list resource \\"pods\\" in API group \\"\\" in the namespace \\"payments\\""}',
      { user: 'alice', verb: 'list', resource: 'pods', apiGroup: '', namespace: 'payments', name: null },
    ],
    [
      'curly quotes of a chat',
      'pods is forbidden: User \u201calice\u201d cannot list resource \u201cpods\u201d in API group \u201c\u201d at the cluster scope',
      { user: 'alice', verb: 'list', resource: 'pods', apiGroup: '', namespace: null, name: null },
    ],
    [
      'a user that holds a quote',
      'User "a\\"b" cannot get resource "pods" in API group "" at the cluster scope',
      { user: 'a"b', verb: 'get', resource: 'pods', apiGroup: '', namespace: null, name: null },
    ],
  ])('reads %s', (_what, text, expected) => {
    expect(parseForbidden(text)).toEqual(expected);
  });

  test.each(['', 'Forbidden', 'User cannot list pods', 'User "alice" cannot'])('finds nobody in "%s"', (text) => {
    expect(parseForbidden(text)).toBeNull();
  });
});

describe('findMissingRole', () => {
  test('reads the role that RBAC names, and nothing else', () => {
    expect(findMissingRole('RBAC: role.rbac.authorization.k8s.io "viewer" not found')).toBe('role viewer');
    expect(findMissingRole('clusterrole "viewer" not found')).toBeNull();
  });
});
