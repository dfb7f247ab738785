import { describe, expect, test } from 'vitest';
import { bindingKey, parseSubjectKey, subjectKey } from '../../shared/access/subjects.ts';
import { subject } from '../support/facts.ts';

describe('subjectKey', () => {
  test.each([
    [subject('User', 'oidc:alice/eu'), 'User/oidc:alice/eu'],
    [subject('Group', 'system:authenticated'), 'Group/system:authenticated'],
    [subject('ServiceAccount', 'builder', 'ci'), 'ServiceAccount/ci/builder'],
  ])('makes a key that parseSubjectKey reads back', (value, key) => {
    expect(subjectKey(value)).toBe(key);
    expect(parseSubjectKey(key)).toEqual(value);
  });
});

describe('bindingKey', () => {
  test('tells bindings of one name in two namespaces apart', () => {
    expect(bindingKey({ kind: 'RoleBinding', namespace: 'dev', name: 'edit' })).toBe('RoleBinding/dev/edit');
    expect(bindingKey({ kind: 'ClusterRoleBinding', namespace: null, name: 'edit' })).toBe('ClusterRoleBinding/-/edit');
  });
});
