import { broadAdminPolicy } from '../../shared/detections/broad-admin-policy.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, mapping } from '../support/facts.ts';
import { association, held, namespaces } from '../support/grants.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;

describeDetection(broadAdminPolicy, {
  fires: [
    {
      name: 'AmazonEKSAdminPolicy holds in the whole cluster',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSAdminPolicy')] })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'AmazonEKSAdminPolicy at cluster scope',
    },
    {
      name: 'AmazonEKSEditPolicy holds in the whole cluster',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSEditPolicy')] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'AmazonEKSSecretAdminPolicy holds in the whole cluster',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretAdminPolicy')] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a policy that only reads reaches the kubelets',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSAdminViewPolicy')] })] },
      subjects: [SUBJECT],
      says: 'nodes/proxy, which is not read-only',
    },
    {
      name: 'the policies of AWS Backup hold in the whole cluster: one match for both',
      facts: {
        mappings: [
          mapping({
            policies: [held('AWSBackupFullAccessPolicyForBackup'), held('AWSBackupFullAccessPolicyForRestore')],
          }),
        ],
      },
      subjects: [SUBJECT],
    },
    {
      name: 'AmazonEKSACKPolicy holds in the whole cluster',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSACKPolicy')] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'cluster-admin is held to an ordinary namespace: medium',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSClusterAdminPolicy', namespaces('dev', 'dev-*'))] })] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'in namespaces dev, dev-*',
    },
    {
      name: 'cluster-admin is held to kube-system, by a pattern: high',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSClusterAdminPolicy', namespaces('kube-*'))] })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'cluster-admin is held to default, and to every namespace: high',
      facts: {
        mappings: [
          mapping({ policies: [held('AmazonEKSClusterAdminPolicy', namespaces('default'))] }),
          mapping({ policies: [held('AmazonEKSClusterAdminPolicy', namespaces('*'))] }),
        ],
      },
      subjects: [SUBJECT, SUBJECT],
      severities: ['high', 'high'],
    },
    {
      name: 'AmazonEKSEditPolicy reaches kube-system: high',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSEditPolicy', namespaces('kube-system'))] })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'a record shows AmazonEKSAdminPolicy being associated',
      record: association('AmazonEKSAdminPolicy'),
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'a record shows cluster-admin being associated in one namespace',
      record: association('AmazonEKSClusterAdminPolicy', namespaces('dev')),
      subjects: [SUBJECT],
      severities: ['medium'],
    },
  ],
  staysQuiet: [
    {
      name: 'cluster-admin holds in the whole cluster, which another detection reports',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSClusterAdminPolicy')] })] },
    },
    {
      name: 'AmazonEKSViewPolicy holds in the whole cluster',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSViewPolicy')] })] },
    },
    {
      name: 'AmazonEKSAdminPolicy is held to an ordinary namespace',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSAdminPolicy', namespaces('dev'))] })] },
    },
    {
      name: 'a policy of EKS Auto Mode, whose rules nobody publishes',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSComputePolicy')] })] },
    },
    {
      name: 'the authentication mode does not read access entries',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSAdminPolicy')], inert: 'mode' })] },
    },
    {
      name: 'the association was refused',
      record: association('AmazonEKSAdminPolicy', { type: 'cluster' }, { succeeded: false }),
    },
  ],
  cannotTell: [
    {
      name: 'neither access entries nor CloudTrail were read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'unavailable' }), coverage('cloudtrail', 'denied')),
      missing: ['eks-api', 'cloudtrail'],
    },
  ],
});
