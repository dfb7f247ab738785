import { clusterUncovered } from '../../shared/detections/cluster-uncovered.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster } from '../support/facts.ts';

describeDetection(clusterUncovered, {
  fires: [
    {
      name: 'the Kubernetes API denies the auditor',
      facts: { coverage: coverageBut(coverage('rbac', 'denied', { reason: 'Forbidden' })) },
      subjects: ['cluster'],
      says: 'payments exists and who holds it cannot be told: rbac denied (Forbidden).',
    },
    {
      name: 'nobody collected the access entries',
      facts: { coverage: coverageBut(eksCoverage({ 'access-entries': 'unavailable' })) },
      subjects: ['cluster'],
      says: 'eks-api partial',
    },
    {
      name: 'aws-auth counts and was not read',
      facts: { coverage: coverageBut(coverage('aws-auth', 'unavailable')) },
      subjects: ['cluster'],
    },
  ],
  staysQuiet: [
    { name: 'everything was read', facts: {} },
    { name: 'RBAC was read in part', facts: { coverage: coverageBut(coverage('rbac', 'partial')) } },
    {
      name: 'mode API reads no aws-auth',
      facts: {
        cluster: cluster({ authenticationMode: 'API' }),
        coverage: coverageBut(coverage('aws-auth', 'unavailable')),
      },
    },
    {
      name: 'the cluster is being deleted',
      facts: { cluster: cluster({ status: 'DELETING' }), coverage: coverageBut(coverage('rbac', 'unavailable')) },
    },
    { name: 'nothing was read that says there is a cluster', facts: { coverage: [coverage('aws-auth')] } },
    { name: 'logs alone were not read', facts: { coverage: coverageBut(coverage('audit-log', 'denied')) } },
  ],
  cannotTell: [
    {
      name: 'the cluster was not described',
      coverage: coverageBut(eksCoverage({ cluster: 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
