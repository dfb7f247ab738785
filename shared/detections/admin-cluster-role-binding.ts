/** A ClusterRoleBinding that makes its subjects admin, or able to become admin. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { deleteBinding, showBinding } from '../rules/remedies.ts';
import { bindingSubject } from '../rules/subject-names.ts';

export const adminClusterRoleBinding: Detection = {
  id: 'admin-cluster-role-binding',
  ref: 'RB-001',
  title: 'ClusterRoleBinding to a role that is as good as cluster-admin',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'Every subject of the binding can take over the cluster, at once or in a few steps, and a group in it admits whoever is put into that group later.',
  fix: 'Bind a narrower role, or bind it in the namespaces that need it. Look at the binding first, then delete it.',
  blindSpots:
    'Members of a bound group are known only where a mapping or the logs show them. Escalation through an admission webhook or an operator that acts on custom resources is not followed.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  *detect({ bindings }) {
    for (const binding of bindings) {
      if (!isAdminBinding(binding) || binding.isDefault) continue;
      const people = binding.subjects.filter(({ kind }) => kind !== 'ServiceAccount');
      yield {
        subject: bindingSubject(binding),
        severity: people.length > 0 ? 'critical' : 'high',
        summary: `${nameSubjects(binding)} can act as cluster admin through ${binding.role.kind} ${binding.role.name}: ${binding.reason}.`,
        commands: [showBinding(binding), deleteBinding(binding)],
        at: binding.createdAt,
        evidence: [binding.evidence],
      };
    }
  },
};

function isAdminBinding({ kind, level, subjects }: ResolvedBinding): boolean {
  return (
    kind === 'ClusterRoleBinding' && subjects.length > 0 && (level === 'cluster-admin' || level === 'admin-equivalent')
  );
}

function nameSubjects({ subjects }: ResolvedBinding): string {
  const [first] = subjects;
  if (first === undefined) return 'Nobody';
  const name = first.namespace === null ? first.name : `${first.namespace}/${first.name}`;
  return subjects.length === 1 ? `${first.kind} ${name}` : `${first.kind} ${name} and ${subjects.length - 1} more`;
}
