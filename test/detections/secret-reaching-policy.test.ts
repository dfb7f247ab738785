import { secretReachingPolicy } from '../../shared/detections/secret-reaching-policy.ts';
import type { WorkloadRole } from '../../shared/model/eks.ts';
import { coverage, coverageBut, eksCoverage, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, mapping } from '../support/facts.ts';
import { association, held, namespaces } from '../support/grants.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const capability: WorkloadRole = {
  kind: 'capability',
  name: 'ack',
  roleArn: ADMIN_ROLE,
  evidence: ref('eks-api', { file: 'capabilities.json' }),
};
const ownSecrets = mapping({ policies: [held('AmazonEKSSecretAdminPolicy', namespaces('ack-system'))] });

describeDetection(secretReachingPolicy, {
  fires: [
    {
      name: 'the reader of Secrets holds in the whole cluster: high',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretReaderPolicy')] })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the reader of Secrets is held to one namespace: medium',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretReaderPolicy', namespaces('dev'))] })] },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'every namespace is named by a star: high',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretReaderPolicy', namespaces('*'))] })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'a policy that reads everything is held to one namespace',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSAdminViewPolicy', namespaces('dev'))] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a policy that edits, Secrets included, is held to one namespace',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSEditPolicy', namespaces('dev'))] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'another role than that of the capability administers Secrets',
      facts: { mappings: [ownSecrets], workloadRoles: [{ ...capability, roleArn: `${ADMIN_ROLE}-2` }] },
      subjects: [SUBJECT],
    },
    {
      name: 'the role of a capability reads the Secrets of the whole cluster',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretReaderPolicy')] })], workloadRoles: [capability] },
      subjects: [SUBJECT],
    },
    {
      name: 'a record shows the reader of Secrets being associated',
      record: association('AmazonEKSSecretReaderPolicy'),
      subjects: [SUBJECT],
      severities: ['high'],
    },
  ],
  staysQuiet: [
    {
      name: 'AmazonEKSViewPolicy leaves Secrets out',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSViewPolicy')] })] },
    },
    {
      name: 'broad-admin-policy reports the policy already',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretAdminPolicy')] })] },
    },
    {
      name: 'a capability administers the Secrets of its own namespace',
      facts: { mappings: [ownSecrets], workloadRoles: [capability] },
    },
    {
      name: 'a record shows EKS giving a capability its own namespace',
      record: association('AmazonEKSSecretAdminPolicy', namespaces('ack-system')),
      facts: { workloadRoles: [capability] },
    },
    {
      name: 'nobody knows the rules of the policy',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSEventPolicy')] })] },
    },
    {
      name: 'the principal of the entry is gone',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSSecretReaderPolicy')], inert: 'principal-gone' })] },
    },
  ],
  cannotTell: [
    {
      name: 'neither access entries nor CloudTrail were read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), coverage('cloudtrail', 'disabled')),
      missing: ['eks-api', 'cloudtrail'],
    },
  ],
});
