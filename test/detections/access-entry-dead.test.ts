import { accessEntryDead } from '../../shared/detections/access-entry-dead.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, facts, mapping } from '../support/facts.ts';
import { held } from '../support/grants.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const dead = mapping({ inert: 'principal-recreated' });

describeDetection(accessEntryDead, {
  fires: [
    {
      name: 'the role of an admin entry was created again: high',
      facts: { mappings: [{ ...dead, policies: [held('AmazonEKSClusterAdminPolicy')] }] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'The access entry of 2026-08-23T10:00:00Z is bound to an earlier principal',
    },
    {
      name: 'a break-glass role was created again: high, whatever it holds',
      facts: {
        mappings: [dead],
        config: { ...facts().config, breakGlass: [{ principal: ADMIN_ROLE, clusters: [] }] },
      },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the role of an entry that only reads was created again: medium',
      facts: { mappings: [{ ...dead, policies: [held('AmazonEKSViewPolicy')] }] },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
  ],
  staysQuiet: [
    { name: 'the principal is the one of the entry', facts: { mappings: [mapping()] } },
    {
      name: 'the principal is gone, which another detection reports',
      facts: { mappings: [mapping({ inert: 'principal-gone' })] },
    },
    {
      name: 'aws-auth matches the name, and works for the new principal',
      facts: { mappings: [mapping({ via: 'aws-auth' })] },
    },
  ],
  cannotTell: [
    { name: 'IAM was not read', coverage: coverageBut(coverage('iam', 'unavailable')), missing: ['iam'] },
    {
      name: 'IAM was read in part',
      coverage: coverageBut(coverage('iam', 'partial')),
      status: 'partly-evaluated',
      missing: ['iam'],
    },
  ],
});
