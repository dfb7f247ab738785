import { escalationVerbsGranted } from '../../shared/detections/escalation-verbs-granted.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedRole } from '../support/facts.ts';
import { role, writeOf } from '../support/rbac-writes.ts';

const RBAC = ['rbac.authorization.k8s.io'];
const SUBJECT = 'role:ClusterRole/-/pod-reader';
const escalate = policyRule({ apiGroups: RBAC, resources: ['clusterroles'], verbs: ['escalate', 'update'] });
const tokens = policyRule({ resources: ['serviceaccounts/token'], verbs: ['create'] });
const impersonate = policyRule({ resources: ['users'], verbs: ['impersonate'], resourceNames: ['bob'] });
const approve = policyRule({
  apiGroups: ['certificates.k8s.io'],
  resources: ['certificatesigningrequests/approval'],
  verbs: ['patch'],
});
const named = (...rules: readonly ReturnType<typeof policyRule>[]) => resolvedRole({ name: 'pod-reader', rules });

describeDetection(escalationVerbsGranted, {
  fires: [
    {
      name: 'each of the rights stands in a role',
      facts: {
        roles: [
          named(escalate),
          named({ ...escalate, verbs: ['bind'], resources: ['*'] }),
          named({ ...impersonate, resources: ['userextras/scopes'], apiGroups: ['authentication.k8s.io'] }),
          named(tokens),
          named({ ...tokens, resources: ['*/token'], verbs: ['*'] }),
          named(approve),
          named({ ...approve, resources: ['signers'], verbs: ['approve'], resourceNames: ['kubernetes.io/*'] }),
        ],
      },
      subjects: [SUBJECT, SUBJECT, SUBJECT, SUBJECT, SUBJECT, SUBJECT, SUBJECT],
      severities: ['high', 'high', 'high', 'high', 'high', 'high', 'high'],
      says: 'grants the right to escalate (write rules into roles that it does not hold itself).',
    },
    {
      name: 'a right over a named target that is worth something',
      facts: { roles: [{ ...named(impersonate), level: 'admin-equivalent' }] },
      subjects: [SUBJECT],
      says: 'impersonate for bob',
    },
    {
      name: 'a record adds the right to a role',
      records: [writeOf(role()), writeOf(role({ rules: [tokens] }), { verb: 'patch' })],
      subjects: [SUBJECT],
      says: 'wrote it so',
    },
  ],
  staysQuiet: [
    { name: 'Kubernetes ships the role', facts: { roles: [{ ...named(escalate), isDefault: true }] } },
    {
      name: 'the target that is named holds nothing',
      facts: { roles: [{ ...named(impersonate), level: 'limited' }] },
    },
    {
      name: 'the wildcard role is told as such',
      facts: { roles: [named(policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }))] },
    },
    {
      name: 'admin as Kubernetes makes it writes roles without the right',
      facts: {
        roles: [named(policyRule({ apiGroups: RBAC, resources: ['roles', 'rolebindings'], verbs: ['create'] }))],
      },
    },
    {
      name: 'the verb stands over objects of an operator',
      facts: { roles: [named(policyRule({ apiGroups: ['x.example.com'], resources: ['carts'], verbs: ['bind'] }))] },
    },
    {
      name: 'tokens are reviewed and not made',
      facts: {
        roles: [
          named(policyRule({ apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] }), {
            ...tokens,
            verbs: ['get'],
          }),
        ],
      },
    },
    { name: 'the record was a dry run', records: [writeOf(role({ rules: [tokens] }), { dryRun: true })] },
  ],
  cannotTell: [
    {
      name: 'neither RBAC nor the audit log was read',
      coverage: coverageBut(coverage('rbac', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['rbac', 'audit-log'],
    },
    {
      name: 'both were read in part',
      coverage: coverageBut(coverage('rbac', 'partial'), coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['rbac', 'audit-log'],
    },
  ],
});
