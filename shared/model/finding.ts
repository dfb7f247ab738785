/** A detection is a rule, a match its raw hit, a finding a match with a life. */
import type { Config } from './config.ts';
import type { Need, Ref } from './coverage.ts';
import type { Facts } from './facts.ts';
import type { EvidenceRecord } from './records.ts';

/** From least to most. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the finding is about; part of the fingerprint, so never reworded. */
export type Subject =
  | `iam:${string}`
  | `binding:${string}`
  | `role:${string}`
  | `aws-auth:${string}`
  | 'aws-auth'
  | 'cluster'
  | `log-group:${string}`
  | `user:${string}`
  | `webhook:${string}`
  | `csr:${string}`
  | `region:${string}`
  | `account:${string}`;

export interface Match {
  readonly subject: Subject;
  readonly summary: string;
  /** When it is not the detection's own. */
  readonly severity?: Severity;
  /** Commands, ready to paste; the detection's general `fix` text stands above them. */
  readonly commands?: readonly string[];
  /** Whoever gains by it, where the subject does not say: ARNs, and Kubernetes users, groups (`group <name>`) and accounts. */
  readonly gainers?: readonly string[];
  readonly actor?: string | null;
  readonly at?: string | null;
  /** The fact is the event itself (an attempt, a use, a tampering): no later state undoes it. */
  readonly isPast?: boolean;
  readonly evidence: readonly Ref[];
}

/** Facts of the record's cluster where there is state; null in `detect`, which has none. */
export type Observe = (record: EvidenceRecord, facts: Facts | null) => Iterable<Match>;

/** What a record of no cluster shows where no more is known of its account than what keyholder.yml declares. */
export type ObserveDeclared = (record: EvidenceRecord, declared: Pick<Config, 'breakGlass'>) => Iterable<Match>;

/** For verdicts that need several records: fed one at a time, asked at the end. */
export interface Correlator {
  readonly add: (record: EvidenceRecord) => void;
  readonly matches: () => Iterable<Match>;
}

/** How a detection judges. Functions carry this part of it alone, and no text that only the catalogue shows. */
export interface DetectionRule {
  /** kebab-case, the file's name, never renamed. */
  readonly id: string;
  readonly severity: Severity;
  /** Alternatives, each a list; any one read in whole makes silence trustworthy. */
  readonly needs: readonly (readonly Need[])[];
  readonly cis: readonly string[];
  /** `region`: what it finds is a fact of an account and region, told once for all clusters there. Left out: of a cluster. */
  readonly scope?: 'region';
  /** Read in whole, these show whether what it found still stands, though silence needs more than them. */
  readonly standsIn?: readonly Need[];
  /** What it compares with and has not got, though its sources were read: an earlier audit, or a log of many days. */
  readonly findLack?: (facts: Facts) => string | null;
  /** What it could not tell of a part of what it looks at, though its sources were read: of the rest its silence counts. */
  readonly findPartLack?: (facts: Facts) => string | null;
  /** Calls that it must see and that a source may not have been asked for: else its silence is of the others alone. */
  readonly listCalls?: (facts: Facts) => readonly string[];
  /** What a read of state shows standing. */
  readonly detect?: (facts: Facts) => Iterable<Match>;
  /** What one record shows being made or tried. */
  readonly observe?: Observe;
  readonly observeDeclared?: ObserveDeclared;
  readonly correlate?: (facts: Facts | null) => Correlator;
  /** The finding says no more than that its subject is an admin: an approved admin makes it accepted. */
  readonly saysOnlyIsAdmin?: boolean;
  /** Each time is news, also where the finding of an earlier time stands. */
  readonly recurs?: boolean;
}

/** A rule and what is said of it in one plain object. At least one of detect, observe, correlate. */
export interface Detection extends DetectionRule {
  /** Short code of the catalogue, such as AE-001. */
  readonly ref: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly blindSpots: string;
  readonly references: readonly string[];
  readonly attack: readonly string[];
  /** Why the bundled sample estate cannot show it, and the test that does. Left out when the estate shows it. */
  readonly shownElsewhere?: { readonly because: string; readonly test: string };
}

export interface Finding {
  readonly fingerprint: string;
  readonly detection: string;
  readonly cluster: { readonly arn: string; readonly name: string; readonly life: string | null } | null;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly summary: string;
  readonly status: 'open' | 'accepted' | 'resolved';
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly actor: string | null;
  readonly at: string | null;
  readonly fix: readonly string[];
  readonly evidence: readonly Ref[];
  /** Whoever gains by it, where the subject does not say. */
  readonly gainers?: readonly string[];
  /** What keyholder.yml says of it; an acceptance that has run out stays here and the finding is open. */
  readonly acceptance: Acceptance | null;
}

/** Who accepts a risk, why and until when. */
export interface Acceptance {
  readonly owner: string;
  readonly reason: string;
  /** null for an approved admin, which stands until it is taken out of keyholder.yml. */
  readonly expires: string | null;
  readonly isInForce: boolean;
}
