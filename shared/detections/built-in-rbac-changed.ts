/** A role or binding of Kubernetes or EKS that somebody else changed or deleted. */
import type { Detection } from '../model/finding.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';
import { ownerOfName } from '../rules/built-in-names.ts';
import { shellLine } from '../rules/shell.ts';

const CHANGES: ReadonlySet<string> = new Set(['update', 'patch', 'delete']);
const RBAC = 'rbac.authorization.k8s.io';

export const builtInRbacChanged: Detection = {
  id: 'built-in-rbac-changed',
  ref: 'RB-007',
  title: 'Role or binding of Kubernetes or EKS was changed',
  severity: 'critical',
  needs: [['audit-log']],
  why: 'These objects decide what the control plane, the nodes and every new user may do, and nobody reviews them because nobody wrote them: a rule that is added here is found by no search for new roles, and one that is lost breaks the cluster.',
  fix: 'Read what was changed in the audit event. Delete the object and let the API server make it again when it starts, or write a known copy back with kubectl auth reconcile.',
  blindSpots:
    'The change is told by the name of the object; what it holds now is judged by the detections of roles and bindings. Objects of vendors under names of their own are not known here.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
  ],
  attack: ['T1098.006'],
  cis: [],
  recurs: true,
  *observe(record, facts) {
    if (!isChange(record) || !CHANGES.has(record.verb) || isControlPlane(record, facts)) return;
    const { object } = record;
    const subject = findAccessSubject(record);
    if (object === null || object.apiGroup !== RBAC || object.name === null || subject === null) return;
    const owner = ownerOfName(object.resource, object.name);
    if (owner === 'customer') return;
    const actor = nameActor(record.actor);
    const where = object.namespace === null ? [] : ['-n', object.namespace];
    yield {
      subject,
      severity: owner === 'eks' ? 'high' : 'critical',
      summary: `${actor} ${record.verb === 'delete' ? 'deleted' : 'changed'} ${object.resource.replace(/s$/, '')} ${object.name}, which ${owner === 'eks' ? 'EKS' : 'Kubernetes'} keeps for itself.`,
      commands: [shellLine('kubectl', ...where, 'get', object.resource, object.name, '-o', 'yaml')],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
