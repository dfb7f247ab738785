import { nodeEntryAssumable } from '../../shared/detections/node-entry-assumable.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { accessEntry, mapping } from '../support/facts.ts';
import { accountOf, deny, iamRole, policy, trusts } from '../support/iam.ts';

const nodes = iamRole('nodes');
const SUBJECT = `iam:${nodes.principal.arn}` as const;
const ec2 = trusts({ Service: 'ec2.amazonaws.com' });

function entryOf(type: string) {
  const { principal } = nodes;
  return mapping({ principal, entry: accessEntry({ principal, type }) });
}

function trusting(...statements: readonly object[]) {
  return [accountOf([iamRole('nodes', { trust: policy(...statements) })])];
}

describeDetection(nodeEntryAssumable, {
  fires: [
    {
      name: 'the whole account may assume the role of nodes',
      facts: {
        mappings: [entryOf('EC2_LINUX')],
        accounts: trusting(ec2, trusts({ AWS: 'arn:aws:iam::111122223333:root' })),
      },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'lets in arn:aws:iam::111122223333:root',
    },
    {
      name: 'everyone may assume the role of Fargate pods, under a condition',
      facts: {
        mappings: [entryOf('FARGATE_LINUX')],
        accounts: trusting(trusts('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } })),
      },
      subjects: [SUBJECT],
      says: 'everyone under conditions',
    },
    {
      name: 'people come in through an identity provider',
      facts: {
        mappings: [entryOf('EC2')],
        accounts: trusting({
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/idp' },
          Action: 'sts:AssumeRoleWithSAML',
        }),
      },
      subjects: [SUBJECT],
    },
    {
      name: 'the trust policy lets in all but one',
      facts: {
        mappings: [entryOf('HYBRID_LINUX')],
        accounts: trusting({
          Effect: 'Allow',
          NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/alice' },
          Action: '*',
        }),
      },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    {
      name: 'the services of the machines alone may assume the role',
      facts: {
        mappings: [entryOf('EC2_LINUX'), entryOf('FARGATE_LINUX')],
        accounts: trusting(trusts({ Service: ['ec2.amazonaws.com', 'eks-fargate-pods.amazonaws.com'] })),
      },
    },
    {
      name: 'people may assume the role of an entry for people',
      facts: { mappings: [entryOf('STANDARD')], accounts: trusting(trusts({ AWS: '111122223333' })) },
    },
    {
      name: 'the trust policy only denies, or allows to tag the session',
      facts: {
        mappings: [entryOf('EC2_LINUX')],
        accounts: trusting(ec2, deny('sts:AssumeRole'), {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:TagSession',
        }),
      },
    },
    { name: 'the role is not known', facts: { mappings: [entryOf('EC2_LINUX')] } },
  ],
  cannotTell: [{ name: 'IAM was not read', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] }],
});
