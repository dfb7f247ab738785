/** What a live run is asked for: whose credentials, which places, and where the recording goes. */
import type { Source, Window } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { StoredState } from '../model/state.ts';
import type { EvidenceRecorder, LiveSources, Progress } from '../ports.ts';

/** Whoever has no need of what lies with a region may leave it out. */
export type NeededSources = Omit<LiveSources, 'readRegion'> & Partial<Pick<LiveSources, 'readRegion'>>;

/** Credentials of one account, not used yet. */
export interface LiveAccount {
  /** For people: the role, or the caller's own credentials. */
  readonly name: string;
  /** Where the name tells it before the first call. */
  readonly account: string | null;
  readonly open: () => Promise<NeededSources>;
}

/** What an answer depends on, where it is less than everything. */
export interface LiveNeeds {
  /** Sources that it does without. */
  readonly unasked: readonly Source[];
  /** The calls that CloudTrail is asked for of a cluster, as far as EKS described it. */
  readonly listCalls: (cluster: Cluster) => readonly string[];
  /** Of what is older than its event history, the calls that a trail's files are searched for. */
  readonly filed: readonly string[];
}

export interface LiveRequest {
  readonly sink: EvidenceRecorder;
  readonly regions: readonly string[];
  /** The account that an ARN names; null: whatever the credentials lead to. */
  readonly account: string | null;
  /** The name of the only cluster to read; null: all of each region. */
  readonly cluster: string | null;
  readonly window: Window;
  /** Left out: everything is read. */
  readonly needs?: LiveNeeds;
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
  readonly sources: NeededSources;
}
