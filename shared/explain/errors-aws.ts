/** Errors of the AWS API on the way to a cluster: of EKS, IAM and STS. */
import { DESCRIBE_CLUSTER, type KnownError, LIST_ENTRIES, SHOW_CREDENTIALS } from './known-error.ts';

const SIMULATE =
  'aws iam simulate-principal-policy --policy-source-arn ARN --action-names ACTION --resource-arns CLUSTER_ARN';

export const AWS_ERRORS: readonly KnownError[] = [
  {
    id: 'describe-cluster-denied',
    title: 'The caller may not describe the cluster',
    pattern: /(?:AccessDenied(?:Exception)?|not authorized to perform)[^\n]*(?:DescribeCluster|ListClusters)/i,
    cause:
      'aws eks update-kubeconfig asks for eks:DescribeCluster, which IAM denies: no policy allows it, or a boundary, a session policy or an SCP takes it away. It says nothing about access inside the cluster.',
    checks: [SIMULATE.replace('ACTION', 'eks:DescribeCluster')],
    mend: 'Have eks:DescribeCluster on this cluster allowed; nothing more is needed for a configuration. Whoever has it already can give it away: it holds no secret.',
    commands: [],
  },
  {
    id: 'assume-role-denied',
    title: 'The caller may not assume the role',
    pattern: /(?:AccessDenied|not authorized to perform)[^\n]*(?:sts:)?AssumeRole/i,
    cause:
      'The trust policy of the role does not name the caller, or no policy of the caller allows sts:AssumeRole on it.',
    checks: ['aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument', SHOW_CREDENTIALS],
    mend: 'Both sides must agree: the trust policy names the caller, and the caller may assume the role. Check that the configuration of kubectl names the role that is meant.',
    commands: [],
  },
  {
    id: 'role-not-trusted',
    title: 'EKS cannot assume the role that it was given',
    pattern: /does ?n[o']t exist or the trusted entity is not correct/i,
    cause:
      'The role of the cluster or of its nodes was deleted, or its trust policy does not name the service that has to assume it: eks.amazonaws.com for the cluster, ec2.amazonaws.com for nodes.',
    checks: [
      'aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument',
      'aws eks describe-cluster --region REGION --name CLUSTER --query cluster.roleArn',
    ],
    mend: 'Create the role again under the same name, or put the service back into its trust policy. A role of the same name is enough here: EKS goes by the ARN.',
    commands: ['aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json'],
  },
  {
    id: 'mode-without-entries',
    title: 'The cluster does not take access entries',
    pattern: /authentication mode must be set to one of/i,
    cause: 'The cluster is in mode CONFIG_MAP, in which aws-auth and its creator alone count.',
    checks: ['aws eks describe-cluster --region REGION --name CLUSTER --query cluster.accessConfig'],
    mend: 'Write a row into aws-auth; or let the cluster take access entries as well, which cannot be taken back.',
    commands: [
      'aws eks update-cluster-config --region REGION --name CLUSTER --access-config authenticationMode=API_AND_CONFIG_MAP',
    ],
  },
  {
    id: 'mode-cannot-go-back',
    title: 'The authentication mode cannot be changed that way',
    pattern: /unsupported authentication ?mode update/i,
    cause: 'A cluster goes from CONFIG_MAP over API_AND_CONFIG_MAP to API, and never back.',
    checks: ['aws eks describe-cluster --region REGION --name CLUSTER --query cluster.accessConfig'],
    mend: 'Stay in the mode, and write access entries for what was in aws-auth.',
    commands: [],
  },
  {
    id: 'system-group-in-entry',
    title: 'EKS takes no system group into an access entry',
    pattern: /kubernetes group name \S+ is invalid|cannot start with system:/i,
    cause: 'Groups of an access entry may not begin with system:, and system:masters least of all.',
    checks: [LIST_ENTRIES],
    mend: 'Give the entry an access policy, as narrow as will do; or a group of your own, bound by RBAC.',
    commands: [
      'aws eks associate-access-policy --region REGION --cluster-name CLUSTER --principal-arn ARN --policy-arn arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy --access-scope type=namespace,namespaces=NAMESPACE',
    ],
  },
  {
    id: 'entry-exists',
    title: 'There is an access entry for this principal already',
    pattern: /access entry resource is already in use|ResourceInUseException[^\n]*access ?entry/i,
    cause:
      'Each principal has one entry. Somebody, or EKS for the creator, made it before; infrastructure code does not know of it.',
    checks: ['aws eks describe-access-entry --region REGION --cluster-name CLUSTER --principal-arn ARN'],
    mend: 'Change the entry that is there, or import it into the infrastructure code. If it is of a principal that was deleted and created again, delete it first.',
    commands: [],
  },
  {
    id: 'tag-denied',
    title: 'The entry was refused for its tags',
    pattern: /not authorized to perform[^\n]*eks:TagResource/i,
    cause: 'Creating an access entry with tags asks for eks:TagResource as well, which is denied.',
    checks: [SIMULATE.replace('ACTION', 'eks:TagResource')],
    mend: 'Create the entry without tags, or have eks:TagResource allowed.',
    commands: [],
  },
  {
    id: 'cluster-not-found',
    title: 'There is no such cluster here',
    pattern: /no cluster found for name|ResourceNotFoundException[^\n]*cluster/i,
    cause:
      'The account or the region is another than the cluster lies in: profile, AWS_REGION or AWS_PROFILE point elsewhere.',
    checks: ['aws eks list-clusters --region REGION', SHOW_CREDENTIALS],
    mend: 'Name region and profile.',
    commands: ['aws eks update-kubeconfig --region REGION --name CLUSTER --profile PROFILE'],
  },
  {
    id: 'eks-call-denied',
    title: 'IAM denies the call to EKS',
    pattern: /(?:AccessDenied(?:Exception)?\b|not authorized to perform)[^\n]*eks:/i,
    cause:
      'No policy of the caller allows the action on this cluster, or a boundary, a session policy or an SCP takes it away.',
    checks: [SIMULATE, DESCRIBE_CLUSTER],
    mend: 'Have the action that the text names allowed on this cluster. An explicit deny, of which the text says so, has to go first.',
    commands: [],
  },
];
