/** The commands that show and mend settings of the cluster itself. */
import type { AuthenticationMode, Cluster } from '../model/eks.ts';
import { shellLine } from './shell.ts';

type Place = Pick<Cluster, 'name' | 'region'>;

/** Shown and not set: a list of networks that leaves out one's own locks one out. */
export function showEndpoint({ name, region }: Place): string {
  return shellLine(
    ...['aws', 'eks', 'describe-cluster', '--region', region, '--name', name],
    ...['--query', 'cluster.resourcesVpcConfig'],
  );
}

export function listIdentityProviders({ name, region }: Place): string {
  return shellLine('aws', 'eks', 'list-identity-provider-configs', '--region', region, '--cluster-name', name);
}

export function dissociateIdentityProvider({ name, region }: Place, provider: string): string {
  return shellLine(
    ...['aws', 'eks', 'disassociate-identity-provider-config', '--region', region, '--cluster-name', name],
    ...['--identity-provider-config', `type=oidc,name=${provider}`],
  );
}

/** The status of the cluster may still read ACTIVE when the update has only just been taken. */
export function waitForMode({ name, region }: Place, mode: AuthenticationMode): string {
  const query = ['--query', 'cluster.accessConfig.authenticationMode', '--output', 'text'];
  const show = shellLine('aws', 'eks', 'describe-cluster', '--region', region, '--name', name, ...query);
  return `for try in $(seq 60); do ${show} | grep -qx ${mode} && break; sleep 10; done`;
}

export function waitForCluster({ name, region }: Place): string {
  return shellLine('aws', 'eks', 'wait', 'cluster-active', '--region', region, '--name', name);
}
