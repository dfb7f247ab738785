import { awsAuthBlocksMigration } from '../../shared/detections/aws-auth-blocks-migration.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, awsAuthRow, cluster, mapping } from '../support/facts.ts';

const SLR = 'arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonEKSNodegroup';
const some = { awsAuth: awsAuth() };

function mapped(groups: readonly string[], username = 'ops', arn = ADMIN_ROLE) {
  return mapping({
    via: 'aws-auth',
    principal: parsePrincipal(arn),
    row: awsAuthRow({ arn, groups, username }),
    identity: { username, groups },
  });
}

describeDetection(awsAuthBlocksMigration, {
  fires: [
    {
      name: 'a whole account is mapped',
      facts: {
        awsAuth: awsAuth({
          accounts: [{ account: '444455556666', position: { line: 9, column: 5 }, evidence: ref('aws-auth') }],
        }),
      },
      subjects: ['account:444455556666'],
      severities: ['info'],
    },
    {
      name: 'a group of Kubernetes that no entry may name',
      facts: { ...some, mappings: [mapped(['system:kube-controller-manager'])] },
      subjects: [`aws-auth:${ADMIN_ROLE}`],
      says: 'it is in system:kube-controller-manager',
    },
    {
      name: 'a group of nodes under the name of a person',
      facts: { ...some, mappings: [mapped(['system:node-proxier'])] },
      subjects: [`aws-auth:${ADMIN_ROLE}`],
    },
    {
      name: 'a service-linked role',
      facts: { ...some, mappings: [mapped([], 'eks', SLR)] },
      subjects: [`aws-auth:${SLR}`],
      says: 'service-linked',
    },
    {
      name: 'the principal does not exist',
      facts: { ...some, mappings: [{ ...mapped(['viewers']), exists: false }] },
      subjects: [`aws-auth:${ADMIN_ROLE}`],
    },
  ],
  staysQuiet: [
    {
      name: 'rows that convert: admins, viewers, nodes',
      facts: {
        ...some,
        mappings: [
          mapped(['system:masters']),
          mapped(['viewers']),
          mapped(['system:bootstrappers', 'system:nodes'], 'system:node:{{EC2PrivateDNSName}}'),
          mapped(['system:bootstrappers', 'system:nodes', 'system:node-proxier'], 'system:node:{{SessionName}}'),
        ],
      },
    },
    {
      name: 'whether the principal exists is not known',
      facts: { ...some, mappings: [{ ...mapped([]), exists: null }] },
    },
    {
      name: 'the move is done',
      facts: { ...some, cluster: cluster({ authenticationMode: 'API' }), mappings: [mapped(['system:odd'])] },
    },
    { name: 'there is no aws-auth', facts: { awsAuth: null } },
  ],
  cannotTell: [
    { name: 'aws-auth was not read', coverage: coverageBut(coverage('aws-auth', 'denied')), missing: ['aws-auth'] },
    { name: 'IAM was not read', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
  ],
});
