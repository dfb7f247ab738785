/** What is done in a cluster into commands of kubectl, with a kubeconfig of their own. */
import type { Cluster } from '../model/eks.ts';
import { quoteShell, shellLine } from './shell.ts';

/** A file of its own, so that no context that somebody works with is changed. */
export const KUBECONFIG = 'keyholder.kubeconfig';

export function kubectl(...words: readonly string[]): string {
  return shellLine('kubectl', '--kubeconfig', KUBECONFIG, ...words);
}

export function useKubeconfig({ name, region }: Pick<Cluster, 'name' | 'region'>): string {
  return shellLine('aws', 'eks', 'update-kubeconfig', '--region', region, '--name', name, '--kubeconfig', KUBECONFIG);
}

/** Without version and id, which would make it impossible to apply the copy again. */
export function backUpAwsAuth(file: string): string {
  const get = kubectl('-n', 'kube-system', 'get', 'configmap', 'aws-auth', '--ignore-not-found', '-o', 'yaml');
  return `${get} | sed -E '/^  (resourceVersion|uid|creationTimestamp):/d' > ${quoteShell(file)}`;
}
