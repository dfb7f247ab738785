import { describe, expect, test } from 'vitest';
import {
  bindingSubject,
  nameSubject,
  roleSubject,
  wordBinding,
  wordRole,
  wordSubjects,
} from '../../shared/rules/subject-names.ts';
import { subject } from '../support/facts.ts';
import { binding, role } from '../support/rbac-writes.ts';

const users = ['alice', 'bob', 'carol', 'dave'].map((name) => subject('User', name));

describe('subjects of findings', () => {
  test('name kind, namespace and name', () => {
    expect(bindingSubject(binding())).toBe('binding:ClusterRoleBinding/-/team-admins');
    expect(roleSubject(role({ kind: 'Role', namespace: 'dev' }))).toBe('role:Role/dev/pod-reader');
  });
});

describe('words for people', () => {
  test('name three subjects and count the others', () => {
    expect(wordSubjects([])).toBe('nobody');
    expect(wordSubjects(users.slice(0, 2))).toBe('User alice and User bob');
    expect(wordSubjects(users.slice(0, 3))).toBe('User alice, User bob and User carol');
    expect(wordSubjects(users)).toBe('User alice, User bob, User carol and 1 more');
    expect(wordSubjects([subject('ServiceAccount', 'deployer', 'ci')])).toBe('ServiceAccount ci/deployer');
  });

  test('put the namespace before the name', () => {
    expect(wordBinding(binding({ kind: 'RoleBinding', namespace: 'dev' }))).toBe('RoleBinding dev/team-admins');
    expect(wordRole(role())).toBe('ClusterRole pod-reader');
  });
});

describe('nameSubject', () => {
  test.each([
    ['a user', subject('User', 'alice'), 'alice'],
    ['a group', subject('Group', 'team'), 'group team'],
    ['a service account', subject('ServiceAccount', 'robot', 'ci'), 'system:serviceaccount:ci:robot'],
    ['a user that is called like a group', subject('User', 'group team'), 'user group team'],
    ['a user that is called like such a user', subject('User', 'user group team'), 'user user group team'],
  ])('names %s', (_name, bound, name) => {
    expect(nameSubject(bound)).toBe(name);
  });
});
