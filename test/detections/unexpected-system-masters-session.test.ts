import { unexpectedSystemMastersSession } from '../../shared/detections/unexpected-system-masters-session.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, cluster, facts } from '../support/facts.ts';
import { auditEvent, denial, login } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const masters = login({ groups: ['system:masters'] });
const WESLEY = 'arn:aws:iam::444455556666:role/AWSWesleyClusterManagerLambda-NodeManagerRole-EXAMPLE';
const config = facts().config;

function approving(principal: string, clusters: readonly string[] = []) {
  return { config: { ...config, approvedAdmins: [{ principal, clusters, reason: 'runs the platform' }] } };
}

describeDetection(unexpectedSystemMastersSession, {
  fires: [
    {
      name: 'nobody is approved',
      record: masters,
      facts: {},
      subjects: [SUBJECT],
      severities: ['high'],
      says: '(session alice) logged in as platform-admin in system:masters.',
    },
    {
      name: 'the principal is approved for another cluster',
      record: masters,
      facts: approving(ADMIN_ROLE, ['billing']),
      subjects: [SUBJECT],
    },
    {
      name: 'a role of the same name in another account is approved',
      record: masters,
      facts: approving('arn:aws:iam::444455556666:role/platform-admin'),
      subjects: [SUBJECT],
    },
    {
      name: 'a line of which no state is known',
      record: masters,
      subjects: [SUBJECT],
      says: 'Whether it is an approved admin is not known here.',
    },
    {
      name: 'the account is scrubbed from the line',
      record: { ...masters, arn: null, username: 'ops' },
      facts: {},
      subjects: ['user:ops'],
    },
    {
      name: 'a customer’s role calls itself eks:node-manager',
      record: { ...masters, username: 'eks:node-manager' },
      facts: {},
      subjects: [SUBJECT],
    },
    {
      name: 'a customer’s role has the name of one of AWS as well',
      record: {
        ...masters,
        username: 'eks:node-manager',
        arn: 'arn:aws:iam::111122223333:role/AWSWesleyClusterManagerLambda-x',
      },
      facts: {},
      subjects: ['iam:arn:aws:iam::111122223333:role/AWSWesleyClusterManagerLambda-x'],
    },
    {
      name: 'the name of the session is hostile',
      record: { ...masters, sessionName: '<b>\n$(reboot)' },
      facts: {},
      subjects: [SUBJECT],
      says: '(session <b>\n$(reboot)) logged in',
    },
  ],
  staysQuiet: [
    {
      name: 'the principal is approved, written with its path',
      record: masters,
      facts: approving('arn:aws:iam::111122223333:role/team/platform-admin', ['payments']),
    },
    {
      name: 'the principal is for emergencies, which another detection reports',
      record: masters,
      facts: { config: { ...config, breakGlass: [{ principal: ADMIN_ROLE, clusters: [] }] } },
    },
    {
      name: 'the hidden creator, which another detection reports',
      record: masters,
      facts: {
        cluster: cluster({ authenticationMode: 'CONFIG_MAP' }),
        creator: creator({ principalArn: ADMIN_ROLE }),
      },
    },
    {
      name: 'a service of EKS, from an account of AWS',
      record: { ...masters, username: 'eks:addon-manager', arn: WESLEY, account: '444455556666' },
      facts: {},
    },
    {
      name: 'a service of EKS without ARN',
      record: { ...masters, username: 'eks:addon-manager', arn: null },
      facts: {},
    },
    { name: 'a login without the group', record: login({ groups: ['ops'], username: 'kubernetes-admin' }), facts: {} },
    { name: 'a denied login', record: denial(), facts: {} },
    { name: 'a request in the audit log', record: auditEvent(), facts: {} },
  ],
  cannotTell: [
    {
      name: 'the authenticator log is off',
      coverage: coverageBut(coverage('authenticator-log', 'disabled')),
      missing: ['authenticator-log'],
    },
  ],
});
