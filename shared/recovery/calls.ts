/** The calls to EKS and IAM that ways need, as questions to the policies of whoever makes them. */
import type { AssociatedPolicy, Cluster } from '../model/eks.ts';
import type { Principal } from '../model/principal.ts';
import type { Call } from './caller.ts';
import { adminPolicyArn } from './commands.ts';

/** `principal`: null where nobody knows yet who it will be. */
export function callsForGrant(cluster: Cluster, principal: Principal | null, hasEntry = false): readonly Call[] {
  const policyArn = adminPolicyArn(cluster);
  const associate = callForPolicy(cluster, principal, { policyArn, scope: { type: 'cluster' } });
  return hasEntry ? [associate] : [callForEntry(cluster, principal, 'STANDARD'), associate];
}

export function callForEntry(cluster: Cluster, principal: Principal | null, type: string): Call {
  return {
    action: 'eks:CreateAccessEntry',
    resource: { arn: cluster.arn, isCut: false },
    given: {
      'eks:accessentrytype': [type],
      'eks:kubernetesgroups': [],
      'eks:username': [],
      ...(principal === null ? {} : { 'eks:principalarn': [principal.arn] }),
    },
  };
}

export function callForPolicy(
  cluster: Cluster,
  principal: Principal | null,
  { policyArn, scope }: Pick<AssociatedPolicy, 'policyArn' | 'scope'>,
): Call {
  const namespaces = scope.type === 'namespace' ? scope.namespaces : [];
  return {
    action: 'eks:AssociateAccessPolicy',
    resource: entryOf(cluster, principal),
    given: { 'eks:policyarn': [policyArn], 'eks:accessscope': [scope.type], 'eks:namespaces': namespaces },
  };
}

export function callForDeletion(cluster: Cluster, principal: Principal): Call {
  return { action: 'eks:DeleteAccessEntry', resource: entryOf(cluster, principal) };
}

export function callForSwitch(cluster: Cluster): Call {
  return {
    action: 'eks:UpdateClusterConfig',
    resource: { arn: cluster.arn, isCut: false },
    given: { 'eks:authenticationmode': ['API_AND_CONFIG_MAP'] },
  };
}

export function callsOnPrincipal(principal: Principal, actions: readonly string[]): readonly Call[] {
  return actions.map((action) => ({ action, resource: { arn: principal.arn, isCut: false } }));
}

/** The ARN of an entry ends in an id that EKS makes. */
function entryOf({ partition, region, account, name }: Cluster, principal: Principal | null): Call['resource'] {
  const start = `arn:${partition}:eks:${region}:${account}:access-entry/${name}/`;
  const owner = principal === null ? '' : `${principal.type}/${principal.account}/${principal.name}/`;
  return { arn: `${start}${owner}`, isCut: true };
}
