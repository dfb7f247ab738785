import { adminPolicyAtClusterScope } from '../../shared/detections/admin-policy-at-cluster-scope.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, associatedPolicy, mapping } from '../support/facts.ts';

const admin = { ...associatedPolicy(), level: 'cluster-admin', reason: 'everything, everywhere' } as const;

describeDetection(adminPolicyAtClusterScope, {
  fires: [
    {
      name: 'an entry holds the policy for the whole cluster',
      facts: { mappings: [mapping({ via: 'access-entry', policies: [admin] })] },
      subjects: [`iam:${ADMIN_ROLE}`],
    },
  ],
  staysQuiet: [
    {
      name: 'the policy is held to one namespace',
      facts: {
        mappings: [
          mapping({
            policies: [{ ...admin, scope: { type: 'namespace', namespaces: ['dev'] }, level: 'namespace-admin' }],
          }),
        ],
      },
    },
    {
      name: 'the principal of the entry is gone',
      facts: { mappings: [mapping({ policies: [admin], inert: 'principal-gone' })] },
    },
  ],
  cannotTell: [
    {
      name: 'access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), {
        source: 'cloudtrail',
        status: 'unavailable',
        window: null,
        read: 0,
        skipped: 0,
        skips: [],
        reason: null,
      }),
      missing: ['eks-api', 'cloudtrail'],
    },
  ],
});
