/** Findings of regions, as each cluster there shows them, into one of each fact; and the clusters that each concerns. */
import type { Finding } from '../model/finding.ts';
import { placeOfCluster } from '../rules/arn.ts';
import { compareTimes } from '../rules/time.ts';
import { compareFindings } from './evaluate.ts';

export interface Region {
  readonly account: string;
  readonly region: string;
}

export function regionOf(clusterArn: string): Region {
  const { account, region } = placeOfCluster(clusterArn);
  return { account, region };
}

/** Clusters of one region are read one after the other: what any of them shows standing, stands. Worst first. */
export function uniteFindings(findings: readonly Finding[]): readonly Finding[] {
  const facts = new Map<string, Finding>();
  for (const finding of findings) {
    const { fingerprint } = finding;
    const other = facts.get(fingerprint);
    facts.set(fingerprint, other === undefined ? finding : unite(other, finding));
  }
  return [...facts.values()].sort(compareFindings);
}

const RANK: Readonly<Record<Finding['status'], number>> = { open: 0, accepted: 1, resolved: 2 };

/** The account that says more is told: of two that stand alike, the one that knows who did it. */
function unite(one: Finding, other: Finding): Finding {
  const rank = RANK[one.status] - RANK[other.status] || Number(one.at === null) - Number(other.at === null);
  const told = rank <= 0 ? one : other;
  const [firstSeenAt = told.firstSeenAt] = [one.firstSeenAt, other.firstSeenAt].sort(compareTimes);
  return { ...told, firstSeenAt };
}

/** What the subject of a finding says of a region. */
export function isOfRegion({ cluster, subject }: Pick<Finding, 'cluster' | 'subject'>, region: Region): boolean {
  return cluster === null && subject === subjectOf(region);
}

function subjectOf({ account, region }: Region): Finding['subject'] {
  return `region:${account}/${region}`;
}
