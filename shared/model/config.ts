/** keyholder.yml: what the organisation has declared. */

export interface ApprovedAdmin {
  /** IAM ARN, compared by account, type and name; or a Kubernetes user or service account. */
  readonly principal: string;
  /** Cluster names or ARNs it holds for; empty means all. */
  readonly clusters: readonly string[];
  readonly reason: string | null;
}

export interface BreakGlass {
  readonly principal: string;
  readonly clusters: readonly string[];
}

/** What was given for a while, wherever it was given: rows of aws-auth and bindings carry no tags. */
export interface TemporaryGrant {
  /** As that of an approved admin. */
  readonly principal: string;
  readonly clusters: readonly string[];
  /** ISO; by then it is to be gone. */
  readonly until: string;
  readonly reason: string | null;
}

export interface AcceptedRisk {
  /** Fingerprint of the exact finding. */
  readonly finding: string;
  readonly owner: string;
  readonly reason: string;
  /** ISO; the acceptance holds while now < expires. */
  readonly expires: string;
  readonly line: number;
}

/** Whose grants to these subjects go to the digest, such as those of a pipeline; never what it gives itself. */
export interface TrustedGrantor {
  /** IAM ARN, or a service account as `system:serviceaccount:<namespace>:<name>`. */
  readonly principal: string;
  /** AROA… or AIDA…: a principal is declared with it, for a name can be taken again; null for a service account. */
  readonly uniqueId: string | null;
  /** IAM ARNs, Kubernetes users and service accounts; `group <name>` for a group. */
  readonly subjects: readonly string[];
  readonly clusters: readonly string[];
}

export interface Config {
  readonly approvedAdmins: readonly ApprovedAdmin[];
  readonly breakGlass: readonly BreakGlass[];
  readonly acceptedRisks: readonly AcceptedRisk[];
  readonly trustedGrantors?: readonly TrustedGrantor[];
  readonly temporaryGrants?: readonly TemporaryGrant[];
  readonly tags: {
    /** A cluster with one of these tag values is production. */
    readonly production: Readonly<Record<string, readonly string[]>>;
    /** Tags that every admin access entry must carry; empty: not asked for. */
    readonly required: readonly string[];
  };
}
