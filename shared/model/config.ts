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

export interface AcceptedRisk {
  /** Fingerprint of the exact finding. */
  readonly finding: string;
  readonly owner: string;
  readonly reason: string;
  /** ISO; the acceptance holds while now < expires. */
  readonly expires: string;
  readonly line: number;
}

export interface Config {
  readonly approvedAdmins: readonly ApprovedAdmin[];
  readonly breakGlass: readonly BreakGlass[];
  readonly acceptedRisks: readonly AcceptedRisk[];
  readonly tags: {
    /** A cluster with one of these tag values is production. */
    readonly production: Readonly<Record<string, readonly string[]>>;
    /** Tags that every admin access entry must carry; empty: not asked for. */
    readonly required: readonly string[];
  };
}
