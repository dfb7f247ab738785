/** The commands that undo a grant: one function a remedy, so that a command is written once. */
import type { AccessEntry, AssociatedPolicy, Cluster } from '../model/eks.ts';
import type { Binding, Subject } from '../model/rbac.ts';
import { shellLine } from './shell.ts';

type Place = Pick<Cluster, 'name' | 'region' | 'partition'>;

/** `arn:aws:eks::aws:cluster-access-policy/NAME` in the cluster's partition. */
export function accessPolicyArn(cluster: Pick<Cluster, 'partition'>, name: string): string {
  return `arn:${cluster.partition}:eks::aws:cluster-access-policy/${name}`;
}

export function dissociatePolicy(cluster: Place, principalArn: string, policyArn: string): string {
  return shellLine(
    ...['aws', 'eks', 'disassociate-access-policy', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principalArn, '--policy-arn', policyArn],
  );
}

/** Deleting an entry takes its policies along. */
export function deleteAccessEntry(cluster: Place, principalArn: string): string {
  return shellLine(
    ...['aws', 'eks', 'delete-access-entry', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principalArn],
  );
}

export function describeAccessEntry(cluster: Place, principalArn: string): string {
  return shellLine(
    ...['aws', 'eks', 'describe-access-entry', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principalArn],
  );
}

/** What it manages stays, and nobody manages it then. */
export function deleteCapability(cluster: Place, capability: string): string {
  return shellLine(
    ...['aws', 'eks', 'delete-capability', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--capability-name', capability],
  );
}

/** The whole list of groups: what is left out is taken away. */
export function setEntryGroups(cluster: Place, principalArn: string, groups: readonly string[]): string {
  return shellLine(
    ...['aws', 'eks', 'update-access-entry', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principalArn, '--kubernetes-groups', ...(groups.length === 0 ? ['[]'] : groups)],
  );
}

export function setEntryUsername(cluster: Place, principalArn: string, username: string): string {
  return shellLine(
    ...['aws', 'eks', 'update-access-entry', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principalArn, '--username', username],
  );
}

/** For an entry that is bound to an earlier principal of the name: only a new entry is bound to the new one. */
export function recreateAccessEntry(cluster: Place, entry: AccessEntry): readonly string[] {
  const { principal, type, username, groups, policies } = entry;
  const create = shellLine(
    ...['aws', 'eks', 'create-access-entry', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principal.arn, '--type', type, '--username', username],
    ...(groups.length === 0 ? [] : ['--kubernetes-groups', ...groups]),
  );
  const associate = policies.map((policy) => associatePolicy(cluster, principal.arn, policy));
  return [deleteAccessEntry(cluster, principal.arn), create, ...associate];
}

export function associatePolicy(
  cluster: Place,
  principalArn: string,
  { policyArn, scope }: Pick<AssociatedPolicy, 'policyArn' | 'scope'>,
): string {
  return shellLine(
    ...['aws', 'eks', 'associate-access-policy', '--region', cluster.region, '--cluster-name', cluster.name],
    ...['--principal-arn', principalArn, '--policy-arn', policyArn],
    ...['--access-scope', scope.type === 'cluster' ? 'type=cluster' : JSON.stringify(scope)],
  );
}

/** A copy first: aws-auth has no history of its own. */
export const BACK_UP_AWS_AUTH = 'kubectl -n kube-system get configmap aws-auth -o yaml > aws-auth.bak.yaml';

export const SHOW_AWS_AUTH = 'kubectl -n kube-system get configmap aws-auth -o yaml';

export const DELETE_AWS_AUTH = 'kubectl -n kube-system delete configmap aws-auth';

/** From a copy that was kept; refused by the API server while the object is there. As JSON, line ends are plain text. */
export function restoreAwsAuth(data: Readonly<Record<string, string>>): string {
  const metadata = { name: 'aws-auth', namespace: 'kube-system' };
  const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
  return `${shellLine('printf', '%s', manifest)} | kubectl create -f -`;
}

export const EDIT_AWS_AUTH = 'kubectl -n kube-system edit configmap aws-auth';

export function deleteIdentityMapping(cluster: Place, arn: string): readonly string[] {
  const remove = shellLine(
    ...['eksctl', 'delete', 'iamidentitymapping', '--cluster', cluster.name, '--region', cluster.region],
    ...['--arn', arn, '--all'],
  );
  return [BACK_UP_AWS_AUTH, remove];
}

export function deleteBinding(binding: Pick<Binding, 'kind' | 'name' | 'namespace'>): string {
  return binding.namespace === null
    ? shellLine('kubectl', 'delete', 'clusterrolebinding', binding.name)
    : shellLine('kubectl', '-n', binding.namespace, 'delete', 'rolebinding', binding.name);
}

export function showBinding(binding: Pick<Binding, 'kind' | 'name' | 'namespace'>): string {
  return binding.namespace === null
    ? shellLine('kubectl', 'get', 'clusterrolebinding', binding.name, '-o', 'yaml')
    : shellLine('kubectl', '-n', binding.namespace, 'get', 'rolebinding', binding.name, '-o', 'yaml');
}

/** Takes one subject out and refuses when the list has moved since it was read. */
export function removeSubject(binding: Binding, subject: Subject): string {
  const index = binding.subjects.findIndex(
    (s) => s.kind === subject.kind && s.name === subject.name && s.namespace === subject.namespace,
  );
  if (index === -1 || binding.subjects.length === 1) return deleteBinding(binding);
  const patch = JSON.stringify([
    { op: 'test', path: `/subjects/${index}/name`, value: subject.name },
    { op: 'remove', path: `/subjects/${index}` },
  ]);
  const where = binding.namespace === null ? [] : ['-n', binding.namespace];
  const kind = binding.namespace === null ? 'clusterrolebinding' : 'rolebinding';
  return shellLine('kubectl', ...where, 'patch', kind, binding.name, '--type=json', '-p', patch);
}

export function turnOnAccessLogs(cluster: Place): string {
  const logging = JSON.stringify({ clusterLogging: [{ types: ['audit', 'authenticator'], enabled: true }] });
  return shellLine(
    ...['aws', 'eks', 'update-cluster-config', '--region', cluster.region, '--name', cluster.name],
    ...['--logging', logging],
  );
}

export function showTrust(roleName: string): string {
  return shellLine('aws', 'iam', 'get-role', '--role-name', roleName, '--query', 'Role.AssumeRolePolicyDocument');
}

/** The whole policy: what is left out of it is taken away. */
export function setTrust(roleName: string, policy: string): string {
  return shellLine('aws', 'iam', 'update-assume-role-policy', '--role-name', roleName, '--policy-document', policy);
}

/** One-way: no mode leads back. */
export function enableAccessEntries(cluster: Place): string {
  return shellLine(
    ...['aws', 'eks', 'update-cluster-config', '--region', cluster.region, '--name', cluster.name],
    ...['--access-config', 'authenticationMode=API_AND_CONFIG_MAP'],
  );
}
