import { awsAuthOrphanedMapping } from '../../shared/detections/aws-auth-orphaned-mapping.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuthRow, mapping, resolvedBinding, subject } from '../support/facts.ts';

const SUBJECT = `aws-auth:${ADMIN_ROLE}` as const;

function gone(...groups: readonly string[]) {
  return mapping({ via: 'aws-auth', exists: false, identity: { username: 'ops', groups } });
}

describeDetection(awsAuthOrphanedMapping, {
  fires: [
    {
      name: 'a missing role is in system:masters: high',
      facts: { mappings: [gone('system:masters')] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'whoever creates the name logs in as ops',
    },
    {
      name: 'a missing role is in a group that is bound to cluster-admin: high',
      facts: { mappings: [gone('ops')], bindings: [resolvedBinding({ subjects: [subject('Group', 'ops')] })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the username of a missing role is bound to cluster-admin: high',
      facts: { mappings: [gone()], bindings: [resolvedBinding({ subjects: [subject('User', 'ops')] })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'a missing role is in a group that is bound to nothing: medium',
      facts: { mappings: [gone('viewers')] },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'the ARN of the row is hostile',
      facts: {
        mappings: [{ ...gone('viewers'), row: awsAuthRow({ arn: '<b>\n$(reboot)' }) }],
      },
      subjects: ['aws-auth:<b>\n$(reboot)'],
    },
  ],
  staysQuiet: [
    { name: 'the role exists', facts: { mappings: [mapping({ via: 'aws-auth' })] } },
    {
      name: 'IAM of its account was not read, or is another’s',
      facts: { mappings: [{ ...gone('system:masters'), exists: null }] },
    },
    { name: 'the row never matches', facts: { mappings: [{ ...gone('system:masters'), inert: 'arn-never-matches' }] } },
    {
      name: 'an entry of a missing role, which another detection reports',
      facts: { mappings: [mapping({ exists: false })] },
    },
  ],
  cannotTell: [
    { name: 'IAM was not read', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'IAM was read in part',
      coverage: coverageBut(coverage('iam', 'partial')),
      status: 'partly-evaluated',
      missing: ['iam'],
    },
  ],
});
