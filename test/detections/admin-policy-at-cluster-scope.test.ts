import { adminPolicyAtClusterScope } from '../../shared/detections/admin-policy-at-cluster-scope.ts';
import type { Creator } from '../../shared/model/access.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuthRow, cluster, mapping } from '../support/facts.ts';
import { association, held, namespaces, PIPELINE } from '../support/grants.ts';
import { cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const admin = mapping({ policies: [held('AmazonEKSClusterAdminPolicy')] });
const mastersRow = mapping({
  via: 'aws-auth',
  row: awsAuthRow({ groups: ['system:masters'] }),
  identity: { username: 'platform-admin', groups: ['system:masters'] },
  inert: 'overridden-by-entry',
});
const creator: Creator = {
  principalArn: ADMIN_ROLE,
  confidence: 'likely',
  exists: true,
  candidates: [ADMIN_ROLE],
  evidence: [],
  reason: 'its admin entry is as old as the cluster',
};

describeDetection(adminPolicyAtClusterScope, {
  fires: [
    { name: 'an entry holds the policy for the whole cluster', facts: { mappings: [admin] }, subjects: [SUBJECT] },
    {
      name: 'the entry is the creator’s own, which another detection reports: info',
      facts: { cluster: cluster({ bootstrapCreatorAdmin: true }), creator, mappings: [admin] },
      subjects: [SUBJECT],
      severities: ['info'],
    },
    {
      name: 'the entry takes over a row of aws-auth, which another detection reports: info',
      facts: { mappings: [admin, mastersRow] },
      subjects: [SUBJECT],
      severities: ['info'],
      says: 'system-masters-mapping',
    },
    {
      name: 'the row of aws-auth never matches: critical',
      facts: { mappings: [admin, { ...mastersRow, inert: 'arn-never-matches' }] },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'a record shows the policy being associated, of which no state is known',
      record: association('AmazonEKSClusterAdminPolicy'),
      subjects: [SUBJECT],
      severities: ['critical'],
      says: `${PIPELINE} made ${ADMIN_ROLE} admin`,
    },
    {
      name: 'a fragment of a record has neither time nor caller nor cluster',
      record: association(
        'AmazonEKSClusterAdminPolicy',
        { type: 'cluster' },
        { at: null, region: null, clusterName: null },
      ),
      subjects: [SUBJECT],
    },
    {
      name: 'a fragment does not state the scope',
      record: association('AmazonEKSClusterAdminPolicy', null),
      subjects: [SUBJECT],
      says: 'The record does not state the scope, so the whole cluster is assumed.',
    },
    {
      name: 'a fragment does not name the principal',
      record: association('AmazonEKSClusterAdminPolicy', { type: 'cluster' }, { principalArn: null }),
      subjects: ['iam:unnamed'],
    },
    {
      name: 'a migration gives an entry to a principal of system:masters: info',
      record: association('AmazonEKSClusterAdminPolicy'),
      facts: { mappings: [{ ...mastersRow, inert: null }] },
      subjects: [SUBJECT],
      severities: ['info'],
    },
  ],
  staysQuiet: [
    {
      name: 'the policy is held to one namespace',
      facts: { mappings: [mapping({ policies: [held('AmazonEKSClusterAdminPolicy', namespaces('dev'))] })] },
    },
    { name: 'another policy is held', facts: { mappings: [mapping({ policies: [held('AmazonEKSAdminPolicy')] })] } },
    {
      name: 'the principal of the entry is gone',
      facts: { mappings: [mapping({ ...admin, inert: 'principal-gone' })] },
    },
    {
      name: 'the call was refused',
      record: association(
        'AmazonEKSClusterAdminPolicy',
        { type: 'cluster' },
        { succeeded: false, errorCode: 'AccessDenied' },
      ),
    },
    { name: 'the record takes a policy away', record: cloudTrailEvent({ eventName: 'DisassociateAccessPolicy' }) },
    { name: 'the record makes an entry without groups', record: cloudTrailEvent() },
  ],
  cannotTell: [
    {
      name: 'access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), coverage('cloudtrail', 'unavailable')),
      missing: ['eks-api', 'cloudtrail'],
    },
    {
      name: 'CloudTrail was read in part, and access entries not at all',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), coverage('cloudtrail', 'partial')),
      status: 'partly-evaluated',
      missing: ['cloudtrail', 'eks-api'],
    },
  ],
});
