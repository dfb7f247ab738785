/** Findings into what a store of security findings asks of each: account, region, resource, times, what to do. */
import type { Finding, Severity } from '../model/finding.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { Report } from '../model/report.ts';
import { partitionOf } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';
import { sortClusters, sortFindings } from './order.ts';
import { tellProofs } from './view-proofs.ts';

export interface SecurityView {
  readonly fingerprint: string;
  readonly detection: string;
  readonly severity: Severity;
  readonly status: Finding['status'];
  readonly title: string;
  readonly summary: string;
  readonly subject: string;
  /** The ARN of the subject, where it is a principal. */
  readonly principalArn: string | null;
  readonly actor: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly reportedAt: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly cluster: { readonly arn: string; readonly name: string } | null;
  readonly commands: readonly string[];
  readonly proofs: readonly string[];
  readonly product: string;
}

export function viewSecurity(report: Report): readonly SecurityView[] {
  const { generatedAt, provenance, scope } = report;
  const shared = { reportedAt: generatedAt, product: provenance.version };
  const first = scope[0] ?? { account: '', region: '' };
  return [
    ...sortClusters(report.clusters).flatMap(({ arn, account, region, findings }) =>
      sortFindings(findings).map((finding) => viewFinding(finding, { ...shared, ...placeOf(arn), account, region })),
    ),
    ...sortFindings(report.findings).map((finding) =>
      viewFinding(finding, { ...shared, ...findPlace(finding, first) }),
    ),
  ];
}

interface Viewed {
  readonly reportedAt: string;
  readonly product: string;
  readonly home: Place;
  /** ISO: a read that showed it standing, which the row need not tell of. */
  readonly seenAt?: string | undefined;
}

/** As the table has it. */
export function viewRemembered(
  finding: RememberedFinding,
  { reportedAt, product, home, seenAt }: Viewed,
): SecurityView {
  const { cluster, status, basis, change, firstSeenAt } = finding;
  const [, partition = home.partition, , region = home.region, account = home.account] = (cluster?.arn ?? '').split(
    ':',
  );
  const place = cluster === null ? findPlace(finding, home) : { partition, region, account };
  const standing = status === 'resolved' ? [] : [change.at, ...(seenAt === undefined ? [] : [seenAt])];
  const times = [firstSeenAt, ...(basis === null ? [] : [basis]), ...standing];
  const lastSeenAt = times.reduce((last, time) => (msBetween(last, time) > 0 ? time : last));
  const life = status === 'accepted' || status === 'resolved' ? status : 'open';
  return viewFinding({ ...finding, status: life, lastSeenAt }, { reportedAt, product, ...place });
}

export type Place = Pick<SecurityView, 'partition' | 'account' | 'region'>;

type Shared = Pick<SecurityView, 'reportedAt' | 'product' | 'partition' | 'account' | 'region'>;

function placeOf(arn: string): Pick<Shared, 'partition'> {
  return { partition: arn.split(':')[1] ?? 'aws' };
}

/** Of no single cluster: the subject names the place, or it is that of the whole audit. */
function findPlace({ subject }: Pick<Finding, 'subject'>, first: Pick<Shared, 'account' | 'region'>): Place {
  const [, account = first.account, region = first.region] =
    /^(?:account|region):(\d{12})(?:\/(.+))?$/.exec(subject) ?? [];
  return { partition: partitionOf(region), account, region };
}

function viewFinding(finding: Finding, shared: Shared): SecurityView {
  const { fingerprint, detection, severity, status, summary, subject, actor, cluster, fix, evidence } = finding;
  const [, principalArn] = /^(?:iam|aws-auth):(arn:.+)$/s.exec(subject) ?? [];
  return {
    ...shared,
    ...{ fingerprint, detection, severity, status, summary, subject, actor },
    title: `${detection} on ${cluster?.name ?? shared.account}: ${subject}`,
    principalArn: principalArn ?? null,
    firstSeenAt: finding.firstSeenAt,
    lastSeenAt: finding.lastSeenAt,
    cluster: cluster === null ? null : { arn: cluster.arn, name: cluster.name },
    commands: fix,
    proofs: tellProofs(evidence, ''),
  };
}
