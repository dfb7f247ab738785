import { accessPolicyUnknown } from '../../shared/detections/access-policy-unknown.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, mapping } from '../support/facts.ts';
import { held, namespaces } from '../support/grants.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;

describeDetection(accessPolicyUnknown, {
  fires: [
    {
      name: 'AWS added the policy after the table was made',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSOfTomorrowPolicy')] })] },
      subjects: [SUBJECT],
      severities: ['low'],
      says: 'does not know',
    },
    {
      name: 'AWS names the policy and publishes no rules',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSEventPolicy', namespaces('dev'))] })] },
      subjects: [SUBJECT],
      says: 'of which AWS publishes no rules',
    },
    {
      name: 'the policy has a name that JavaScript keeps for itself',
      facts: { mappings: [mapping({ policies: [held('__proto__')] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a known policy is held beside it',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSViewPolicy'), held('AmazonEKSOfTomorrowPolicy')] })] },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    {
      name: 'AWS publishes the rules of the policy',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSViewPolicy'), held('AmazonEKSKROPolicy')] })] },
    },
    {
      name: 'the policies of EKS Auto Mode come by themselves',
      facts: {
        mappings: [
          mapping({
            policies: [
              held('AmazonEKSComputePolicy'),
              held('AmazonEKSBlockStorageClusterPolicy'),
              held('AmazonEKSAutoNodePolicy'),
              held('AmazonEKSClusterInsightsPolicy'),
              held('AmazonEKSHybridPolicy'),
              held('AmazonEKSPodIdentityPolicy'),
            ],
          }),
        ],
      },
    },
    {
      name: 'the entry does not work',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSOfTomorrowPolicy')], inert: 'principal-recreated' })] },
    },
  ],
  cannotTell: [
    {
      name: 'access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
