import { adminPrincipalDeleted } from '../../shared/detections/admin-principal-deleted.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, associatedPolicy, awsAuthRow, mapping } from '../support/facts.ts';
import { iamCall } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const deletion = iamCall('DeleteRole');
const graded = { ...associatedPolicy(), level: 'cluster-admin', reason: 'It allows everything.' } as const;
const byEntry = mapping({ policies: [graded], inert: 'principal-gone', exists: false });
const byRow = mapping({
  via: 'aws-auth',
  identity: { username: 'platform-admin', groups: ['system:masters'] },
  row: awsAuthRow({ groups: ['system:masters'] }),
});

describeDetection(adminPrincipalDeleted, {
  fires: [
    {
      name: 'a role that an access entry makes admin',
      record: deletion,
      facts: { mappings: [byEntry] },
      subjects: [SUBJECT],
      says: `deleted ${ADMIN_ROLE}, which is mapped as an admin of payments by an access entry.`,
    },
    {
      name: 'a role that aws-auth puts into system:masters',
      record: deletion,
      facts: { mappings: [byRow] },
      subjects: [SUBJECT],
      says: 'by aws-auth.',
    },
    {
      name: 'a user who goes by another name now',
      record: {
        ...deletion,
        eventName: 'UpdateUser',
        principalArn: 'arn:aws:iam::111122223333:user/alice',
        request: { userName: 'alice', newUserName: 'bob' },
      },
      facts: { mappings: [{ ...byRow, principal: parsePrincipal('arn:aws:iam::111122223333:user/alice') }] },
      subjects: ['iam:arn:aws:iam::111122223333:user/alice'],
      says: 'renamed arn:aws:iam::111122223333:user/alice to arn:aws:iam::111122223333:user/bob, which',
    },
    {
      name: 'a role with both doors: one finding',
      record: deletion,
      facts: { mappings: [byEntry, byRow] },
      subjects: [SUBJECT],
      says: 'by an access entry and by aws-auth.',
    },
    {
      name: 'the hidden creator',
      record: deletion,
      facts: { mappings: [mapping({ via: 'cluster-creator', entry: null })] },
      subjects: [SUBJECT],
      says: 'as its creator.',
    },
  ],
  staysQuiet: [
    { name: 'the role is mapped and is no admin', record: deletion, facts: { mappings: [mapping()] } },
    {
      name: 'another role goes',
      record: { ...deletion, principalArn: 'arn:aws:iam::111122223333:role/other' },
      facts: { mappings: [byRow] },
    },
    {
      name: 'the deletion failed',
      record: { ...deletion, succeeded: false, errorCode: 'DeleteConflict' },
      facts: { mappings: [byRow] },
    },
    { name: 'the role is created', record: { ...deletion, eventName: 'CreateRole' }, facts: { mappings: [byRow] } },
    { name: 'no state tells who is an admin', record: deletion },
  ],
  cannotTell: [
    {
      name: 'CloudTrail was denied',
      coverage: coverageBut(coverage('cloudtrail', 'denied')),
      missing: ['cloudtrail'],
    },
  ],
});
