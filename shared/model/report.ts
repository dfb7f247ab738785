/** The report: JSON is the contract (schema/report.v1.json), every other format a view of it. */
import type { Access, Creator } from './access.ts';
import type { ControlResult } from './compliance.ts';
import type { Coverage, Verdict, Window } from './coverage.ts';
import type { EvidenceFile, Scope } from './evidence.ts';
import type { Finding, Severity } from './finding.ts';
import type { Comparison } from './review.ts';

export interface ClusterReport {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: string | null;
  readonly version: string | null;
  readonly authenticationMode: string | null;
  readonly creator: Creator;
  readonly keyholders: readonly Access[];
  readonly access: readonly Access[];
  readonly coverage: readonly Coverage[];
  readonly verdicts: readonly Verdict[];
  readonly findings: readonly Finding[];
}

export interface Report {
  readonly schema: 'keyholder.report/v1';
  readonly generatedAt: string;
  readonly window: Window | null;
  readonly provenance: {
    readonly version: string;
    readonly caller: string | null;
    readonly evidence: readonly EvidenceFile[];
    readonly queries: readonly string[];
    /** What lay in the evidence folder and belongs to no place of the contract: it was not read. */
    readonly strangers: readonly string[];
    /** What no run reads, and what can still forbid what the report says is allowed. */
    readonly notConsulted: readonly string[];
  };
  readonly scope: readonly Scope[];
  readonly summary: {
    readonly clusters: number;
    readonly keyholders: number;
    /** Open findings alone. */
    readonly findings: Readonly<Record<Severity, number>>;
    /** Detections times clusters that could not be evaluated, in whole or in part. */
    readonly notEvaluated: number;
    /** Places of the scope that were not audited in whole. */
    readonly notAudited: number;
  };
  readonly clusters: readonly ClusterReport[];
  /** Those of no single cluster. */
  readonly findings: readonly Finding[];
  /** Every accepted risk of keyholder.yml, and what became of it in this run. */
  readonly acceptances: readonly ReportedAcceptance[];
  /** What the detections say of controls of standards. */
  readonly compliance?: readonly ControlResult[];
  /** Only when it was compared with an earlier report. */
  readonly comparison?: Comparison;
}

export interface ReportedAcceptance {
  readonly finding: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  /** `unmatched`: no finding of this run has the fingerprint. */
  readonly status: 'in-force' | 'expired' | 'unmatched';
}
