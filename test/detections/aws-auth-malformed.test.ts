import { awsAuthMalformed } from '../../shared/detections/aws-auth-malformed.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, awsAuthProblem, cluster } from '../support/facts.ts';
import { awsAuthWrite, PIPELINE } from '../support/grants.ts';
import { configMapMessage } from '../support/records.ts';

const lost = awsAuthProblem();
const badRow = awsAuthProblem({
  code: 'groups-lost',
  arn: ADMIN_ROLE,
  message: 'groups is a string.',
  effect: 'The row logs in without groups.',
  position: { line: 12, column: 7 },
});
const unknownKey = awsAuthProblem({
  code: 'unknown-key',
  message: 'mapGroups is no key of aws-auth.',
  effect: 'It is ignored.',
  losesAccess: false,
});

describeDetection(awsAuthMalformed, {
  fires: [
    {
      name: 'the YAML of a section does not parse',
      facts: { awsAuth: awsAuth({ lostSections: ['mapRoles'], problems: [lost] }) },
      subjects: ['aws-auth'],
      severities: ['high'],
      says: 'Line 8, column 3: mapRoles is not valid YAML. Every role of the section loses its access.',
    },
    {
      name: 'one row loses its groups: a finding of its own',
      facts: { awsAuth: awsAuth({ problems: [lost, badRow] }) },
      subjects: ['aws-auth', `aws-auth:${ADMIN_ROLE}`],
      severities: ['high', 'high'],
    },
    {
      name: 'nobody loses access by it: low',
      facts: { awsAuth: awsAuth({ problems: [unknownKey] }) },
      subjects: ['aws-auth'],
      severities: ['low'],
    },
    {
      name: 'many mistakes: the first three are said, the others counted',
      facts: { awsAuth: awsAuth({ problems: [lost, unknownKey, lost, unknownKey, lost] }) },
      subjects: ['aws-auth'],
      severities: ['high'],
      says: 'And 2 more.',
    },
    {
      name: 'the authenticator says that it could not parse it',
      record: configMapMessage({ message: 'Errors parsing configmap: [yaml: line 3]' }),
      subjects: ['aws-auth'],
      says: 'Errors parsing configmap',
    },
    {
      name: 'a record writes it so',
      record: awsAuthWrite(awsAuth({ problems: [lost] })),
      subjects: ['aws-auth'],
      says: `So it stood when ${PIPELINE} wrote it.`,
    },
    {
      name: 'the line of the authenticator is hostile',
      record: configMapMessage({ message: 'Errors parsing configmap: [<b>\n$(reboot)]' }),
      subjects: ['aws-auth'],
    },
  ],
  staysQuiet: [
    { name: 'nothing is wrong', facts: { awsAuth: awsAuth() } },
    { name: 'there is no aws-auth', facts: { awsAuth: null } },
    {
      name: 'the ARN is wrong, or stands twice: other detections',
      facts: {
        awsAuth: awsAuth({
          problems: [awsAuthProblem({ code: 'arn-path' }), awsAuthProblem({ code: 'duplicate-arn' })],
        }),
      },
    },
    {
      name: 'the cluster does not read aws-auth',
      facts: { awsAuth: awsAuth({ problems: [lost] }), cluster: cluster({ authenticationMode: 'API' }) },
    },
    { name: 'the authenticator loads it', record: configMapMessage({ kind: 'configmap-loaded', level: 'info' }) },
    {
      name: 'the API server refused the write',
      record: awsAuthWrite(awsAuth({ problems: [lost] }), { code: 403, decision: 'allow' }),
    },
    { name: 'a record without its body', record: awsAuthWrite(null, { verb: 'create' }) },
  ],
  cannotTell: [
    {
      name: 'neither aws-auth nor the authenticator log were read',
      coverage: coverageBut(coverage('aws-auth', 'denied'), coverage('authenticator-log', 'disabled')),
      missing: ['aws-auth', 'authenticator-log'],
    },
  ],
});
