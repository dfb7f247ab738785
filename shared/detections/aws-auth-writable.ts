/** A binding whose subjects may write aws-auth, and so let anybody into any group. */
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { KUBE_SYSTEM } from '../rules/namespaces.ts';
import { rulesAllow } from '../rules/rbac-matcher.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const awsAuthWritable: Detection = {
  id: 'aws-auth-writable',
  ref: 'AA-015',
  title: 'Binding that lets its subjects write aws-auth',
  severity: 'high',
  needs: [['rbac', 'aws-auth', 'eks-api/cluster']],
  why: 'One line in aws-auth puts an IAM principal into system:masters: a right to write ConfigMaps in kube-system is a right to make admins, however harmless it sounds.',
  fix: 'Bind in the namespaces that need it, or name the ConfigMaps with resourceNames. Moving to mode API takes the danger away altogether.',
  blindSpots:
    'Whoever may do everything is told by admin-cluster-role-binding. Access policies that write ConfigMaps, such as AmazonEKSEditPolicy, are told by broad-admin-policy.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.8'],
  *detect(facts) {
    if (facts.cluster.authenticationMode === 'API') return;
    const verbs = listVerbs(facts);
    for (const binding of facts.bindings) {
      if (binding.isDefault || binding.level === 'cluster-admin' || binding.subjects.length === 0) continue;
      const verb = verbs.find((candidate) => allows(binding, candidate));
      if (verb === undefined) continue;
      yield {
        subject: bindingSubject(binding),
        summary: `${wordSubjects(binding.subjects)} may ${verb} kube-system/aws-auth through ${binding.role.kind} ${binding.role.name}, and so make any IAM principal admin.`,
        commands: [showBinding(binding), ...removeSubjects(binding, binding.subjects)],
        at: binding.createdAt,
        evidence: [binding.evidence, ...(binding.resolvedRole === null ? [] : [binding.resolvedRole.evidence])],
      };
    }
  },
};

/** To create it matters only while it is not there. */
function listVerbs({ awsAuth, coverage }: Facts): readonly string[] {
  return awsAuth === null && isReadInWhole(coverage, 'aws-auth') ? ['update', 'patch', 'create'] : ['update', 'patch'];
}

function allows({ namespace, resolvedRole }: ResolvedBinding, verb: string): boolean {
  if (resolvedRole === null || (namespace !== null && namespace !== KUBE_SYSTEM)) return false;
  // No resourceNames can hold a creation: the API server does not know the name yet.
  const name = verb === 'create' ? '' : 'aws-auth';
  return rulesAllow(resolvedRole.effectiveRules, {
    verb,
    apiGroup: '',
    resource: 'configmaps',
    subresource: '',
    name,
    namespace: KUBE_SYSTEM,
    path: null,
  });
}
