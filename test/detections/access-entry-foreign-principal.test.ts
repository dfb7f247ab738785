import { accessEntryForeignPrincipal } from '../../shared/detections/access-entry-foreign-principal.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { accountEvidence, mapping } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';
import { cloudTrailEvent } from '../support/records.ts';

const HUB = 'arn:aws:iam::444455556666:role/hub-admin';
const foreign = mapping({ principal: parsePrincipal(HUB), exists: null });
const write = cloudTrailEvent({ principalArn: HUB });

function organizationOf(...accounts: readonly string[]) {
  const members = accounts.map((account) => ({ account, name: null, status: 'ACTIVE' }));
  return [accountEvidence({ organization: { id: 'o-example', accounts: members } })];
}

describeDetection(accessEntryForeignPrincipal, {
  fires: [
    {
      name: 'the account is outside the organisation: high',
      facts: { mappings: [foreign], accounts: organizationOf('111122223333') },
      subjects: [`iam:${HUB}`],
      severities: ['high'],
      says: 'outside the organisation',
    },
    {
      name: 'the account is of the same organisation: medium',
      facts: { mappings: [foreign], accounts: organizationOf('111122223333', '444455556666') },
      subjects: [`iam:${HUB}`],
      severities: ['medium'],
    },
    {
      name: 'the organisation was not read: medium, and says so',
      facts: { mappings: [foreign] },
      subjects: [`iam:${HUB}`],
      severities: ['medium'],
      says: 'may or may not be in the organisation',
    },
    {
      name: 'a record makes the entry, of which no state is known',
      record: write,
      subjects: [`iam:${HUB}`],
      severities: ['medium'],
    },
    {
      name: 'a record makes the entry for an outsider',
      record: write,
      facts: { accounts: organizationOf('111122223333') },
      subjects: [`iam:${HUB}`],
      severities: ['high'],
    },
  ],
  staysQuiet: [
    { name: 'the principal is of the cluster’s own account', facts: { mappings: [mapping()] } },
    { name: 'aws-auth maps it, not an entry', facts: { mappings: [{ ...foreign, via: 'aws-auth', entry: null }] } },
    { name: 'the mode does not read entries', facts: { mappings: [{ ...foreign, inert: 'mode' }] } },
    { name: 'the call was refused', record: { ...write, succeeded: false } },
    { name: 'a fragment names no account to compare with', record: { ...write, account: null } },
    { name: 'a fragment names no principal', record: { ...write, principalArn: null } },
    { name: 'a record makes an entry of the own account', record: { ...write, principalArn: PIPELINE } },
  ],
  cannotTell: [
    {
      name: 'neither access entries nor CloudTrail were read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), coverage('cloudtrail', 'denied')),
      missing: ['eks-api', 'cloudtrail'],
    },
  ],
});
