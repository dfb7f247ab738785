/** The commands that show who one is, and how a principal stands: they only read. */
import type { Cluster } from '../model/eks.ts';
import type { Principal } from '../model/principal.ts';
import { shellLine } from './shell.ts';

type Place = Pick<Cluster, 'name' | 'region'>;

/** Half of those who are denied come with another identity than they think. */
export const WHO_AM_I = 'aws sts get-caller-identity';

export const SHOW_AWS_AUTH = 'kubectl -n kube-system get configmap aws-auth -o yaml';

export const SHOW_RBAC = 'kubectl get clusterroles,clusterrolebindings,roles,rolebindings -A -o wide';

/** null for what IAM keeps no user or role of. */
export function showPrincipal({ type, name }: Principal): string | null {
  if (type === 'role') {
    const query = ['--query', 'Role.[Arn,RoleId,CreateDate]', '--output', 'text'];
    return shellLine('aws', 'iam', 'get-role', '--role-name', name, ...query);
  }
  if (type !== 'user') return null;
  const query = ['--query', 'User.[Arn,UserId,CreateDate]', '--output', 'text'];
  return shellLine('aws', 'iam', 'get-user', '--user-name', name, ...query);
}

export function showAuthenticationMode({ name, region }: Place): string {
  const query = ['--query', 'cluster.[version,accessConfig.authenticationMode]', '--output', 'text'];
  return shellLine('aws', 'eks', 'describe-cluster', '--region', region, '--name', name, ...query);
}

export function listEntryPolicies({ name, region }: Place, principalArn: string): string {
  return shellLine(
    ...['aws', 'eks', 'list-associated-access-policies', '--region', region, '--cluster-name', name],
    ...['--principal-arn', principalArn],
  );
}

export function findCreation({ name, region }: Place): string {
  return shellLine(
    ...['aws', 'cloudtrail', 'lookup-events', '--region', region],
    ...['--lookup-attributes', `AttributeKey=ResourceName,AttributeValue=${name}`],
    ...['--query', "Events[?EventName=='CreateCluster'].[EventTime,Username]", '--output', 'text'],
  );
}
