import { describe, expect, test } from 'vitest';
import type { CoverageStatus } from '../../shared/model/coverage.ts';
import { decideCalls, resolveCaller } from '../../shared/recovery/caller.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { facts } from '../support/facts.ts';
import { accountOf, allow, iamRole, policy, roleArn } from '../support/iam.ts';

const RESPONDER = roleArn('responder');
const SESSION = 'arn:aws:sts::111122223333:assumed-role/responder/alice';

function ask(arn: string, organizations: CoverageStatus = 'complete', organizationId: string | null = null) {
  const organization = { id: organizationId, accounts: [] };
  const account = accountOf([iamRole('responder', { policies: [policy(allow('eks:*'))] })]);
  const given = facts({
    accounts: [{ ...account, organization: organizationId === null ? null : organization }],
    coverage: coverageBut(coverage('organizations', organizations)),
  });
  const call = { action: 'eks:CreateAccessEntry', resource: { arn: given.cluster.arn, isCut: false } };
  return decideCalls(resolveCaller(arn, given.accounts), [call], given);
}

describe('decideCalls', () => {
  test('says yes where IAM allows it and no organisation stands above', () => {
    expect(ask(RESPONDER)).toEqual({ answer: 'yes', because: `the IAM policies of ${RESPONDER} allow it` });
    expect(ask(RESPONDER, 'disabled').answer).toBe('yes');
  });

  test('does not know where nobody read whether there is an organisation', () => {
    expect(ask(RESPONDER, 'unavailable')).toEqual({
      answer: 'unknown',
      because: `the IAM policies of ${RESPONDER} allow it; whether an organisation has a service control policy that refuses it was not read`,
    });
  });

  test('does not know what a service control policy says', () => {
    expect(ask(RESPONDER, 'partial', 'o-example').because).toContain(
      'a service control policy of organisation o-example, not read, may refuse',
    );
  });

  test('does not know what the policy of a session says', () => {
    expect(ask(SESSION).because).toContain('a policy of the session, not read, may refuse');
  });
});
