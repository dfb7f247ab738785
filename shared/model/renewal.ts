/** What became of the findings that a night gave to a store of security findings again. */

export interface Renewal {
  readonly renewed: number;
  /** Whose turn it was, and that were not taken. */
  readonly left: number;
  /** Clusters, and accounts, whose findings could not be read. */
  readonly unread: number;
  /** Of what was left or not read, each once. */
  readonly reasons: readonly string[];
}
