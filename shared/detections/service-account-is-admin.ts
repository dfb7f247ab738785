/** A service account that can take over the cluster: so can whoever takes over one of its pods. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { isClusterAdminBinding, isSensitiveAdminBinding } from '../rules/admin-bindings.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const serviceAccountIsAdmin: Detection = {
  id: 'service-account-is-admin',
  ref: 'RB-004',
  title: 'Service account with the rights of an admin',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'The token lies in every pod of the service account, so a flaw in any of their programs is a way to the whole cluster; a service account named default is used by every pod of its namespace that names none.',
  fix: 'Give the workload a role with what it uses. Never bind the service account default: make one for the workload.',
  blindSpots:
    'Rights that a service account gets from several bindings together, none of which is admin alone, are shown in the access list and not here.',
  references: [
    'https://kubernetes.io/docs/concepts/security/service-accounts/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  attack: ['T1098.006', 'T1078.001'],
  cis: ['4.1.5', '5.2.1'],
  *detect({ bindings }) {
    for (const binding of bindings) yield* judge(binding, binding.subjects);
  },
  correlate: (facts) => watchBindings(facts, judge),
};

function* judge(binding: ResolvedBinding, subjects: readonly Subject[]): Iterable<Match> {
  const accounts = subjects.filter(({ kind }) => kind === 'ServiceAccount');
  if (accounts.length === 0 || (!isClusterAdminBinding(binding) && !isSensitiveAdminBinding(binding))) return;
  const where = binding.namespace === null ? 'the cluster' : `namespace ${binding.namespace}`;
  const isDefault = accounts.some(({ name }) => name === 'default');
  const whoever = isDefault
    ? 'and with it every pod of its namespace that names no other'
    : 'and whoever takes over a pod of it';
  yield {
    subject: bindingSubject(binding),
    severity: isDefault ? 'critical' : 'high',
    summary: `${wordSubjects(accounts)}, ${whoever}, can act as admin of ${where} through ${binding.role.kind} ${binding.role.name}: ${binding.reason}.`,
    commands: [showBinding(binding), ...removeSubjects(binding, accounts)],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}
