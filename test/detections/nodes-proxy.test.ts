import { nodesProxy } from '../../shared/detections/nodes-proxy.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedRole } from '../support/facts.ts';
import { role, writeOf } from '../support/rbac-writes.ts';
import { actor, auditEvent } from '../support/records.ts';

const SUBJECT = 'role:ClusterRole/-/pod-reader';
const named = (resource: string, ...verbs: readonly string[]) =>
  resolvedRole({ name: 'pod-reader', rules: [policyRule({ resources: [resource], verbs })] });
const node = { apiGroup: '', resource: 'nodes', subresource: 'proxy', namespace: null, name: 'ip-10-0-0-1' };
const URI = '/api/v1/nodes/ip-10-0-0-1/proxy';
const agent = {
  user: { username: 'system:serviceaccount:monitoring:agent', uid: null, groups: ['system:serviceaccounts'] },
  actor: actor({ kind: 'service-account', name: 'system:serviceaccount:monitoring:agent', principalArn: null }),
};
const request = (path: string, more: Parameters<typeof auditEvent>[0] = {}) =>
  auditEvent({ verb: 'get', object: node, requestUri: `${URI}${path}`, ...more });

describeDetection(nodesProxy, {
  fires: [
    {
      name: 'a role names nodes/proxy, or every proxy, even for get alone',
      facts: { roles: [named('nodes/proxy', 'get'), named('*/proxy', 'create')] },
      subjects: [SUBJECT, SUBJECT],
      severities: ['high', 'high'],
      says: 'allows get on nodes/proxy of core, and so commands in every container of every node.',
    },
    {
      name: 'a record adds it to a role',
      records: [writeOf(role({ rules: [policyRule({ resources: ['nodes/proxy'], verbs: ['get'] })] }))],
      subjects: [SUBJECT],
    },
    {
      name: 'a person lists the pods of a kubelet',
      record: request('/pods'),
      subjects: ['user:platform-admin'],
      says: 'role/platform-admin reached the kubelet of ip-10-0-0-1',
    },
    {
      name: 'a service account runs a command there',
      record: request('/run/dev/pod/app', { verb: 'create', ...agent }),
      subjects: ['user:system:serviceaccount:monitoring:agent'],
    },
    {
      name: 'a path only begins like that of metrics',
      record: request('/metrics/../run/dev/pod/app', agent),
      subjects: ['user:system:serviceaccount:monitoring:agent'],
    },
  ],
  staysQuiet: [
    { name: 'a bare wildcard is told by wildcard-role', facts: { roles: [named('*', '*')] } },
    { name: 'Kubernetes ships the role', facts: { roles: [{ ...named('nodes/proxy', 'get'), isDefault: true }] } },
    { name: 'the narrow subresource is granted', facts: { roles: [named('nodes/metrics', 'get')] } },
    { name: 'services are proxied', facts: { roles: [named('services/proxy', 'get')] } },
    { name: 'an agent reads metrics', record: request('/metrics/cadvisor', agent) },
    { name: 'an agent reads metrics with a query', record: request('/stats/summary?only_cpu=true', agent) },
    { name: 'the request was refused', record: request('/pods', { code: 403, decision: 'forbid' }) },
    {
      name: 'the API server itself asks',
      record: request('/pods', {
        user: { username: 'system:apiserver', uid: null, groups: ['system:masters'] },
        actor: actor({ kind: 'kubernetes-user', name: 'system:apiserver', principalArn: null }),
      }),
    },
    { name: 'the request is about a pod', record: auditEvent() },
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
