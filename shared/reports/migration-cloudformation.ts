/** The entries of a migration into a template of CloudFormation. */
import type { MigrationPlan, PlannedEntry } from '../model/migration.ts';
import { quoteText } from '../rules/code-text.ts';
import { nameEntries } from './migration-names.ts';

export function renderMigrationCloudformation({ cluster, entries }: MigrationPlan): string {
  const carried = entries.filter((entry) => !isResolved(JSON.stringify(entry)));
  const left = entries.length - carried.length;
  const lines = [
    "AWSTemplateFormatVersion: '2010-09-09'",
    'Description: Access entries in the place of aws-auth. The mode of the cluster must be API_AND_CONFIG_MAP before.',
    ...(left === 0
      ? []
      : [`# Left out: ${left}, with text that CloudFormation would look up. Make them by the commands.`]),
    ...(carried.length === 0 ? ['Resources: {}'] : ['Resources:']),
    ...nameEntries(carried, '').flatMap(([name, entry]) => renderEntry(name, entry, cluster.name)),
  ];
  return `${lines.join('\n')}\n`;
}

/** A dynamic reference is looked up in any string, and nothing escapes it. */
function isResolved(text: string): boolean {
  return text.includes('{{resolve:');
}

function renderEntry(name: string, entry: PlannedEntry, cluster: string): readonly string[] {
  const { principalArn, type, username, groups, policies } = entry;
  return [
    `  ${name}:`,
    '    Type: AWS::EKS::AccessEntry',
    '    Properties:',
    `      ClusterName: ${quoteText(cluster)}`,
    `      PrincipalArn: ${quoteText(principalArn)}`,
    `      Type: ${quoteText(type)}`,
    ...(username === null ? [] : [`      Username: ${quoteText(username)}`]),
    ...(groups.length === 0 ? [] : [`      KubernetesGroups: [${groups.map(quoteText).join(', ')}]`]),
    ...(policies.length === 0 ? [] : ['      AccessPolicies:']),
    ...policies.flatMap(({ policyArn, scope }) => [
      `        - PolicyArn: ${quoteText(policyArn)}`,
      '          AccessScope:',
      `            Type: ${scope.type}`,
      ...(scope.type === 'cluster' ? [] : [`            Namespaces: [${scope.namespaces.map(quoteText).join(', ')}]`]),
    ]),
  ];
}
