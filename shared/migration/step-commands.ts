/** What the steps of a migration do into commands for a shell. */
import type { Cluster } from '../model/eks.ts';
import type { PlannedBinding, PlannedEntry } from '../model/migration.ts';
import { createWholeEntry } from '../rules/entry-commands.ts';
import { kubectl } from '../rules/kube-commands.ts';
import { describeAccessEntry } from '../rules/remedies.ts';
import { shellLine } from '../rules/shell.ts';

type Place = Pick<Cluster, 'name' | 'region' | 'partition'>;

/** One-way, as the switch before it. */
export function endMode({ name, region }: Place): string {
  return shellLine(
    ...['aws', 'eks', 'update-cluster-config', '--region', region, '--name', name],
    ...['--access-config', 'authenticationMode=API'],
  );
}

/** Logins that were refused in the last hour. */
export function showDenials({ name, region }: Place): string {
  const start = shellLine('aws', 'logs', 'filter-log-events', '--region', region);
  const group = shellLine('--log-group-name', `/aws/eks/${name}/cluster`, '--log-stream-name-prefix', 'authenticator');
  return `${start} ${group} --start-time "$(($(date +%s) - 3600))000" --filter-pattern '"access denied"'`;
}

/** Makes the entry where there is none. */
export function ensureEntry(cluster: Place, entry: PlannedEntry): string {
  const found = describeAccessEntry(cluster, entry.principalArn);
  return `${found} > /dev/null 2>&1 || ${createWholeEntry(cluster, entry).join(' && ')}`;
}

export function createBindingCommand({ kind, name, namespace, role, group }: PlannedBinding): string {
  const place = namespace === null ? [] : ['-n', namespace];
  const type = kind === 'ClusterRoleBinding' ? 'clusterrolebinding' : 'rolebinding';
  const to = role.kind === 'ClusterRole' ? `--clusterrole=${role.name}` : `--role=${role.name}`;
  return kubectl(...place, 'create', type, name, to, `--group=${group}`);
}

export function deleteBindingCommand({ kind, name, namespace }: PlannedBinding): string {
  const place = namespace === null ? [] : ['-n', namespace];
  return kubectl(...place, 'delete', kind === 'ClusterRoleBinding' ? 'clusterrolebinding' : 'rolebinding', name);
}

export interface SectionChange {
  readonly section: string;
  /** null where it is not known byte for byte. */
  readonly before: string | null;
  readonly after: string;
}

/** Linux takes no word of 128 KiB for a program; printf is the shell's own. */
const LONGEST_WORD = 60_000;

/** Refused as a whole when anything has moved since it was read. */
export function patchAwsAuth(changes: readonly SectionChange[], resourceVersion: string | null): string {
  const version =
    resourceVersion === null ? [] : [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }];
  const operations = changes.flatMap(({ section, before, after }) => [
    ...(before === null ? [] : [{ op: 'test', path: `/data/${section}`, value: before }]),
    ...(before === after ? [] : [{ op: 'replace', path: `/data/${section}`, value: after }]),
  ]);
  const patch = JSON.stringify([...version, ...operations]);
  const change = ['-n', 'kube-system', 'patch', 'configmap', 'aws-auth', '--type=json'];
  if (patch.length < LONGEST_WORD) return kubectl(...change, '-p', patch);
  const file = 'keyholder-patch.json';
  return `${shellLine('printf', '%s', patch)} > ${file} && ${kubectl(...change, '--patch-file', file)}`;
}
