import { accessEntryOrphaned } from '../../shared/detections/access-entry-orphaned.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, accessEntry, accountEvidence, mapping, resolvedBinding, subject } from '../support/facts.ts';
import { held, PIPELINE, pipeline } from '../support/grants.ts';
import { cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const gone = mapping({ exists: false, inert: 'principal-gone' });
const deletion = cloudTrailEvent({
  eventName: 'DeleteRole',
  eventSource: 'iam.amazonaws.com',
  clusterName: null,
  principalArn: ADMIN_ROLE,
  actor: pipeline,
});

function trail(...cloudTrail: readonly (typeof deletion)[]) {
  return [accountEvidence({ cloudTrail })];
}

describeDetection(accessEntryOrphaned, {
  fires: [
    {
      name: 'IAM does not have the principal of an admin entry: medium',
      facts: { mappings: [{ ...gone, policies: [held('AmazonEKSClusterAdminPolicy')] }] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'creating the name again does not bring it back',
    },
    {
      name: 'IAM does not have the principal of an entry that only reads: low',
      facts: { mappings: [{ ...gone, policies: [held('AmazonEKSViewPolicy')] }] },
      subjects: [SUBJECT],
      severities: ['low'],
    },
    {
      name: 'the entry would be admin by its group: medium',
      facts: {
        mappings: [{ ...gone, entry: accessEntry({ groups: ['ops'] }), identity: { username: 'x', groups: ['ops'] } }],
        bindings: [resolvedBinding({ subjects: [subject('Group', 'ops')] })],
      },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'CloudTrail shows who deleted the role, and IAM was not read',
      facts: { mappings: [mapping({ exists: null })], accounts: trail(deletion) },
      subjects: [SUBJECT],
      says: `${PIPELINE} deleted it.`,
    },
    {
      name: 'a record deletes the role of an entry',
      record: deletion,
      facts: { mappings: [mapping({ exists: null })] },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'the principal exists', facts: { mappings: [mapping()] } },
    { name: 'IAM of its account was not read', facts: { mappings: [mapping({ exists: null })] } },
    {
      name: 'the principal is of an account that we may not read',
      facts: {
        mappings: [mapping({ principal: parsePrincipal('arn:aws:iam::444455556666:role/hub'), exists: null })],
      },
    },
    {
      name: 'the role was deleted and created again',
      facts: {
        mappings: [mapping({ exists: null })],
        accounts: trail(deletion, { ...deletion, eventName: 'CreateRole', at: '2026-11-20T09:00:00Z' }),
      },
    },
    {
      name: 'aws-auth maps a missing role, which another detection reports',
      facts: { mappings: [mapping({ via: 'aws-auth', exists: false })] },
    },
    { name: 'a record deletes a role of which no state is known', record: deletion },
    { name: 'a record deletes a role without entry', record: deletion, facts: {} },
    {
      name: 'the deletion was refused',
      record: { ...deletion, succeeded: false },
      facts: { mappings: [mapping({ exists: null })] },
    },
  ],
  cannotTell: [
    { name: 'IAM was not read', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
