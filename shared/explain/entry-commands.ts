/** Access entries and rows of aws-auth, as the commands that make them: never with a group of system. */
import type { Cluster } from '../model/eks.ts';
import type { Principal } from '../model/principal.ts';
import { shellLine } from '../rules/shell.ts';

type Place = Pick<Cluster, 'name' | 'region'>;

/** Without a username EKS writes the one that names the principal and its session. */
export function createEntry({ name, region }: Place, principalArn: string, groups: readonly string[]): string {
  const named = listOwnGroups(groups);
  return shellLine(
    ...['aws', 'eks', 'create-access-entry', '--region', region, '--cluster-name', name],
    ...['--principal-arn', principalArn, '--type', 'STANDARD'],
    ...(named.length === 0 ? [] : ['--kubernetes-groups', ...named]),
  );
}

/** eksctl checks that the ARN is there and writes the row as the authenticator reads it. */
export function createRow({ name, region }: Place, principal: RowPrincipal, groups: readonly string[]): string {
  const session = principal.type === 'role' ? ':{{SessionName}}' : '';
  return shellLine(
    ...['eksctl', 'create', 'iamidentitymapping', '--cluster', name, '--region', region],
    ...['--arn', principal.stsArn, '--username', `${principal.name}${session}`],
    ...listOwnGroups(groups).flatMap((group) => ['--group', group]),
  );
}

interface RowPrincipal extends Pick<Principal, 'type' | 'name'> {
  /** Without the path of a role. */
  readonly stsArn: string;
}

/** EKS refuses system groups in entries, and nobody should be given system:masters to read a Pod. */
export function listOwnGroups(groups: readonly string[]): readonly string[] {
  return groups.filter((group) => group !== '' && !group.startsWith('system:'));
}
