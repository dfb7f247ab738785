/** Findings into a worst-first list that stays short: what is open in full, the rest as a count. */
import type { Finding, Severity } from '../model/finding.ts';
import { SEVERITIES } from '../model/finding.ts';
import { sortFindings } from './order.ts';
import { shortenArn, shortenSubject, tellCount, tellDay } from './words.ts';

export interface FindingView {
  readonly severity: Severity;
  readonly detection: string;
  readonly subject: string;
  readonly summary: string;
  /** Since when, by whom where that is known, and the fingerprint that accepts it. */
  readonly origin: string;
  /** The first command that mends it. */
  readonly command: string | null;
}

export interface FindingsView {
  readonly worst: readonly FindingView[];
  /** Said in place of an empty list. */
  readonly none: string;
  /** What is not listed: further open ones, accepted and resolved ones. */
  readonly others: readonly string[];
}

/** Nobody pastes a longer one; the JSON form has it. */
const LONGEST_COMMAND = 1000;

export interface FindingsOptions {
  /** Whose principals need no account in front of them. */
  readonly account: string;
  /** How many open ones are listed; the rest is counted. */
  readonly most: number;
  /** Detections whose silence cannot be trusted here. */
  readonly doubtful: number;
}

export function viewFindings(findings: readonly Finding[], options: FindingsOptions): FindingsView {
  const { account, most, doubtful } = options;
  const sorted = sortFindings(findings.filter(({ status }) => status === 'open'));
  const open = sorted.length > most ? spreadDetections(sorted) : sorted;
  const accepted = findings.filter(({ status }) => status === 'accepted');
  const resolved = findings.filter(({ status }) => status === 'resolved');
  const more = open.slice(most);
  return {
    worst: open.slice(0, most).map((finding) => viewFinding(finding, account)),
    none:
      doubtful === 0
        ? 'No findings.'
        : `No findings, but ${tellCount(doubtful, 'detection')} could not be judged in whole.`,
    others: [
      ...(more.length > 0 ? [`${more.length} more open: ${countSeverities(more)}`] : []),
      ...(accepted.length > 0 ? [`${accepted.length} accepted: ${countSeverities(accepted)}`] : []),
      ...(resolved.length > 0 ? [`${resolved.length} resolved: ${countSeverities(resolved)}`] : []),
    ],
  };
}

/** Still worst first; among equals, one of each detection before the second of any. */
function spreadDetections(sorted: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, number>();
  const ranked = sorted.map((finding) => {
    const key = `${finding.severity} ${finding.detection}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return { finding, nth };
  });
  return ranked
    .sort((a, b) => SEVERITIES.indexOf(b.finding.severity) - SEVERITIES.indexOf(a.finding.severity) || a.nth - b.nth)
    .map(({ finding }) => finding);
}

function viewFinding(finding: Finding, account: string): FindingView {
  const { severity, detection, subject, summary, actor, at, acceptance, fix, fingerprint } = finding;
  const [command] = fix;
  const lapsed = acceptance !== null && !acceptance.isInForce ? '; its acceptance has run out' : '';
  const when = at === null ? `first seen ${tellDay(finding.firstSeenAt)}` : `since ${tellDay(at)}`;
  return {
    severity,
    detection,
    subject: shortenSubject(subject, account),
    summary,
    origin: `${when}${actor === null ? '' : `, by ${shortenArn(actor, account)}`}${lapsed}; fingerprint ${fingerprint}`,
    command: command === undefined || command.length > LONGEST_COMMAND ? null : command,
  };
}

/** "1 critical, 2 high": worst first. */
function countSeverities(findings: readonly Finding[]): string {
  return [...SEVERITIES]
    .reverse()
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');
}
