/** Access entries into the commands that make them, whatever stands in their names. */
import type { Cluster } from '../model/eks.ts';
import type { PlannedEntry } from '../model/migration.ts';
import { accessPolicyArn, associatePolicy } from './remedies.ts';
import { shellLine } from './shell.ts';

type Place = Pick<Cluster, 'name' | 'region' | 'partition'>;

/** Of other words the command line reads options, JSON or the names of files. */
const PLAIN_WORD = /^(?![-[{"']|file:|fileb:|https?:)[^\p{Cc}]+$/u;

export function createAccessEntry({ name, region }: Pick<Place, 'name' | 'region'>, entry: PlannedEntry): string {
  const { principalArn, type, username, groups } = entry;
  const start = ['aws', 'eks', 'create-access-entry', '--region', region];
  if ([...groups, username ?? 'x'].every((word) => PLAIN_WORD.test(word))) {
    return shellLine(
      ...[...start, '--cluster-name', name, '--principal-arn', principalArn, '--type', type],
      ...(username === null ? [] : ['--username', username]),
      ...(groups.length === 0 ? [] : ['--kubernetes-groups', ...groups]),
    );
  }
  const input = { clusterName: name, principalArn, type, ...(username === null ? {} : { username }) };
  return shellLine(...start, '--cli-input-json', JSON.stringify({ ...input, kubernetesGroups: groups }));
}

/** Between the two an entry stands without its policy: it counts already, and gives nothing yet. */
export function createWholeEntry(cluster: Place, entry: PlannedEntry): readonly string[] {
  const { principalArn, policies } = entry;
  return [
    createAccessEntry(cluster, entry),
    ...policies.map(({ name, scope }) =>
      associatePolicy(cluster, principalArn, { policyArn: accessPolicyArn(cluster, name), scope }),
    ),
  ];
}
