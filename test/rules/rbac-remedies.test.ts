import { describe, expect, test } from 'vitest';
import { editRole, listBindingsOf, removeLabel, removeSubjects, showRole } from '../../shared/rules/rbac-remedies.ts';
import { subject } from '../support/facts.ts';
import { binding, role } from '../support/rbac-writes.ts';

const alice = subject('User', 'alice');
const anonymous = subject('User', 'system:anonymous');
const strangers = subject('Group', 'system:unauthenticated');

describe('removeSubjects', () => {
  test('deletes a binding of which nothing would be left', () => {
    expect(removeSubjects(binding({ subjects: [anonymous, strangers] }), [anonymous, strangers])).toEqual([
      'kubectl delete clusterrolebinding team-admins',
    ]);
  });

  test.each([
    [
      'mends the role under one that is as it was shipped',
      ['User', 'system:kube-proxy'],
      'clusterrole system:node-proxier',
    ],
    ['opens one of which all subjects are others', ['User', 'mallory'], 'clusterrolebinding system:node-proxier'],
  ] as const)('deletes no binding that Kubernetes keeps: %s', (_name, [kind, name], edited) => {
    const kept = binding({
      name: 'system:node-proxier',
      role: { kind: 'ClusterRole', name: 'system:node-proxier' },
      subjects: [subject(kind, name)],
    });

    expect(removeSubjects(kept, kept.subjects)).toEqual([`kubectl edit ${edited}`]);
  });

  test('takes the last out first, so that the place of the others still holds', () => {
    const bound = binding({ subjects: [anonymous, alice, strangers] });

    expect(removeSubjects(bound, [anonymous, strangers]).map((command) => /subjects\/(\d)/.exec(command)?.[1])).toEqual(
      ['2', '0'],
    );
  });
});

describe('commands of roles', () => {
  const local = role({ kind: 'Role', namespace: 'dev', name: "it's; reboot" });

  test('quote names that others chose', () => {
    expect(showRole(local)).toBe("kubectl -n dev get role 'it'\\''s; reboot' -o yaml");
    expect(editRole(role())).toBe('kubectl edit clusterrole pod-reader');
    expect(removeLabel(role(), 'rbac.authorization.k8s.io/aggregate-to-view')).toBe(
      'kubectl label clusterrole pod-reader rbac.authorization.k8s.io/aggregate-to-view-',
    );
    expect(listBindingsOf(local)).toBe(
      "kubectl get clusterrolebindings,rolebindings -n dev -o wide | grep -F -w -- 'Role/it'\\''s; reboot'",
    );
  });
});
