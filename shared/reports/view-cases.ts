/** Findings into everything that one has to know to act on them: the text, every command, every proof. */
import type { Acceptance, Finding, Severity } from '../model/finding.ts';
import { sortFindings } from './order.ts';
import { tellProofs } from './view-proofs.ts';
import { shortenArn, shortenSubject, tellDay } from './words.ts';

export interface CaseView {
  readonly severity: Severity;
  readonly detection: string;
  readonly subject: string;
  readonly status: Finding['status'];
  readonly summary: string;
  /** Since when and by whom. */
  readonly origin: string;
  /** Who accepted it until when; null where nobody did. */
  readonly acceptance: string | null;
  readonly commands: readonly string[];
  readonly fingerprint: string;
  readonly proofs: readonly string[];
}

export interface CaseGroup {
  readonly title: string;
  /** The others are folded until they are asked for. */
  readonly isFolded: boolean;
  readonly cases: readonly CaseView[];
}

/** Worst first; what needs no haste is folded. `folder` is not said again in the proofs. */
export function viewCases(findings: readonly Finding[], account: string, folder: string): readonly CaseGroup[] {
  const sorted = sortFindings(findings);
  const open = sorted.filter(({ status }) => status === 'open');
  const urgent = open.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const further = open.filter((finding) => !urgent.includes(finding));
  const settled = sorted.filter(({ status }) => status !== 'open');
  const groups: readonly (readonly [title: string, isFolded: boolean, of: readonly Finding[]])[] = [
    ['Critical and high', false, urgent],
    [`${further.length} further: medium, low and for information`, urgent.length > 0, further],
    [`${settled.length} accepted or resolved`, true, settled],
  ];
  return groups
    .filter(([, , of]) => of.length > 0)
    .map(([title, isFolded, of]) => ({
      title,
      isFolded,
      cases: of.map((finding) => viewCase(finding, account, tellProofs(finding.evidence, folder))),
    }));
}

function viewCase(finding: Finding, account: string, proofs: readonly string[]): CaseView {
  const { severity, detection, subject, status, summary, actor, at, acceptance, fix, fingerprint } = finding;
  const when = at === null ? `First seen ${tellDay(finding.firstSeenAt)}` : `Since ${tellDay(at)}`;
  return {
    severity,
    detection,
    subject: shortenSubject(subject, account),
    status,
    summary,
    origin: `${when}${actor === null ? '' : `, by ${shortenArn(actor, account)}`}`,
    acceptance: acceptance === null ? null : tellAcceptance(acceptance),
    commands: fix,
    fingerprint,
    proofs,
  };
}

function tellAcceptance({ owner, reason, expires, isInForce }: Acceptance): string {
  const until = expires === null ? '' : ` until ${tellDay(expires)}`;
  return isInForce
    ? `Accepted by ${owner}${until}: ${reason}`
    : `Accepted by ${owner}${until}, which has run out: ${reason}`;
}
