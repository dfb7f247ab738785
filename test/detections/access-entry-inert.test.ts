import { accessEntryInert } from '../../shared/detections/access-entry-inert.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, accessEntry, associatedPolicy, mapping } from '../support/facts.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const ROOT = 'arn:aws:iam::111122223333:root';
const nothing = access({ grants: [], level: 'limited' });
const inOps = mapping({ entry: accessEntry({ groups: ['ops'] }) });

describeDetection(accessEntryInert, {
  fires: [
    {
      name: 'the entry is of the account root',
      facts: { mappings: [mapping({ principal: parsePrincipal(ROOT), inert: 'root' })] },
      subjects: [`iam:${ROOT}`],
      severities: ['info'],
      says: 'EKS ignores entries for the account root',
    },
    {
      name: 'the entry has neither policy nor group',
      facts: { mappings: [mapping()], access: [nothing] },
      subjects: [SUBJECT],
      says: 'no policy and no group',
    },
    {
      name: 'nothing is bound to the group of the entry',
      facts: { mappings: [inOps], access: [nothing] },
      subjects: [SUBJECT],
      says: 'nothing is bound to ops',
    },
  ],
  staysQuiet: [
    { name: 'the group of the entry is bound', facts: { mappings: [inOps], access: [access()] } },
    {
      name: 'bindings were not read, so that the group may be bound',
      facts: { mappings: [inOps], access: [nothing], coverage: coverageBut(coverage('rbac', 'denied')) },
    },
    {
      name: 'the entry has a policy',
      facts: { mappings: [mapping({ entry: accessEntry({ policies: [associatedPolicy()] }) })], access: [nothing] },
    },
    {
      name: 'the entry is for nodes, which EKS groups by itself',
      facts: { mappings: [mapping({ entry: accessEntry({ type: 'EC2_LINUX' }) })], access: [nothing] },
    },
    {
      name: 'the principal is gone, which another detection reports',
      facts: { mappings: [mapping({ inert: 'principal-gone' })], access: [nothing] },
    },
  ],
  cannotTell: [
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
    {
      name: 'access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
