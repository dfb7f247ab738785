import { nodeMappingLost } from '../../shared/detections/node-mapping-lost.ts';
import type { Mapping } from '../../shared/model/access.ts';
import type { WorkloadRole } from '../../shared/model/eks.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, eksCoverage, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { accessEntry, awsAuthRow, cluster, mapping } from '../support/facts.ts';
import { AWS_AUTH_OBJECT, auditEvent, cloudTrailEvent } from '../support/records.ts';

const NODES = 'arn:aws:iam::111122223333:role/payments-nodes';
const SUBJECT = `aws-auth:${NODES}` as const;
const principal = parsePrincipal(NODES);

function nodeGroup(more: Partial<WorkloadRole> = {}): WorkloadRole {
  return { kind: 'node-group', name: 'general', roleArn: NODES, evidence: ref('eks-api'), ...more };
}

function row(groups: readonly string[], more: Partial<Mapping> = {}): Mapping {
  const identity = { username: 'system:node:{{EC2PrivateDNSName}}', groups };
  return mapping({ principal, via: 'aws-auth', identity, row: awsAuthRow({ arn: NODES, groups }), ...more });
}

const NODE_GROUPS = ['system:bootstrappers', 'system:nodes'];
const entry = mapping({ principal, entry: accessEntry({ principal, type: 'EC2_LINUX' }) });
const awsAuthWrite = auditEvent({
  verb: 'update',
  code: 200,
  object: AWS_AUTH_OBJECT,
});
const deletion = cloudTrailEvent({ eventName: 'DeleteAccessEntry', principalArn: NODES });

describeDetection(nodeMappingLost, {
  fires: [
    { name: 'nothing maps the role', facts: { workloadRoles: [nodeGroup()] }, subjects: [SUBJECT] },
    {
      name: 'the row lost the groups of nodes',
      facts: { workloadRoles: [nodeGroup()], mappings: [row(['viewers'])] },
      subjects: [SUBJECT],
      says: 'Node group general of payments uses arn:aws:iam::111122223333:role/payments-nodes',
    },
    {
      name: 'the row is there and never matches',
      facts: { workloadRoles: [nodeGroup()], mappings: [row(NODE_GROUPS, { inert: 'arn-never-matches' })] },
      subjects: [SUBJECT],
    },
    {
      name: 'an entry of type STANDARD is no node entry',
      facts: { workloadRoles: [nodeGroup()], mappings: [mapping({ principal })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a Fargate profile',
      facts: { workloadRoles: [nodeGroup({ kind: 'fargate-profile', name: 'jobs' })] },
      subjects: [SUBJECT],
      says: 'Fargate profile jobs of payments',
    },
    {
      name: 'a write of aws-auth that took the row away',
      record: awsAuthWrite,
      facts: { workloadRoles: [nodeGroup()] },
      subjects: [SUBJECT],
    },
    {
      name: 'a call that deleted the entry',
      record: deletion,
      facts: { workloadRoles: [nodeGroup()] },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'aws-auth maps the role', facts: { workloadRoles: [nodeGroup()], mappings: [row(NODE_GROUPS)] } },
    { name: 'an entry of nodes maps the role', facts: { workloadRoles: [nodeGroup()], mappings: [entry] } },
    {
      name: 'the role carries a path that the mapping leaves out',
      facts: {
        workloadRoles: [nodeGroup({ roleArn: 'arn:aws:iam::111122223333:role/eks/payments-nodes' })],
        mappings: [row(NODE_GROUPS)],
      },
    },
    { name: 'the role of a workload', facts: { workloadRoles: [nodeGroup({ kind: 'pod-identity' })] } },
    {
      name: 'the node group is being deleted',
      facts: {
        workloadRoles: [nodeGroup()],
        records: [cloudTrailEvent({ eventName: 'DeleteNodegroup', request: { nodegroupName: 'general' } })],
      },
    },
    {
      name: 'aws-auth was not read',
      facts: { workloadRoles: [nodeGroup()], coverage: coverageBut(coverage('aws-auth', 'denied')) },
    },
    {
      name: 'the entries were not read',
      facts: {
        workloadRoles: [nodeGroup()],
        cluster: cluster({ authenticationMode: 'API' }),
        coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      },
    },
    {
      name: 'a call deleted the entry of somebody else',
      record: { ...deletion, principalArn: 'arn:aws:iam::111122223333:role/other' },
      facts: { workloadRoles: [nodeGroup()] },
    },
    {
      name: 'the write was a dry run',
      record: { ...awsAuthWrite, dryRun: true },
      facts: { workloadRoles: [nodeGroup()] },
    },
    { name: 'no state tells of nodes', record: awsAuthWrite },
  ],
  cannotTell: [
    {
      name: 'aws-auth was not read',
      coverage: coverageBut(coverage('aws-auth', 'unavailable')),
      missing: ['aws-auth'],
    },
    {
      name: 'the node groups were not read',
      coverage: coverageBut(eksCoverage({ 'node-groups': 'unavailable' })),
      missing: ['eks-api'],
    },
  ],
});
