import { publicInfoViewerWidened } from '../../shared/detections/public-info-viewer-widened.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, role, writeOf } from '../support/rbac-writes.ts';

const NAME = 'system:public-info-viewer';
const ROLE = `role:ClusterRole/-/${NAME}`;
const BINDING = `binding:ClusterRoleBinding/-/${NAME}`;
const older = { cluster: cluster({ version: null }), anonymousRefused: false };
const AUTOUPDATE = 'rbac.authorization.kubernetes.io/autoupdate';
const paths = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const shipped = policyRule({ apiGroups: [], nonResourceURLs: paths, verbs: ['get'] });
const pods = policyRule({ resources: ['pods'], verbs: ['list'] });
const viewer = resolvedRole({ name: NAME, rules: [shipped] });
const defaults = [subject('Group', 'system:authenticated'), subject('Group', 'system:unauthenticated')];

describeDetection(publicInfoViewerWidened, {
  fires: [
    {
      name: 'a rule was added',
      facts: { ...older, roles: [resolvedRole({ name: NAME, rules: [shipped, pods] })] },
      subjects: [ROLE],
      severities: ['critical'],
      says: 'allows list on pods of core, beyond the health and version paths.',
    },
    {
      name: 'a path or a verb was added',
      facts: {
        ...older,
        roles: [
          resolvedRole({ name: NAME, rules: [{ ...shipped, nonResourceURLs: ['/healthz', '/metrics'] }] }),
          resolvedRole({ name: NAME, rules: [{ ...shipped, verbs: ['get', 'post'] }] }),
        ],
      },
      subjects: [ROLE, ROLE],
    },
    {
      name: 'the binding got another subject',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({ name: NAME, resolvedRole: viewer, subjects: [...defaults, subject('User', 'mallory')] }),
        ],
      },
      subjects: [BINDING],
      severities: ['critical'],
      says: 'is bound to User mallory as well',
    },
    {
      name: 'the API server is told to leave the open binding alone',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            name: NAME,
            resolvedRole: viewer,
            subjects: defaults,
            annotations: { [AUTOUPDATE]: 'false' },
          }),
        ],
      },
      subjects: [BINDING],
      says: 'the API server is told not to repair the binding',
    },
    {
      name: 'Kubernetes 1.32 refuses callers without credentials: two steps lower',
      facts: { roles: [resolvedRole({ name: NAME, rules: [pods] })] },
      subjects: [ROLE],
      severities: ['medium'],
    },
    {
      name: 'records show role and binding being changed',
      records: [
        writeOf(role({ name: NAME, rules: [pods] }), { verb: 'patch' }),
        writeOf(
          binding({ name: NAME, role: { kind: 'ClusterRole', name: NAME }, subjects: [subject('User', 'mallory')] }),
          { verb: 'patch' },
        ),
      ],
      subjects: [ROLE, BINDING],
      severities: ['critical', 'critical'],
    },
  ],
  staysQuiet: [
    {
      name: 'both are as Kubernetes ships them',
      facts: {
        ...older,
        roles: [viewer],
        bindings: [resolvedBinding({ name: NAME, resolvedRole: viewer, subjects: defaults })],
      },
    },
    {
      name: 'the binding was narrowed and is to stay so',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            name: NAME,
            resolvedRole: viewer,
            subjects: [subject('Group', 'system:authenticated')],
            annotations: { [AUTOUPDATE]: 'false' },
          }),
        ],
      },
    },
    {
      name: 'the API server writes the role at an upgrade',
      records: [
        writeOf(role({ name: NAME, rules: [shipped] }), {
          verb: 'update',
          user: { username: 'system:apiserver', uid: null, groups: ['system:masters'] },
        }),
      ],
    },
    {
      name: 'another role holds more',
      facts: { ...older, roles: [resolvedRole({ name: 'public-info', rules: [pods] })] },
    },
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
