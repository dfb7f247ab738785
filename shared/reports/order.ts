/** The orders in which reports list things. */
import { type Access, LEVELS } from '../model/access.ts';
import { type Finding, SEVERITIES } from '../model/finding.ts';
import type { ClusterReport } from '../model/report.ts';
import { compareText } from '../rules/text-order.ts';

/** By place: account, region, name. */
export function sortClusters(clusters: readonly ClusterReport[]): readonly ClusterReport[] {
  const placeOf = ({ account, region, name, arn }: ClusterReport): string => [account, region, name, arn].join('\n');
  return [...clusters].sort((a, b) => compareText(placeOf(a), placeOf(b)));
}

/** Worst first. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ detection, subject, fingerprint }: Finding): string => [detection, subject, fingerprint].join('\n');
  return [...findings].sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || compareText(keyOf(a), keyOf(b)),
  );
}

/** Highest level first. */
export function sortAccess(access: readonly Access[]): readonly Access[] {
  const keyOf = ({ holder }: Access): string => [holder.kind, holder.name].join('\n');
  return [...access].sort(
    (a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || compareText(keyOf(a), keyOf(b)),
  );
}
