/** What asks live AWS for a small answer, before or instead of a whole run. */
import type { StatedCoverage, Window } from './model/coverage.ts';
import type { ApiAnswer, DescribedCluster, Looked } from './model/first-answer.ts';
import type { Probe } from './model/preflight.ts';
import type { ClusterPlace, EventBus, LiveAccess, LiveCaller } from './ports.ts';

/** One small call for each right of a live run. Throws only where there are no credentials at all. */
export interface LiveProbes {
  readonly readCaller: () => Promise<LiveCaller>;
  readonly probeAccount: (account: string) => Promise<readonly Probe[]>;
  readonly probeRegion: (account: string, region: string) => Promise<readonly Probe[]>;
  /** The names of the clusters as well: null where they cannot be listed. */
  readonly listClusters: (
    account: string,
    region: string,
  ) => Promise<{ readonly probe: Probe; readonly names: readonly string[] | null }>;
  readonly probeCluster: (place: ClusterPlace) => Promise<readonly Probe[]>;
}

export type OpenLiveProbes = (access: LiveAccess) => LiveProbes;

/** One way of coming to a cluster: the shell's credentials, or those that kubectl would take. */
export interface AccessLook {
  readonly identify: () => Promise<Looked<LiveCaller>>;
  readonly describe: (cluster: string) => Promise<Looked<DescribedCluster>>;
  /** One request: may the caller do everything in the cluster? */
  readonly ask: (cluster: string, server: Pick<DescribedCluster, 'endpoint' | 'ca'>) => Promise<ApiAnswer>;
}

/** Makes no call yet; every call of the look ends with `signal`. */
export type OpenAccessLook = (
  access: Pick<LiveAccess, 'region' | 'profile' | 'roleArn' | 'endpoint'>,
  signal: AbortSignal,
) => AccessLook;

/** A rule of a bus. */
export interface BusRule {
  readonly isOn: boolean;
  /** JSON; null for a schedule. */
  readonly pattern: string | null;
}

/** Puts events where the services of an account put theirs. Throws only where there are no credentials at all. */
export interface EventSender {
  readonly identify: () => Promise<LiveCaller>;
  /** The default bus of the caller's account. */
  readonly openBus: (caller: LiveCaller, region: string) => EventBus;
  /** Of that bus. Throws KeyholderError where they cannot all be listed. */
  readonly listRules: (region: string) => Promise<readonly BusRule[]>;
}

/** Makes no call yet. */
export type OpenEventSender = (
  access: Pick<LiveAccess, 'region' | 'profile' | 'roleArn' | 'endpoint'> & { readonly version: string },
) => EventSender;

export interface Subscription {
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
}

/** The log groups of one account and region, and who is told of their lines. Throws KeyholderError on any failure. */
export interface LogSubscriptions {
  readonly listGroups: (prefix: string) => Promise<readonly { readonly name: string; readonly isStandard: boolean }[]>;
  readonly listSubscriptions: (logGroup: string) => Promise<readonly Subscription[]>;
  readonly putSubscription: (logGroup: string, subscription: Subscription) => Promise<void>;
}

/** Of clusters of one account and region. */
export interface LoginQuestion {
  readonly clusters: readonly ClusterPlace[];
  readonly window: Window;
  /** Those of them whose denied logins and broken mappings are asked for as well. */
  readonly withFaults: readonly ClusterPlace[];
  readonly signal: AbortSignal;
}

export interface RecentLogins {
  readonly cluster: ClusterPlace;
  /** How far its authenticator log was read. */
  readonly coverage: StatedCoverage;
  /** False: the cluster writes no such log. */
  readonly isLogged: boolean;
  /** As authenticator.log of an evidence folder holds them. */
  readonly lines: readonly string[];
}

/** The logs of an account while they are written: its authenticator logs of the last minutes, and who else is told of them. */
export interface LoginQueries {
  /** Never throws for what is refused: that is coverage. */
  readonly read: (question: LoginQuestion) => Promise<readonly RecentLogins[]>;
  /** Of the log group of the cluster. Throws KeyholderError. */
  readonly listSubscriptions: (cluster: ClusterPlace, signal: AbortSignal) => Promise<readonly Subscription[]>;
}
