import { describe, expect, test } from 'vitest';
import { adminRoleTrustChanged } from '../../shared/detections/admin-role-trust-changed.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut, eksCoverage, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, facts, mapping } from '../support/facts.ts';
import { accountOf, iamRole, policy, trusts } from '../support/iam.ts';
import { iamCall } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const ALICE = trusts({ AWS: 'arn:aws:iam::111122223333:user/alice' });
const MALLORY = trusts({ AWS: 'arn:aws:iam::444455556666:root' });
const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const admin = mapping({ identity: { username: 'platform-admin', groups: ['system:masters'] } });

/** A call that makes the role trust these. */
function call(statements: readonly unknown[], more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  const at = more.at ?? '2026-11-20T08:00:00Z';
  return iamCall('UpdateAssumeRolePolicy', {
    request: {
      roleName: 'platform-admin',
      policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    },
    at,
    evidence: ref('cloudtrail', { at, id: `trust-${at}` }),
    ...more,
  });
}

const EARLIER = call([ALICE], { at: '2026-11-19T08:00:00Z' });

describeDetection(adminRoleTrustChanged, {
  fires: [
    {
      name: 'it lets in another account beside: critical',
      record: call([ALICE, MALLORY]),
      facts: { mappings: [admin], records: [EARLIER] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'it lets in arn:aws:iam::444455556666:root, who could not assume it before',
    },
    {
      name: 'it takes a condition away: critical',
      record: call([ALICE]),
      facts: {
        mappings: [admin],
        records: [call([trusts({ AWS: 'arn:aws:iam::111122223333:user/alice' }, MFA)], { at: '2026-11-19T08:00:00Z' })],
      },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'it lets somebody out: high',
      record: call([ALICE]),
      facts: { mappings: [admin], records: [call([ALICE, MALLORY], { at: '2026-11-19T08:00:00Z' })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'it names nobody new (conditions and denials are not weighed)',
    },
    {
      name: 'a snapshot tells what stood before',
      record: call([MALLORY]),
      facts: {
        mappings: [admin],
        accounts: [accountOf([iamRole('platform-admin', { trust: policy(MALLORY), trustBefore: policy(ALICE) })])],
      },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'who could not assume it before',
    },
    {
      name: 'nothing tells what stood before, and it names an account: critical',
      record: call([MALLORY]),
      facts: { mappings: [admin] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'it lets in arn:aws:iam::444455556666:root now, and whom it let in before is not known',
    },
    {
      name: 'nothing tells what stood before, and it names a service alone: high',
      record: call([trusts({ Service: 'codebuild.amazonaws.com' })]),
      facts: { mappings: [admin] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the policy cannot be read: critical, for nobody knows whom it lets in',
      record: call([], { request: { roleName: 'platform-admin', policyDocument: '{' } }),
      facts: { mappings: [admin], records: [EARLIER] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'whom it lets in now cannot be read from the record',
    },
    {
      name: 'the policy before cannot be read: it says so',
      record: call([MALLORY]),
      facts: { mappings: [admin], records: [call([], { at: '2026-11-19T08:00:00Z', request: {} })] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'whom it let in before is not known',
    },
  ],
  staysQuiet: [
    {
      name: 'infrastructure as code writes what stood already, in another order',
      record: call([MALLORY, ALICE]),
      facts: { mappings: [admin], records: [call([ALICE, MALLORY], { at: '2026-11-19T08:00:00Z' })] },
    },
    { name: 'the role is mapped and is no admin', record: call([MALLORY]), facts: { mappings: [mapping()] } },
    {
      name: 'another role of the account',
      record: call([MALLORY], { principalArn: 'arn:aws:iam::111122223333:role/other' }),
      facts: { mappings: [admin] },
    },
    {
      name: 'a role of the same name in another account',
      record: call([MALLORY], { principalArn: 'arn:aws:iam::444455556666:role/platform-admin' }),
      facts: { mappings: [admin] },
    },
    {
      name: 'the call was denied',
      record: call([MALLORY], { succeeded: false, errorCode: 'AccessDenied' }),
      facts: { mappings: [admin] },
    },
    { name: 'no state tells who is an admin', record: call([MALLORY]) },
  ],
  cannotTell: [
    {
      name: 'CloudTrail was denied',
      coverage: coverageBut(coverage('cloudtrail', 'denied')),
      missing: ['cloudtrail'],
    },
    {
      name: 'the access entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});

describe('the commands of a changed trust policy', () => {
  const stood = { mappings: [admin], records: [EARLIER] };
  const commandsOf = (more: Parameters<typeof facts>[0]) =>
    [...(adminRoleTrustChanged.observe?.(call([MALLORY]), facts(more)) ?? [])].flatMap(({ commands = [] }) => commands);

  test('put back what stood before', () => {
    expect(commandsOf(stood)).toEqual([
      'aws iam get-role --role-name platform-admin --query Role.AssumeRolePolicyDocument',
      expect.stringMatching(
        /^aws iam update-assume-role-policy --role-name platform-admin --policy-document '.*:user\/alice.*'$/,
      ),
    ]);
  });

  test.each([
    ['nothing tells what stood before', { mappings: [admin] }],
    ['something of IAM was not understood', { ...stood, coverage: [{ ...coverage('iam'), skipped: 1 }] }],
  ])('put nothing back where %s', (_name, more) => {
    expect(commandsOf(more)).toHaveLength(1);
  });
});
