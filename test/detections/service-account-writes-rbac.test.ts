import { serviceAccountWritesRbac } from '../../shared/detections/service-account-writes-rbac.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { binding, deletionOf, role, writeOf } from '../support/rbac-writes.ts';
import { actor } from '../support/records.ts';

const as = (username: string, principalArn: string | null = null) => ({
  user: { username, uid: null, groups: ['system:serviceaccounts'] },
  actor: actor({ kind: principalArn === null ? 'service-account' : 'role', name: username, principalArn }),
});
const DEPLOYER = 'system:serviceaccount:ci:deployer';

describeDetection(serviceAccountWritesRbac, {
  fires: [
    {
      name: 'a service account makes a binding',
      record: writeOf(binding(), as(DEPLOYER)),
      subjects: [`user:${DEPLOYER}`],
      severities: ['medium'],
      says: 'Service account ci/deployer wrote RBAC: create clusterrolebindings team-admins.',
    },
    {
      name: 'a service account deletes a role of a namespace',
      record: deletionOf(role({ kind: 'Role', namespace: 'dev' }), as(DEPLOYER)),
      subjects: [`user:${DEPLOYER}`],
      says: 'delete roles pod-reader in dev',
    },
    {
      name: 'a GitOps controller does its work',
      record: writeOf(role(), as('system:serviceaccount:argocd:argocd-application-controller')),
      subjects: ['user:system:serviceaccount:argocd:argocd-application-controller'],
    },
  ],
  staysQuiet: [
    {
      name: 'the aggregation controller and the garbage collector do theirs',
      record: writeOf(role(), as('system:serviceaccount:kube-system:clusterrole-aggregation-controller')),
    },
    {
      name: 'the namespace controller empties a namespace',
      record: deletionOf(role(), {
        ...as('system:serviceaccount:kube-system:namespace-controller'),
        verb: 'deletecollection',
      }),
    },
    { name: 'a person writes', record: writeOf(binding()) },
    {
      name: 'a person is mapped to the name of a service account, which other detections tell',
      record: writeOf(binding(), as(DEPLOYER, 'arn:aws:iam::111122223333:role/dev')),
    },
    { name: 'it was refused', record: writeOf(binding(), { ...as(DEPLOYER), code: 403 }) },
  ],
  cannotTell: [
    {
      name: 'the audit log is off',
      coverage: coverageBut(coverage('audit-log', 'disabled')),
      missing: ['audit-log'],
    },
    {
      name: 'the audit log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});
