/** The entries of a migration into the configuration that `eksctl create accessentry -f` reads. */
import type { MigrationPlan, PlannedEntry } from '../model/migration.ts';
import { quoteText } from '../rules/code-text.ts';

export function renderMigrationEksctl({ cluster, entries }: MigrationPlan): string {
  const lines = [
    '# eksctl create accessentry -f FILE, once the mode of the cluster is API_AND_CONFIG_MAP.',
    '# The bindings of new groups, and the rows to take out, are among the commands of the same plan.',
    'apiVersion: eksctl.io/v1alpha5',
    'kind: ClusterConfig',
    'metadata:',
    `  name: ${quoteText(cluster.name)}`,
    `  region: ${quoteText(cluster.region)}`,
    'accessConfig:',
    '  authenticationMode: API_AND_CONFIG_MAP',
    ...(entries.length === 0 ? ['  accessEntries: []'] : ['  accessEntries:', ...entries.flatMap(renderEntry)]),
  ];
  return `${lines.join('\n')}\n`;
}

function renderEntry({ principalArn, type, username, groups, policies }: PlannedEntry): readonly string[] {
  return [
    `    - principalARN: ${quoteText(principalArn)}`,
    `      type: ${quoteText(type)}`,
    ...(username === null ? [] : [`      kubernetesUsername: ${quoteText(username)}`]),
    ...(groups.length === 0 ? [] : [`      kubernetesGroups: [${groups.map(quoteText).join(', ')}]`]),
    ...(policies.length === 0 ? [] : ['      accessPolicies:']),
    ...policies.flatMap(({ policyArn, scope }) => [
      `        - policyARN: ${quoteText(policyArn)}`,
      '          accessScope:',
      `            type: ${scope.type}`,
      ...(scope.type === 'cluster' ? [] : [`            namespaces: [${scope.namespaces.map(quoteText).join(', ')}]`]),
    ]),
  ];
}
