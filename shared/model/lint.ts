/** What can be said of aws-auth files before they are applied. */
import type { AwsAuthProblem, AwsAuthProblemCode, Position } from './aws-auth.ts';
import type { Verdict } from './coverage.ts';
import type { Detection, Severity, Subject } from './finding.ts';

/** An error is somebody who loses access, or never gets it; everything else depends on what was meant. */
export const LINT_LEVELS = ['error', 'warning', 'note'] as const;
export type LintLevel = (typeof LINT_LEVELS)[number];

export interface LintRemark {
  readonly detection: string;
  /** null for a row that works as written, and is dangerous all the same. */
  readonly problem: AwsAuthProblemCode | null;
  readonly level: LintLevel;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly losesAccess: boolean;
  readonly message: string;
  /** What the authenticator makes of it, or why it matters. */
  readonly effect: string;
  readonly mend: string;
  readonly position: Position;
  /** The same for the same thing, wherever in the file it stands. */
  readonly fingerprint: string;
}

export interface LintFix {
  /** Where the mended text lies; null when nothing was mended. */
  readonly file: string | null;
  /** As they stand in the file that was given. */
  readonly mended: readonly AwsAuthProblem[];
  /** As they stand in the mended file. */
  readonly left: readonly { readonly problem: AwsAuthProblem; readonly reason: string }[];
}

export interface LintedFile {
  readonly file: string;
  /** Rows and accounts that the authenticator keeps. */
  readonly rows: number;
  readonly accounts: number;
  /** In the order of the file. */
  readonly remarks: readonly LintRemark[];
  /** null when no mending was asked for. */
  readonly fix: LintFix | null;
}

/** A file that is no aws-auth ConfigMap, or could not be read. */
export interface UnreadableFile {
  readonly file: string;
  readonly position: Position | null;
  /** In the form: expected this, got that. */
  readonly reason: string;
}

export type LintRule = Pick<Detection, 'id' | 'title' | 'severity' | 'why' | 'fix' | 'blindSpots' | 'references'>;

export interface LintReport {
  readonly version: string;
  readonly files: readonly LintedFile[];
  readonly unreadable: readonly UnreadableFile[];
  /** The detections that a file alone can show, or did. */
  readonly rules: readonly LintRule[];
  /** Of every detection, how far a file alone lets its silence be trusted. */
  readonly verdicts: readonly Verdict[];
}
