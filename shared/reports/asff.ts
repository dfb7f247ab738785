/** Findings into documents of the AWS Security Finding Format, as BatchImportFindings takes them, a hundred at a time. */
import type { Severity } from '../model/finding.ts';
import { escapeJson, escapeText } from './escape.ts';
import type { SecurityView } from './view-security.ts';

export interface AsffResource {
  readonly Type: 'AwsEksCluster' | 'AwsIamRole' | 'AwsIamUser' | 'Other';
  readonly Id: string;
  readonly Partition: string;
  readonly Region: string;
}

export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Types: readonly string[];
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly Severity: { readonly Label: string; readonly Original: string };
  readonly Title: string;
  readonly Description: string;
  readonly Remediation: { readonly Recommendation: { readonly Text: string } };
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly AsffResource[];
  readonly Compliance: { readonly Status: 'FAILED' };
  readonly Workflow: { readonly Status: 'NEW' | 'SUPPRESSED' | 'RESOLVED' };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
  readonly FindingProviderFields: { readonly Severity: { readonly Label: string }; readonly Types: readonly string[] };
}

const TYPES = ['Software and Configuration Checks/AWS Security Best Practices'] as const;
const LABELS: Readonly<Record<Severity, string>> = {
  info: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};
const WORKFLOW = { open: 'NEW', accepted: 'SUPPRESSED', resolved: 'RESOLVED' } as const;

export function renderAsff(findings: readonly SecurityView[]): string {
  return `${escapeJson(JSON.stringify(findings.map(toAsff), null, 2))}\n`;
}

export function toAsff(view: SecurityView): AsffFinding {
  const { account, region, partition, detection, fingerprint, severity, status } = view;
  return {
    SchemaVersion: '2018-10-08',
    Id: `keyholder/${fingerprint}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `keyholder/${detection}`,
    AwsAccountId: account,
    Types: TYPES,
    CreatedAt: view.firstSeenAt,
    UpdatedAt: view.reportedAt,
    FirstObservedAt: view.firstSeenAt,
    LastObservedAt: view.lastSeenAt,
    Severity: { Label: LABELS[severity], Original: severity },
    Title: clip(view.title, 256),
    Description: clip(view.summary, 1024),
    Remediation: { Recommendation: { Text: clip(view.commands[0] ?? `See the page of ${detection}.`, 512) } },
    ProductFields: listFields(view),
    Resources: listResources(view),
    Compliance: { Status: 'FAILED' },
    Workflow: { Status: WORKFLOW[status] },
    RecordState: status === 'resolved' ? 'ARCHIVED' : 'ACTIVE',
    FindingProviderFields: { Severity: { Label: LABELS[severity] }, Types: TYPES },
  };
}

function listFields({
  fingerprint,
  detection,
  subject,
  actor,
  proofs,
  product,
}: SecurityView): AsffFinding['ProductFields'] {
  const fields = [
    ['fingerprint', fingerprint],
    ['detection', detection],
    ['subject', subject],
    ['actor', actor ?? ''],
    ['proof', proofs.join(', ')],
    ['version', product],
  ] as const;
  return Object.fromEntries(
    fields.filter(([, text]) => text !== '').map(([name, text]) => [`keyholder/${name}`, clip(text, 2048)]),
  );
}

function listResources({ cluster, principalArn, account, partition, region }: SecurityView): readonly AsffResource[] {
  const place = { Partition: partition, Region: region };
  const whose = principalArn === null ? [] : [{ Type: typeOf(principalArn), Id: clip(principalArn, 512), ...place }];
  if (cluster !== null) return [{ Type: 'AwsEksCluster', Id: clip(cluster.arn, 512), ...place }, ...whose];
  return whose.length > 0 ? whose : [{ Type: 'Other', Id: `AWS::::Account:${account}`, ...place }];
}

function typeOf(arn: string): AsffResource['Type'] {
  if (arn.includes(':role/')) return 'AwsIamRole';
  return arn.includes(':user/') ? 'AwsIamUser' : 'Other';
}

/** Security Hub refuses the whole finding for one text that is too long. */
function clip(text: string, most: number): string {
  const shown = escapeText(text.slice(0, most));
  return shown.length <= most && text.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}
