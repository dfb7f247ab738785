import { adminSessionWithLongLivedKey } from '../../shared/detections/admin-session-with-long-lived-key.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { access } from '../support/facts.ts';
import { userArn } from '../support/iam.ts';
import { actor, auditEvent, cloudTrailEvent, login } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const ALICE = userArn('alice');
const SUBJECT = `iam:${ALICE}` as const;
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const byKey = usage({ principalArn: ALICE, username: 'alice', accessKeyId: KEY });
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const request = auditEvent({ actor: actor({ principalArn: ALICE, accessKeyId: KEY }) });

describeDetection(adminSessionWithLongLivedKey, {
  fires: [
    {
      name: 'a user in system:masters logs in with a key',
      facts: { usage: [{ ...byKey, groups: ['system:masters'] }] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'with a long-lived access key that ends in MPLE',
    },
    {
      name: 'the policy that allowed a request makes it admin',
      facts: { usage: [{ ...byKey, source: 'audit-log', policyArn: POLICY }] },
      subjects: [SUBJECT],
    },
    {
      name: 'the user is an admin by its groups, which the log does not show',
      facts: { usage: [byKey], access: [access({ principalArn: ALICE, level: 'admin-equivalent' })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a line shows the login',
      record: login({ arn: ALICE, groups: ['system:masters'], accessKeyId: KEY }),
      subjects: [SUBJECT],
    },
    {
      name: 'a request shows the key and the policy',
      record: { ...request, accessPolicy: { principalArn: ALICE, policyArn: POLICY } },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'the key runs out', facts: { usage: [usage({ groups: ['system:masters'] })] } },
    {
      name: 'the user is no admin',
      facts: { usage: [byKey], access: [access({ principalArn: ALICE, level: 'limited' })] },
    },
    { name: 'the key is not printed', facts: { usage: [{ ...byKey, groups: ['system:masters'], accessKeyId: null }] } },
    { name: 'a request of a user of whom no state is known', record: request },
    { name: 'a record of CloudTrail', record: cloudTrailEvent() },
  ],
  cannotTell: [
    {
      name: 'neither log was read',
      coverage: coverageBut(coverage('authenticator-log', 'disabled'), coverage('audit-log', 'disabled')),
      missing: ['authenticator-log', 'audit-log'],
    },
    {
      name: 'one log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});
