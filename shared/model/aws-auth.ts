/** The aws-auth ConfigMap as the authenticator would load it, with everything that is wrong in it. */
import type { Ref } from './coverage.ts';

export type AwsAuthSection = 'mapRoles' | 'mapUsers' | 'mapAccounts';

/** Where in the file: both count from 1, and point into the ConfigMap's own file (not into the inner YAML string). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type AwsAuthProblemCode =
  | 'section-lost' // YAML or type error: the authenticator drops the whole section
  | 'not-a-config-map'
  | 'value-not-a-string' // `mapRoles:` without `|`: the API server refuses the object
  | 'key-case' // top-level key in the wrong case, or one the authenticator does not know
  | 'row-invalid' // this row alone is dropped
  | 'row-not-a-mapping'
  | 'groups-lost' // groups is a string, or the key is misspelt: the row logs in without groups
  | 'group-suspicious' // one group that holds a space: two list items folded into one
  | 'username-missing'
  | 'arn-path' // a role ARN with a path never matches
  | 'arn-assumed-role' // an sts assumed-role ARN never matches
  | 'arn-malformed' // wildcard, IAM group, wrong account digits, blanks, not an ARN: never matches
  | 'arn-wrong-list' // user ARN under mapRoles or role ARN under mapUsers: matches all the same
  | 'sso-ineffective' // an `sso:` row needs a feature gate that is off by default
  | 'duplicate-arn' // an earlier row with the same ARN is ignored
  | 'unknown-key';

export interface AwsAuthProblem {
  readonly code: AwsAuthProblemCode;
  readonly section: AwsAuthSection | null;
  /** The ARN of the row, where there is one. */
  readonly arn: string | null;
  /** What is wrong, in words for people. */
  readonly message: string;
  /** What the authenticator really does with it. */
  readonly effect: string;
  /** How to mend it. */
  readonly mend: string;
  /** True when somebody loses access by it (or never gets it). */
  readonly losesAccess: boolean;
  readonly position: Position;
}

/** One row as the authenticator keeps it. */
export interface AwsAuthRow {
  readonly section: 'mapRoles' | 'mapUsers';
  /** As written. */
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
  /** False when no caller can ever match it (path, assumed-role form, malformed, sso) or a later duplicate replaced it. */
  readonly matches: boolean;
  /** Why it never matches. */
  readonly inertBecause: 'arn' | 'duplicate' | 'sso' | null;
  readonly position: Position;
  readonly evidence: Ref;
}

export interface AwsAuth {
  readonly rows: readonly AwsAuthRow[];
  /** Account ids: every IAM principal of them logs in, username = ARN, no groups. */
  readonly accounts: readonly { readonly account: string; readonly position: Position; readonly evidence: Ref }[];
  readonly lostSections: readonly AwsAuthSection[];
  readonly problems: readonly AwsAuthProblem[];
  readonly resourceVersion: string | null;
  readonly createdAt: string | null;
  readonly evidence: Ref;
}
