import { legacyUnauthenticatedDiscovery } from '../../shared/detections/legacy-unauthenticated-discovery.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';

const unauthenticated = subject('Group', 'system:unauthenticated');
const everyone = [subject('Group', 'system:authenticated'), unauthenticated];
const older = { cluster: cluster({ version: '1.31' }), anonymousRefused: false };
const discovery = resolvedRole({ name: 'system:discovery', isDefault: true, level: 'limited' });
const SUBJECT = 'binding:ClusterRoleBinding/-/system:discovery';
const written = binding({
  name: 'system:discovery',
  role: { kind: 'ClusterRole', name: 'system:discovery' },
  subjects: everyone,
});

describeDetection(legacyUnauthenticatedDiscovery, {
  fires: [
    {
      name: 'a cluster born with Kubernetes 1.13 still has its bindings',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({ name: 'system:discovery', resolvedRole: discovery, subjects: everyone }),
          resolvedBinding({
            name: 'system:basic-user',
            resolvedRole: resolvedRole({ name: 'system:basic-user', isDefault: true }),
            subjects: everyone,
          }),
        ],
      },
      subjects: [SUBJECT, 'binding:ClusterRoleBinding/-/system:basic-user'],
      severities: ['medium', 'medium'],
      says: 'Group system:unauthenticated may use system:discovery',
    },
    {
      name: 'Kubernetes 1.32 refuses such callers: two steps lower',
      facts: { bindings: [resolvedBinding({ name: 'system:discovery', resolvedRole: discovery, subjects: everyone })] },
      subjects: [SUBJECT],
      severities: ['info'],
      says: 'the grant lies dormant',
    },
    {
      name: 'a binding of any name gives the role to the anonymous user',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({ name: '<i>x', resolvedRole: discovery, subjects: [subject('User', 'system:anonymous')] }),
        ],
      },
      subjects: ['binding:ClusterRoleBinding/-/<i>x'],
    },
    {
      name: 'a record shows somebody binding it today',
      records: [writeOf(written, { verb: 'update' })],
      subjects: [SUBJECT],
      says: 'The version of the cluster is not known here',
    },
  ],
  staysQuiet: [
    {
      name: 'only those who are logged in are bound, as since 1.14',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            name: 'system:discovery',
            resolvedRole: discovery,
            subjects: [subject('Group', 'system:authenticated')],
          }),
        ],
      },
    },
    {
      name: 'the role was widened, which anonymous-binding tells',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            resolvedRole: resolvedRole({ name: 'system:discovery', isDefault: false }),
            subjects: everyone,
          }),
        ],
      },
    },
    {
      name: 'a Role of the name in a namespace is another role',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            role: { kind: 'Role', name: 'system:discovery' },
            subjects: everyone,
          }),
        ],
      },
    },
    { name: 'the write was refused', records: [writeOf(written, { code: 403 })] },
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
