/** Errors of kubectl's configuration and of the credentials on the machine: the cluster was not asked yet. */
import { type KnownError, SHOW_CONFIG, SHOW_CREDENTIALS, UPDATE_KUBECONFIG } from './known-error.ts';

export const CLIENT_ERRORS: readonly KnownError[] = [
  {
    id: 'exec-api-version',
    title: 'kubectl and the credential plugin speak different versions',
    pattern: /exec plugin[^\n]*api ?version|client\.authentication\.k8s\.io\/v1alpha1/i,
    cause:
      'kubectl 1.24 and later no longer take client.authentication.k8s.io/v1alpha1, which old versions of aws wrote.',
    checks: ['kubectl version --client', 'aws --version', SHOW_CONFIG],
    mend: 'Update aws (2.x) or aws-iam-authenticator (0.5.4 or later), and write the configuration again: it then says v1beta1.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'exec-plugin-missing',
    title: 'The program that fetches the token is not there',
    pattern: /exec: executable \S+ not found|exec: "[^"]+": executable file not found|no auth provider found/i,
    cause:
      'The configuration names aws or aws-iam-authenticator, and it is not installed or not on the PATH of this shell.',
    checks: ['command -v aws aws-iam-authenticator', SHOW_CONFIG],
    mend: 'Install it, or write the configuration again with the one that is there.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'sso-expired',
    title: 'The login of Identity Center has run out',
    pattern:
      /sso session[^\n]*(?:expired|invalid)|error (?:when )?(?:retrieving|loading) (?:sso )?token|token (?:for \S+ )?(?:has expired and refresh failed|does not exist)|UnauthorizedSSOTokenError/i,
    cause: 'The session of aws sso login has ended, so that aws has nothing to sign a token with.',
    checks: [SHOW_CREDENTIALS],
    mend: 'Log in again, with the profile that the configuration of kubectl names.',
    commands: ['aws sso login --profile PROFILE'],
  },
  {
    id: 'credentials-expired',
    title: 'The credentials have run out',
    pattern: /ExpiredToken(?:Exception)?|security token included in the request is expired|RequestExpired/i,
    cause:
      'Temporary credentials were used past their end: in variables of the shell, or in a file that nobody renews.',
    checks: [SHOW_CREDENTIALS, 'env | cut -d= -f1 | grep ^AWS_'],
    mend: 'Fetch new ones. Variables of the shell come before profiles: unset them if a profile was meant.',
    commands: ['unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'],
  },
  {
    id: 'credentials-invalid',
    title: 'AWS does not know these credentials',
    pattern:
      /InvalidClientTokenId|UnrecognizedClientException|security token included in the request is invalid|InvalidAccessKeyId/i,
    cause: 'The access key was deleted or deactivated, belongs to another partition, or the region is not turned on.',
    checks: [SHOW_CREDENTIALS, 'env | cut -d= -f1 | grep ^AWS_'],
    mend: 'Use a profile whose key is active. Temporary keys need their session token as well.',
    commands: [],
  },
  {
    id: 'no-credentials',
    title: 'There are no credentials',
    pattern: /unable to locate credentials|NoCredentialProviders|could not load credentials|no credentials/i,
    cause:
      'aws found neither a profile nor variables nor a role of the machine. Under sudo or in a job it looks elsewhere.',
    checks: [SHOW_CREDENTIALS],
    mend: 'Name the profile when the configuration is written: it is then kept in it.',
    commands: [`${UPDATE_KUBECONFIG} --profile PROFILE`],
  },
  {
    id: 'profile-not-found',
    title: 'The profile that is named does not exist',
    pattern: /(?:config )?profile \(?\S+\)? could not be found|failed to get shared config profile/i,
    cause: 'The configuration of kubectl, or AWS_PROFILE, names a profile that this machine does not have.',
    checks: ['aws configure list-profiles', SHOW_CONFIG],
    mend: 'Write the configuration again with a profile of this machine.',
    commands: [`${UPDATE_KUBECONFIG} --profile PROFILE`],
  },
  {
    id: 'exec-plugin-failed',
    title: 'The program that fetches the token failed',
    pattern: /exec: executable \S+ failed with exit code|getting credentials: exec/i,
    cause:
      'aws, or aws-iam-authenticator, could not sign a token. What it printed above this line says why; mostly its credentials have run out.',
    checks: [SHOW_CREDENTIALS, 'aws eks get-token --region REGION --cluster-name CLUSTER --query kind'],
    mend: 'Run the program by itself as the second check does, and mend what it says.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'kubeconfig-readable',
    title: 'The configuration of kubectl can be read by others',
    pattern: /kubernetes configuration file is (?:group|world)-readable/i,
    cause:
      'A warning of helm and others: the file may hold tokens, and its mode lets the group or everybody read it. It denies nothing.',
    checks: ['ls -l ~/.kube/config'],
    mend: 'Take the rights away from the others.',
    commands: ['chmod go-rwx ~/.kube/config'],
  },
  {
    id: 'no-context',
    title: 'The context that is asked for is not in the configuration',
    pattern:
      /context "?[^"\n]*"? does not exist|current-context is not set|no configuration has been provided|context was not found for specified context/i,
    cause:
      'The configuration that kubectl reads has no such context: it is that of another user or file, or was never written.',
    checks: ['kubectl config get-contexts', 'echo "$KUBECONFIG"'],
    mend: 'Write the configuration for the cluster.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'no-resource-type',
    title: 'The server does not have the resource',
    pattern: /the server doesn'?t have a resource type/i,
    cause:
      'The name is misspelt, or its definition is not installed. After a login that was refused kubectl says the same, for it could read no list of resources.',
    checks: ['kubectl auth whoami', 'kubectl api-resources'],
    mend: 'If the second check fails as well, the login is what is wrong. Else correct the name, or install the definition.',
    commands: [],
  },
];
