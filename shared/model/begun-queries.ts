/** Log queries that go on while nobody waits for them: a run of several calls hands them from one to the next. */

/** Queries that were begun by an earlier call: whoever asks the same again gets the same query. */
export interface BegunQueries {
  /** The id under which the question was begun. */
  readonly find: (question: string) => string | undefined;
  readonly keep: (question: string, id: string) => void;
  /** How long this call waits for results. */
  readonly patienceMs: number;
  /** One of them still runs: what this call read is in part, and no more is begun. */
  readonly postpone: () => void;
  readonly isPostponed: () => boolean;
}
