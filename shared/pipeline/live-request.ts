/** What a live run is asked for: whose credentials, which places, and where the recording goes. */
import type { Window } from '../model/coverage.ts';
import type { StoredState } from '../model/state.ts';
import type { EvidenceRecorder, LiveSources, Progress } from '../ports.ts';

/** Credentials of one account, not used yet. */
export interface LiveAccount {
  /** For people: the role, or the caller's own credentials. */
  readonly name: string;
  /** Where the name tells it before the first call. */
  readonly account: string | null;
  readonly open: () => Promise<LiveSources>;
}

export interface LiveRequest {
  readonly sink: EvidenceRecorder;
  readonly regions: readonly string[];
  /** The account that an ARN names; null: whatever the credentials lead to. */
  readonly account: string | null;
  /** The name of the only cluster to read; null: all of each region. */
  readonly cluster: string | null;
  readonly window: Window;
  /** Up to when each log was read in whole: reading goes on from there. Left out: the window is what was asked for. */
  readonly logsReadTo?: StoredState['logsReadTo'];
  readonly now: string;
  /** Ends the run early: what was not read by then is said so. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Texts of the files that go into the folder as they are. */
  readonly copies: readonly { readonly file: 'state.json' | 'keyholder.yml'; readonly text: string }[];
}

export interface OpenedAccount {
  readonly account: string;
  readonly sources: LiveSources;
}
