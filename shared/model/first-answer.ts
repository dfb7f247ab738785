/** What can be said of a lockout within seconds, with two permissions: is it you, or is it everybody? */

export type LookFailureKind = 'denied' | 'expired' | 'no-credentials' | 'missing' | 'network' | 'other';

/** What was looked up, or why it could not be. */
export type Looked<T> =
  | { readonly value: T; readonly failure: null }
  | {
      readonly value: null;
      readonly failure: { readonly kind: LookFailureKind; readonly reason: string; readonly mend: string | null };
    };

/** What DescribeCluster says that decides who reaches the cluster. */
export interface DescribedCluster {
  readonly arn: string;
  /** null while the cluster is being made. */
  readonly endpoint: string | null;
  /** PEM. */
  readonly ca: string | null;
  readonly status: string;
  readonly authenticationMode: string | null;
  readonly isPublic: boolean;
  readonly publicCidrs: readonly string[];
}

/** What the API server made of one request. */
export type ApiAnswer =
  | { readonly kind: 'allowed' | 'not-allowed' | 'unauthorized' }
  | { readonly kind: 'failing'; readonly status: number }
  | { readonly kind: 'silent'; readonly reason: string };

/** How kubectl comes to the cluster, by its own configuration. */
export interface KubeconfigEntry {
  readonly file: string;
  readonly context: string;
  readonly isCurrent: boolean;
  readonly server: string | null;
  /** PEM. */
  readonly ca: string | null;
  /** Names in the exec section: what fetches the token, for whom, where. */
  readonly command: string | null;
  readonly cluster: string | null;
  readonly region: string | null;
  readonly profile: string | null;
  readonly roleArn: string | null;
  /** Of an ARN that names the entry. */
  readonly account: string | null;
}

interface Identity {
  readonly arn: string;
  readonly account: string;
}

export interface FirstLook {
  readonly cluster: string;
  readonly region: string;
  /** null where the flags name no account. */
  readonly account: string | null;
  readonly shell: Looked<Identity>;
  /** null where no kubeconfig has the cluster: kubectl was not set up for it. */
  readonly kubeconfig: KubeconfigEntry | null;
  /** Who kubectl comes as; null where it comes as the shell does. */
  readonly kubectl: Looked<Identity> | null;
  readonly described: Looked<DescribedCluster> | null;
  /** null where nothing was asked. */
  readonly api: ApiAnswer | null;
}

export const FIRST_ANSWERS = [
  'no-login',
  'expired-login',
  'wrong-account',
  'wrong-region',
  'not-found',
  'stale-kubeconfig',
  'not-active',
  'unreachable',
  'other-identity',
  'not-mapped',
  'mapped-without-rights',
  'works',
  'not-known',
] as const;
export type FirstAnswerId = (typeof FIRST_ANSWERS)[number];

export interface FirstAnswer {
  readonly schema: 'keyholder.first-answer/v1';
  readonly generatedAt: string;
  readonly cluster: string;
  readonly region: string;
  readonly id: FirstAnswerId;
  /** Whom it keeps out. */
  readonly concerns: 'you' | 'everybody' | 'nobody' | 'unknown';
  /** The answer in one line. */
  readonly title: string;
  readonly because: readonly string[];
  /** Between the shell and what kubectl does. */
  readonly differences: readonly string[];
  readonly mend: readonly string[];
  /** What would tell more, and what that costs. */
  readonly refine: readonly { readonly what: string; readonly cost: string; readonly command: string }[];
}
