import { mappedPrincipalRecreated } from '../../shared/detections/mapped-principal-recreated.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuthRow, cluster, facts, mapping } from '../support/facts.ts';
import { iamCall } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const creation = iamCall('CreateRole');
const deletion = {
  ...creation,
  eventName: 'DeleteRole',
  at: '2026-11-20T07:00:00Z',
  evidence: ref('cloudtrail', { id: 'gone', at: '2026-11-20T07:00:00Z' }),
};
const row = mapping({ via: 'aws-auth', row: awsAuthRow() });
const adminRow = mapping({
  via: 'aws-auth',
  identity: { username: 'platform-admin', groups: ['system:masters'] },
  row: awsAuthRow({ groups: ['system:masters'] }),
});
const storedAt = (at: string) => ({
  ...facts().state,
  lastGoodAwsAuth: [{ clusterArn: cluster().arn, at, data: { mapRoles: `- rolearn: ${ADMIN_ROLE}\n` } }],
});

const rename = {
  ...creation,
  eventName: 'UpdateUser',
  principalArn: 'arn:aws:iam::111122223333:user/mallory',
  request: { userName: 'mallory', newUserName: 'ghost' },
};
const GHOST = 'arn:aws:iam::111122223333:user/ghost';
const ghostRow = mapping({
  via: 'aws-auth',
  principal: parsePrincipal(GHOST),
  identity: { username: 'ghost', groups: ['system:masters'] },
  row: awsAuthRow({ arn: GHOST, groups: ['system:masters'] }),
});
const goneGhost = { ...deletion, eventName: 'DeleteUser', principalArn: GHOST };

describeDetection(mappedPrincipalRecreated, {
  fires: [
    {
      name: 'a user takes the name of one who was deleted: critical',
      record: rename,
      facts: { mappings: [ghostRow], records: [goneGhost, rename] },
      subjects: [`iam:${GHOST}`],
      severities: ['critical'],
      says: 'renamed arn:aws:iam::111122223333:user/mallory to arn:aws:iam::111122223333:user/ghost',
    },
    {
      name: 'an admin row of aws-auth, after the earlier role was deleted: critical',
      record: creation,
      facts: { mappings: [adminRow], records: [deletion, creation] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'the new one is an admin at once',
    },
    {
      name: 'a row of aws-auth that is no admin: high',
      record: creation,
      facts: { mappings: [row], records: [deletion, creation] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'the new one gets what the earlier one had',
    },
    {
      name: 'a stored aws-auth is older than the role: critical',
      record: creation,
      facts: { mappings: [adminRow], state: storedAt('2026-11-19T00:00:00Z') },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'an access entry: medium, for it lets nobody in',
      record: creation,
      facts: { mappings: [mapping({ inert: 'principal-recreated' })] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'the access entry is bound to the earlier one and lets nobody in',
    },
    {
      name: 'the hidden creator: critical',
      record: creation,
      facts: { mappings: [mapping({ via: 'cluster-creator', entry: null })] },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
  ],
  staysQuiet: [
    { name: 'a role is created and mapped then', record: creation, facts: { mappings: [adminRow] } },
    {
      name: 'the stored aws-auth is younger than the role',
      record: creation,
      facts: { mappings: [adminRow], state: storedAt('2026-11-20T09:00:00Z') },
    },
    {
      name: 'the entry is younger than the role',
      record: { ...creation, at: '2026-08-01T00:00:00Z' },
      facts: { mappings: [mapping()] },
    },
    {
      name: 'a role of a name that nothing maps',
      record: { ...creation, principalArn: 'arn:aws:iam::111122223333:role/other' },
      facts: { mappings: [adminRow], records: [deletion] },
    },
    {
      name: 'the creation failed',
      record: { ...creation, succeeded: false, errorCode: 'EntityAlreadyExists' },
      facts: { mappings: [adminRow], records: [deletion] },
    },
    { name: 'no state tells what is mapped', record: creation },
  ],
  cannotTell: [
    {
      name: 'CloudTrail was denied',
      coverage: coverageBut(coverage('cloudtrail', 'denied')),
      missing: ['cloudtrail'],
    },
  ],
});
