/** The entries of a migration into resources of Terraform. */
import type { MigrationPlan, PlannedEntry, PlannedPolicy } from '../model/migration.ts';
import { quoteHcl } from '../rules/code-text.ts';
import { nameEntries } from './migration-names.ts';

const HEAD = [
  '# Write authentication_mode = "API_AND_CONFIG_MAP" into access_config of the cluster first: code that still says',
  '# CONFIG_MAP fails at the next apply. The bindings of new groups are among the commands of the same plan.',
];

export function renderMigrationTerraform({ cluster, entries }: MigrationPlan): string {
  const carried = entries.filter((entry) => isComposed(JSON.stringify(entry)));
  const left = entries.length - carried.length;
  const note = `# Left out: ${left}, with letters that Terraform writes in another way. Make them by the commands.`;
  const blocks = nameEntries(carried, '_').map(([name, entry]) => renderEntry(name, entry, cluster.name));
  return `${[left === 0 ? HEAD : [...HEAD, note], ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Terraform puts letters and their marks together, and EKS compares names byte by byte. */
function isComposed(text: string): boolean {
  return text.normalize('NFC') === text;
}

function renderEntry(name: string, entry: PlannedEntry, cluster: string): readonly string[] {
  const { principalArn, type, username, groups, policies } = entry;
  return [
    `resource "aws_eks_access_entry" "${name}" {`,
    ...align([
      ['cluster_name', quoteHcl(cluster)],
      ['principal_arn', quoteHcl(principalArn)],
      ['type', quoteHcl(type)],
      ...(username === null ? [] : [['user_name', quoteHcl(username)] as const]),
      ...(groups.length === 0 ? [] : [['kubernetes_groups', list(groups)] as const]),
    ]),
    '}',
    ...policies.flatMap((policy, index) => ['', ...renderPolicy(`${name}_${index + 1}`, policy, name)]),
  ];
}

function renderPolicy(name: string, { policyArn, scope }: PlannedPolicy, entry: string): readonly string[] {
  return [
    `resource "aws_eks_access_policy_association" "${name}" {`,
    ...align([
      ['cluster_name', `aws_eks_access_entry.${entry}.cluster_name`],
      ['principal_arn', `aws_eks_access_entry.${entry}.principal_arn`],
      ['policy_arn', quoteHcl(policyArn)],
    ]),
    '',
    '  access_scope {',
    ...align([
      ['type', quoteHcl(scope.type)],
      ...(scope.type === 'cluster' ? [] : [['namespaces', list(scope.namespaces)] as const]),
    ]).map((line) => `  ${line}`),
    '  }',
    '}',
  ];
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quoteHcl).join(', ')}]`;
}

/** As `terraform fmt` leaves it. */
function align(pairs: readonly (readonly [name: string, value: string])[]): readonly string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
}
