/** What a night's digest names beside what is new. */

/** It was over, or it was less. */
export type Renewed = 'reopened' | 'worsened';

export interface NightChanges {
  /** By fingerprint. */
  readonly kinds: ReadonlyMap<string, Renewed>;
  /** Why there may be more. */
  readonly problem: string | null;
}
