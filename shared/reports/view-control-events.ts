/** Controls of standards into one statement for each cluster. */
import type { ControlOnCluster, ControlStatus } from '../model/compliance.ts';
import { type Finding, SEVERITIES, type Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { tellCount } from './words.ts';

export interface ControlEventView {
  readonly uid: string;
  readonly standard: string;
  readonly control: string;
  readonly title: string;
  readonly status: ControlStatus;
  /** Of the worst finding that breaks it. */
  readonly severity: Severity | null;
  readonly reason: string;
  readonly cluster: { readonly arn: string; readonly name: string };
  readonly account: string;
  readonly region: string;
  readonly reportedAt: string;
  readonly product: string;
}

export function viewControlEvents(report: Report): readonly ControlEventView[] {
  const byArn = new Map(report.clusters.map((cluster) => [cluster.arn, cluster]));
  return (report.compliance ?? []).flatMap(({ standard, control, title, clusters }) =>
    clusters.flatMap((one) => {
      const cluster = byArn.get(one.arn);
      if (cluster === undefined) return [];
      const { arn, name, account, region } = cluster;
      return [
        {
          ...{ uid: `${standard} ${control} ${arn}`, standard, control, title, status: one.status },
          ...{
            severity: findWorst(one, [...cluster.findings, ...report.findings]),
            reason: tellReason(one),
            cluster: { arn, name },
            account,
            region,
          },
          ...{ reportedAt: report.generatedAt, product: report.provenance.version },
        },
      ];
    }),
  );
}

/** What breaks it may be of the region. */
function findWorst({ findings }: ControlOnCluster, told: readonly Finding[]): Severity | null {
  const broken = new Set(findings);
  const seen = new Set(told.filter(({ fingerprint }) => broken.has(fingerprint)).map(({ severity }) => severity));
  return [...SEVERITIES].reverse().find((severity) => seen.has(severity)) ?? null;
}

function tellReason({ status, findings, missing }: ControlOnCluster): string {
  if (status === 'fail')
    return `${tellCount(findings.length, 'finding')} break it`.replace(/^1 finding break/, '1 finding breaks');
  if (status === 'pass') return 'every question was judged in whole and found nothing';
  return missing.length === 0 ? 'no detection asks for it' : `not read in whole: ${missing.join(', ')}`;
}
