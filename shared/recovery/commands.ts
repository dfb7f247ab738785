/** The steps of a recovery into commands for a shell, every word of them quoted. */
import type { Cluster } from '../model/eks.ts';
import type { Manifest } from '../model/recovery.ts';
import { KUBECONFIG, kubectl } from '../rules/kube-commands.ts';
import { accessPolicyArn } from '../rules/remedies.ts';
import { quoteShell, shellLine } from '../rules/shell.ts';

export type Place = Pick<Cluster, 'name' | 'region' | 'partition'>;

/** A word that the shell expands, beside those that it takes literally. */
export type Word = string | { readonly expand: string };

const KUBE_USER = 'keyholder';
export const AWS_AUTH_FILE = 'keyholder-aws-auth.yaml';
export const BACKUP_FILE = 'aws-auth.bak.yaml';
/** Profile of the AWS command line for a user that is made for the recovery. */
export const PROFILE = 'keyholder-recovery';

export function commandLine(...words: readonly Word[]): string {
  return words.map((word) => (typeof word === 'string' ? quoteShell(word) : word.expand)).join(' ');
}

function eks(action: string, { name, region }: Place, ...more: readonly Word[]): string {
  return commandLine('aws', 'eks', action, '--region', region, '--cluster-name', name, ...more);
}

export type Tags = Readonly<Record<string, string>>;

export function createEntry(
  cluster: Place,
  principal: Word,
  entry: {
    readonly type: string;
    readonly groups?: readonly string[];
    readonly username?: string;
    readonly tags?: Tags;
  },
): string {
  const { type, groups = [], username, tags = {} } = entry;
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return eks(
    'create-access-entry',
    cluster,
    ...['--principal-arn', principal, '--type', type],
    ...(username === undefined ? [] : ['--username', username]),
    ...(groups.length === 0 ? [] : ['--kubernetes-groups', ...groups]),
    ...(pairs.length === 0 ? [] : ['--tags', pairs.join(',')]),
  );
}

export function associateAdmin(cluster: Place, principal: Word): string {
  return eks(
    'associate-access-policy',
    cluster,
    ...['--principal-arn', principal, '--policy-arn', adminPolicyArn(cluster), '--access-scope', 'type=cluster'],
  );
}

export function dissociateAdmin(cluster: Place, principal: Word): string {
  const policy = ['--policy-arn', adminPolicyArn(cluster)];
  return eks('disassociate-access-policy', cluster, '--principal-arn', principal, ...policy);
}

export function deleteEntry(cluster: Place, principal: Word): string {
  return eks('delete-access-entry', cluster, '--principal-arn', principal);
}

export function listPolicies(cluster: Place, principal: Word): string {
  return eks('list-associated-access-policies', cluster, '--principal-arn', principal);
}

export function adminPolicyArn(cluster: Pick<Cluster, 'partition'>): string {
  return accessPolicyArn(cluster, 'AmazonEKSClusterAdminPolicy');
}

export function showCluster({ name, region }: Place, query = 'cluster'): string {
  return shellLine('aws', 'eks', 'describe-cluster', '--region', region, '--name', name, '--query', query);
}

/** `role`: null where the credentials at hand are already those of the admin. */
export function useCluster({ name, region }: Place, role: Word | null): string {
  return commandLine(
    ...['aws', 'eks', 'update-kubeconfig', '--region', region, '--name', name, '--kubeconfig', KUBECONFIG],
    ...['--user-alias', KUBE_USER, ...(role === null ? [] : ['--role-arn', role])],
  );
}

/** Tokens alone come from the profile: a user made for this may not even describe the cluster. */
export function useProfile(): string {
  return kubectl('config', 'set-credentials', KUBE_USER, '--exec-env', `AWS_PROFILE=${PROFILE}`);
}

export function forgetCluster(): string {
  return shellLine('rm', '-f', KUBECONFIG);
}

export function writeManifest({ file, text }: Manifest): string {
  return `${shellLine('printf', '%s\\n', ...text.trimEnd().split('\n'))} > ${quoteShell(file)}`;
}

export function applyFile(file: string): string {
  return kubectl('apply', '-f', file);
}

/** JSON for one word, in which `{principal}` stands for a principal that the shell may have to expand. */
export function jsonWord(value: unknown, principal: Word): Word {
  const json = JSON.stringify(value);
  if (typeof principal === 'string')
    return json.replaceAll('{principal}', () => JSON.stringify(principal).slice(1, -1));
  return { expand: json.split('{principal}').map(quoteShell).join(principal.expand) };
}
