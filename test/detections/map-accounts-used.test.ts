import { mapAccountsUsed } from '../../shared/detections/map-accounts-used.ts';
import type { AwsAuth } from '../../shared/model/aws-auth.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { awsAuth, cluster } from '../support/facts.ts';
import { awsAuthWrite, PIPELINE } from '../support/grants.ts';

function accounts(...ids: readonly string[]): AwsAuth {
  return awsAuth({
    accounts: ids.map((account) => ({ account, position: { line: 20, column: 5 }, evidence: ref('aws-auth') })),
  });
}

describeDetection(mapAccountsUsed, {
  fires: [
    {
      name: 'an account logs in as a whole, the own and another',
      facts: { awsAuth: accounts('111122223333', '444455556666') },
      subjects: ['account:111122223333', 'account:444455556666'],
      severities: ['high', 'high'],
      says: 'every IAM principal of account 111122223333 log in',
    },
    {
      name: 'a record adds an account',
      records: [awsAuthWrite(accounts('111122223333')), awsAuthWrite(accounts('111122223333', '444455556666'))],
      facts: {},
      subjects: ['account:111122223333', 'account:444455556666'],
      says: 'what it was before is not known here',
    },
    {
      name: 'a record adds an account, of which no state is known',
      records: [awsAuthWrite(awsAuth()), awsAuthWrite(accounts('444455556666'))],
      subjects: ['account:444455556666'],
      says: `${PIPELINE} wrote it so.`,
    },
  ],
  staysQuiet: [
    { name: 'no account is mapped', facts: { awsAuth: awsAuth() } },
    { name: 'there is no aws-auth', facts: { awsAuth: null } },
    {
      name: 'the cluster does not read aws-auth',
      facts: { awsAuth: accounts('444455556666'), cluster: cluster({ authenticationMode: 'API' }) },
    },
    {
      name: 'a record takes the account out',
      records: [awsAuthWrite(null, { verb: 'delete' }), awsAuthWrite(awsAuth(), { verb: 'patch' })],
    },
  ],
  cannotTell: [
    {
      name: 'neither aws-auth nor the audit log were read',
      coverage: coverageBut(coverage('aws-auth', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['aws-auth', 'audit-log'],
    },
  ],
});
