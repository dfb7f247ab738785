import { wildcardRole } from '../../shared/detections/wildcard-role.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedRole } from '../support/facts.ts';
import { role, writeOf } from '../support/rbac-writes.ts';
import { actor } from '../support/records.ts';

const SUBJECT = 'role:ClusterRole/-/pod-reader';
const anyVerb = policyRule({ resources: ['pods'], verbs: ['*'] });
const anyResource = policyRule({ resources: ['*'], verbs: ['get', 'list'] });
const custom = policyRule({ apiGroups: ['source.toolkit.fluxcd.io'], resources: ['*'], verbs: ['*'] });
const named = (rules: readonly ReturnType<typeof policyRule>[]) => resolvedRole({ name: 'pod-reader', rules });
const eks = { username: 'eks:addon-manager', uid: null, groups: [] };

describeDetection(wildcardRole, {
  fires: [
    {
      name: 'a role has any verb, another any resource',
      facts: { roles: [named([anyVerb]), named([anyResource])] },
      subjects: [SUBJECT, SUBJECT],
      severities: ['high', 'high'],
      says: 'ClusterRole pod-reader allows * on pods of core',
    },
    {
      name: 'the verb is a wildcard over paths',
      facts: { roles: [named([policyRule({ apiGroups: [], verbs: ['*'], nonResourceURLs: ['/metrics'] })])] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the wildcard reaches the objects of an operator alone',
      facts: { roles: [named([custom])] },
      subjects: [SUBJECT],
      severities: ['info'],
      says: 'no objects of Kubernetes itself',
    },
    {
      name: 'beside custom objects it reaches those of Kubernetes',
      facts: { roles: [named([custom, { ...custom, apiGroups: ['x.example.com', 'apps'] }])] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'a Role of a namespace, with a hostile name',
      facts: { roles: [resolvedRole({ kind: 'Role', namespace: 'dev', name: "x'`id`" })] },
      subjects: ["role:Role/dev/x'`id`"],
    },
    {
      name: 'a record shows the role being made',
      records: [writeOf(role({ rules: [anyResource] }))],
      subjects: [SUBJECT],
      says: 'wrote it so.',
    },
    {
      name: 'a customer calls himself EKS',
      records: [writeOf(role({ rules: [anyVerb] }), { user: eks, actor: actor({ name: 'eks:addon-manager' }) })],
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'Kubernetes or EKS ships the role', facts: { roles: [{ ...named([anyVerb]), isDefault: true }] } },
    {
      name: 'only the subresource scale of every resource is named',
      facts: { roles: [named([policyRule({ apiGroups: ['apps'], resources: ['*/scale'], verbs: ['update'] })])] },
    },
    {
      name: 'EKS writes the role of an add-on',
      records: [
        writeOf(role({ rules: [anyVerb] }), { user: eks, actor: actor({ name: eks.username, principalArn: null }) }),
      ],
    },
    {
      name: 'a role that had the wildcard before gets a label',
      records: [
        writeOf(role({ rules: [anyVerb] }), { dryRun: true }),
        writeOf(role({ rules: [] }), { verb: 'update' }),
      ],
    },
    { name: 'the write was refused', records: [writeOf(role({ rules: [anyVerb] }), { code: 403 })] },
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
