import { describe, expect, test } from 'vitest';
import {
  findAccessSubject,
  findWrittenBinding,
  findWrittenRole,
  isAllowed,
  isChange,
} from '../../shared/rules/access-events.ts';
import { binding, deletionOf, role, writeOf } from '../support/rbac-writes.ts';
import { AWS_AUTH_OBJECT, auditEvent, cloudTrailEvent } from '../support/records.ts';

describe('isChange', () => {
  test.each([
    ['a creation', writeOf(role()), true],
    ['a deletion', deletionOf(role()), true],
    ['a fragment without a code', writeOf(role(), { code: null, decision: null }), true],
    ['a fragment that was forbidden', writeOf(role(), { code: null, decision: 'forbid' }), false],
    ['a refusal', writeOf(role(), { code: 403 }), false],
    ['a conflict', writeOf(role(), { code: 409 }), false],
    ['a dry run', writeOf(role(), { dryRun: true }), false],
    ['a read', writeOf(role(), { verb: 'get' }), false],
    ['an event without a verb', writeOf(role(), { verb: '' }), false],
    ['a record of CloudTrail', cloudTrailEvent(), false],
  ])('judges %s', (_, record, expected) => {
    expect(isChange(record)).toBe(expected);
  });
});

describe('isAllowed', () => {
  test.each([
    ['an allowed request', auditEvent(), true],
    ['an allowed request for what is not there', auditEvent({ code: 404 }), true],
    ['a forbidden request', auditEvent({ decision: 'forbid', code: 403 }), false],
    ['a request that admission refused', auditEvent({ code: 403 }), false],
    ['a fragment with a code alone', auditEvent({ decision: null, code: 200 }), true],
    ['a fragment that failed', auditEvent({ decision: null, code: 500 }), false],
    ['a fragment with neither', auditEvent({ decision: null, code: null }), true],
  ])('judges %s', (_, record, expected) => {
    expect(isAllowed(record)).toBe(expected);
  });
});

describe('findWrittenBinding and findWrittenRole', () => {
  test('give the object of their kind alone', () => {
    expect(findWrittenBinding(writeOf(binding()))?.name).toBe('team-admins');
    expect(findWrittenBinding(writeOf(role()))).toBeNull();
    expect(findWrittenRole(writeOf(role()))?.name).toBe('pod-reader');
    expect(findWrittenRole(deletionOf(role()))).toBeNull();
  });
});

describe('findAccessSubject', () => {
  const named = (apiGroup: string, resource: string, namespace: string | null = null) =>
    findAccessSubject(auditEvent({ object: { apiGroup, resource, subresource: '', namespace, name: 'x' } }));
  const RBAC = 'rbac.authorization.k8s.io';

  test.each([
    [RBAC, 'clusterroles', null, 'role:ClusterRole/-/x'],
    [RBAC, 'roles', 'dev', 'role:Role/dev/x'],
    [RBAC, 'clusterrolebindings', null, 'binding:ClusterRoleBinding/-/x'],
    [RBAC, 'rolebindings', 'dev', 'binding:RoleBinding/dev/x'],
    [RBAC, 'others', null, null],
    ['x.example.com', 'roles', 'dev', null],
    ['', 'configmaps', 'kube-system', null],
  ])('names %s %s', (apiGroup, resource, namespace, expected) => {
    expect(named(apiGroup, resource, namespace)).toBe(expected);
  });

  test('knows aws-auth, and nothing without a name', () => {
    const object = AWS_AUTH_OBJECT;

    expect(findAccessSubject(auditEvent({ object }))).toBe('aws-auth');
    expect(findAccessSubject(auditEvent({ object: { ...object, namespace: 'dev' } }))).toBeNull();
    expect(findAccessSubject(auditEvent({ object: { ...object, name: null } }))).toBeNull();
    expect(findAccessSubject(auditEvent({ object: null }))).toBeNull();
  });
});
