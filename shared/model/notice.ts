/** What people are told of a change: the finding, who gains by it, who made it and from where. */
import type { Severity } from './finding.ts';
import type { RememberedFinding } from './remembered.ts';

/** Who made the change, as far as the event's record shows. */
export interface NoticeOrigin {
  /** ARN of the principal, or a Kubernetes user; null where the record names none. */
  readonly actor: string | null;
  /** Chosen by whoever assumed the role: a hint, never a proof. */
  readonly session: string | null;
  readonly sourceIp: string | null;
}

export interface Notice {
  readonly finding: RememberedFinding;
  /** Of the detection. */
  readonly title: string;
  /** What to do, in words. */
  readonly fix: string;
  /** The finding says that somebody can administer the cluster now. */
  readonly isGrant: boolean;
  /** ARNs, and Kubernetes users and groups by name; empty where the event does not show them. */
  readonly gainers: readonly string[];
  readonly origin: NoticeOrigin;
}

/** Changes of one cause, told together: a new admin first, then the worst. */
export interface Telling {
  /** The same for each repeat. */
  readonly deduplicationId: string;
  readonly head: Notice;
  readonly others: readonly Notice[];
  /** Changes of the same findings that one of these overtook: they are told with it, and never by themselves. */
  readonly overtaken: readonly Notice[];
  /** Of the worst of them. */
  readonly severity: Severity;
  readonly account: string;
  readonly region: string;
}
