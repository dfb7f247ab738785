/** Findings into documents of the AWS Security Finding Format, as BatchImportFindings takes them, a hundred at a time. */
import type { Severity } from '../model/finding.ts';
import { escapeJson, escapeText } from './escape.ts';
import type { Place, SecurityView } from './view-security.ts';

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
  /** Of a product of one's own, as the default one is; else findings are listed under `Default` and `Personal`. */
  readonly ProductName: 'Keyholder';
  readonly CompanyName: 'Keyholder';
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
  readonly Compliance: { readonly Status: 'FAILED' | 'PASSED' };
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
const MOST_OF_REMEDY = 512;
const MOST_OF_FIELD = 2048;
const MOST_FIXES = 20;
const WORKFLOW = { open: 'NEW', accepted: 'SUPPRESSED', resolved: 'RESOLVED' } as const;

export function renderAsff(findings: readonly SecurityView[]): string {
  return `${escapeJson(
    JSON.stringify(
      findings.map((view) => toAsff(view)),
      null,
      2,
    ),
  )}\n`;
}

/** `hub` is where it goes in: the default product of Security Hub takes findings of its own account alone. */
export function toAsff(view: SecurityView, hub: Place = view): AsffFinding {
  const { detection, fingerprint, severity, status } = view;
  return {
    SchemaVersion: '2018-10-08',
    Id: `keyholder/${fingerprint}`,
    ProductArn: `arn:${hub.partition}:securityhub:${hub.region}:${hub.account}:product/${hub.account}/default`,
    ProductName: 'Keyholder',
    CompanyName: 'Keyholder',
    GeneratorId: `keyholder/${detection}`,
    AwsAccountId: hub.account,
    Types: TYPES,
    CreatedAt: view.firstSeenAt,
    UpdatedAt: view.reportedAt,
    FirstObservedAt: view.firstSeenAt,
    LastObservedAt: view.lastSeenAt,
    Severity: { Label: LABELS[severity], Original: severity },
    Title: clip(view.title, 256),
    Description: clip(view.summary, 1024),
    Remediation: { Recommendation: { Text: tellCommands(view) } },
    ProductFields: listFields(view),
    Resources: listResources(view),
    Compliance: { Status: status === 'resolved' ? 'PASSED' : 'FAILED' },
    Workflow: { Status: WORKFLOW[status] },
    RecordState: status === 'resolved' ? 'ARCHIVED' : 'ACTIVE',
    FindingProviderFields: { Severity: { Label: LABELS[severity] }, Types: TYPES },
  };
}

/** Whole commands, as far as they fit: one that was cut is worse than none. The product fields have them all. */
function tellCommands(view: SecurityView): string {
  const whole = listWhole(view);
  const shown: string[] = [];
  for (const command of whole) {
    const text = tellShown([...shown, command], view);
    if (text.length > MOST_OF_REMEDY) break;
    shown.push(command);
  }
  if (shown.length > 0) return tellShown(shown, view);
  return whole.length > 0 ? 'See keyholder/fix-1 in the product fields.' : `See the page of ${view.detection}.`;
}

function tellShown(shown: readonly string[], { commands }: SecurityView): string {
  const left = commands.length - shown.length;
  const rest = left === 0 ? [] : [`(${left} more: keyholder/fix-… in the product fields)`];
  return [...shown, ...rest].join('\n');
}

/** Those that fit a field. */
function listWhole({ commands }: SecurityView): readonly string[] {
  return commands.map(escapeText).filter((command) => command !== '' && command.length <= MOST_OF_FIELD);
}

function listFields(view: SecurityView): AsffFinding['ProductFields'] {
  const { fingerprint, detection, subject, actor, account, region, proofs, product, commands } = view;
  const fields = [
    ['fingerprint', fingerprint],
    ['detection', detection],
    ['account', account],
    ['region', region],
    ['subject', subject],
    ['actor', actor ?? ''],
    ['proof', proofs.join(', ')],
    ['version', product],
  ] as const;
  const fixes = listWhole(view)
    .slice(0, MOST_FIXES)
    .map((command, index) => [`fix-${index + 1}`, command] as const);
  const left = commands.length - fixes.length;
  const rest = left === 0 ? [] : [['fix-left', `${left} more, in the report`] as const];
  return Object.fromEntries(
    [...fields, ...fixes, ...rest]
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [`keyholder/${name}`, clip(text, MOST_OF_FIELD)]),
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
