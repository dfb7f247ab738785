/** Errors of authentication: the API server, or its authenticator, does not take the caller for anybody. */
import { SHOW_AWS_AUTH } from '../rules/identity-checks.ts';
import {
  DESCRIBE_CLUSTER,
  EXPLAIN,
  type KnownError,
  LIST_ENTRIES,
  SHOW_CONFIG,
  UPDATE_KUBECONFIG,
} from './known-error.ts';

const NOT_MAPPED =
  'IAM knows the caller and the cluster does not: no access entry and no row of aws-auth is for it, or the one that was meant for it does not match. Most often kubectl comes with another identity than one thinks.';
const MAP_IT =
  'Compare the ARN of the first command with the entries of the cluster. If it is not there, an admin of the cluster, or whoever may create access entries, maps it; keyholder explain names the link that is broken.';

export const LOGIN_ERRORS: readonly KnownError[] = [
  {
    id: 'arn-not-mapped',
    title: 'The authenticator has no mapping for the caller',
    pattern: /(?:arn|identity) is not mapped/i,
    cause: NOT_MAPPED,
    checks: [LIST_ENTRIES, SHOW_AWS_AUTH],
    mend: MAP_IT,
    commands: [EXPLAIN],
  },
  {
    id: 'user-id-mismatch',
    title: 'The access entry is bound to an earlier principal of this name',
    pattern: /arn does not match user ?id/i,
    cause:
      'An access entry keeps the unique id of its principal. The role or user was deleted and created again since, and the new one has another id.',
    checks: [
      'aws eks describe-access-entry --region REGION --cluster-name CLUSTER --principal-arn ARN',
      'aws iam get-role --role-name ROLE --query "Role.[RoleId,CreateDate]"',
    ],
    mend: 'Delete the entry and create it again with the same groups and policies, once it is clear who created the principal again.',
    commands: [EXPLAIN],
  },
  {
    id: 'session-is-no-node',
    title: 'A mapping for nodes was used by somebody who is none',
    pattern: /sessionname did not contain an instance id|failed querying private dns/i,
    cause:
      'The mapping takes the name of the node from the session, and the session is not that of an EC2 instance: a person has assumed the role of the nodes, or it was mapped with the template for nodes.',
    checks: [LIST_ENTRIES, SHOW_AWS_AUTH],
    mend: 'Come by a role of your own, with a mapping of its own. Leave that of the nodes as it is.',
    commands: [],
  },
  {
    id: 'token-expired',
    title: 'The token was signed more than 15 minutes ago, or by a clock that is wrong',
    pattern: /x-amz-date parameter is expired|signature ?expired|signature not yet current|SignatureDoesNotMatch/i,
    cause:
      'A token for the cluster is a request to STS that holds for 15 minutes from the time it was signed. The clock of the machine is off, or a stored token is used again.',
    checks: ['date -u', 'curl -sI https://sts.amazonaws.com | grep -i ^date'],
    mend: 'Set the clock, and let kubectl fetch a token for each command by the exec section of its configuration.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'token-malformed',
    title: 'What was sent is no token of this cluster',
    pattern:
      /input token was not properly formatted|missing expected \\?"?k8s-aws-v1|token is too large|did not sign the x-k8s-aws-id header|unexpected hostname .* in pre-signed url/i,
    cause:
      'The authenticator takes a pre-signed request to STS, made for this cluster by its name. The token is of another kind, for another cluster or partition, or longer than 4,096 bytes.',
    checks: [SHOW_CONFIG, 'aws eks get-token --region REGION --cluster-name CLUSTER --query kind'],
    mend: 'Write the configuration again with the name of the cluster, not its ARN, and with current aws or aws-iam-authenticator.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'creator-deleted',
    title: 'Whoever created the cluster does not exist any more',
    pattern:
      /creator\b[^.]*\b(?:deleted|removed|gone|left|does ?n[o']t exist|no longer)|(?:deleted|removed)\b[^.]*\bcreator/i,
    cause:
      'Without further mappings the creator is the only admin. In mode CONFIG_MAP its right is hidden and goes by the ARN; with access entries it is an ordinary entry that is bound to the unique id.',
    checks: [DESCRIBE_CLUSTER, LIST_ENTRIES],
    mend: 'Look for another way in first: keyholder recover lists those that work, the least harmful one first. In the API modes anybody who may create access entries gets in.',
    commands: ['keyholder recover --cluster CLUSTER --evidence FOLDER'],
  },
  {
    id: 'console-no-access',
    title: 'The console shows the cluster, and nothing inside it',
    pattern:
      /current (?:user or role|iam principal) (?:does ?n[o']t|does not) have access to kubernetes objects|don'?t have access to kubernetes resources|eks:AccessKubernetesApi/i,
    cause:
      'The console asks the Kubernetes API as the identity that is logged in to it, which is not mapped, or is mapped without a right to read.',
    checks: [LIST_ENTRIES],
    mend: 'Compare the identity in the corner of the console with the entries: it is rarely the one of the terminal. Map it, with AmazonEKSViewPolicy for a namespace if it is to look and no more.',
    commands: [EXPLAIN],
  },
  {
    id: 'api-group-list',
    title: 'kubectl could not even ask which resources there are',
    pattern:
      /couldn'?t get (?:current server api group list|resource list)|unable to retrieve the complete list of server apis/i,
    cause:
      'The first request of kubectl failed, so that it knows no resources. The text behind the colon says why: credentials mean a login that is refused, a timeout means the network.',
    checks: [SHOW_CONFIG, DESCRIBE_CLUSTER],
    mend: 'Mend what stands behind the colon: a mapping that is missing where it speaks of credentials, the way to the endpoint where it speaks of a timeout.',
    commands: [UPDATE_KUBECONFIG, EXPLAIN],
  },
  {
    id: 'asked-for-credentials',
    title: 'The API server asks for credentials',
    pattern: /the server has asked for the client to provide credentials/i,
    cause: `The server answered 401: no token was sent, or it was refused. ${NOT_MAPPED}`,
    checks: [SHOW_CONFIG, LIST_ENTRIES],
    mend: MAP_IT,
    commands: [UPDATE_KUBECONFIG, EXPLAIN],
  },
  {
    id: 'must-be-logged-in',
    title: 'The API server did not accept the login',
    pattern: /you must be logged in to the server/i,
    cause: NOT_MAPPED,
    checks: [SHOW_CONFIG, LIST_ENTRIES],
    mend: MAP_IT,
    commands: [UPDATE_KUBECONFIG, EXPLAIN],
  },
  {
    id: 'unauthorized',
    title: 'The API server answered 401: it takes the caller for nobody',
    pattern: /\bunauthorized\b|\b401\b/i,
    cause: NOT_MAPPED,
    checks: [SHOW_CONFIG, LIST_ENTRIES],
    mend: MAP_IT,
    commands: [UPDATE_KUBECONFIG, EXPLAIN],
  },
];
