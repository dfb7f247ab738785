import { anonymousBindingDormant } from '../../shared/detections/anonymous-binding-dormant.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { resolvedBinding, resolvedRole, subject } from '../support/facts.ts';

const anonymous = subject('User', 'system:anonymous');

describeDetection(anonymousBindingDormant, {
  fires: [
    {
      name: 'the ClusterRole of an anonymous binding does not exist',
      facts: { bindings: [resolvedBinding({ name: 'open', resolvedRole: null, subjects: [anonymous] })] },
      subjects: ['binding:ClusterRoleBinding/-/open'],
      severities: ['medium'],
      says: 'User system:anonymous will hold ClusterRole missing as soon as somebody creates it',
    },
    {
      name: 'the Role of a namespace does not exist',
      facts: {
        bindings: [
          resolvedBinding({
            kind: 'RoleBinding',
            namespace: 'dev',
            name: "it's; rm -rf",
            role: { kind: 'Role', name: 'gone' },
            resolvedRole: null,
            subjects: [subject('User', 'alice'), subject('Group', 'system:unauthenticated')],
          }),
        ],
      },
      subjects: ["binding:RoleBinding/dev/it's; rm -rf"],
    },
  ],
  staysQuiet: [
    {
      name: 'the role exists, which anonymous-binding tells',
      facts: { bindings: [resolvedBinding({ resolvedRole: resolvedRole(), subjects: [anonymous] })] },
    },
    {
      name: 'the role is missing and only people are bound',
      facts: { bindings: [resolvedBinding({ resolvedRole: null })] },
    },
    {
      name: 'nothing is known of the role',
      facts: { bindings: [resolvedBinding({ resolvedRole: null, level: 'unknown', subjects: [anonymous] })] },
    },
  ],
  cannotTell: [
    {
      name: 'RBAC was denied',
      coverage: coverageBut(coverage('rbac', 'denied')),
      missing: ['rbac'],
    },
    {
      name: 'RBAC was read in part',
      coverage: coverageBut(coverage('rbac', 'partial')),
      status: 'partly-evaluated',
      missing: ['rbac'],
    },
  ],
});
