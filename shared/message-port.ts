/** How what was found is told to whoever subscribed, and given to a store of security findings. */

export interface Message {
  /** Less than 100 characters, none of which controls anything. */
  readonly subject: string;
  readonly text: string;
  /** What a subscriber may filter by. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Tells whoever subscribed. Throws KeyholderError('write-failed'). */
export interface Publisher {
  readonly publish: (message: Message) => Promise<void>;
}

/** A finding that was not taken. */
export interface RefusedFinding {
  readonly id: string;
  /** In words of ours. */
  readonly reason: string;
}

/** In the AWS Security Finding Format. */
export interface FindingDocument {
  readonly Id: string;
}

/** Security Hub: a finding of the same id replaces the one before, if its UpdatedAt is later. */
export interface SecurityHub {
  /** Any number of them; gives those that were not taken, at the second try where the first met a passing fault. */
  readonly importFindings: (findings: readonly FindingDocument[]) => Promise<readonly RefusedFinding[]>;
}
