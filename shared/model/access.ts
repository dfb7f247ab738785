/** Who holds what: mappings, grants, holders, and the levels that order them. */
import type { AwsAuthRow } from './aws-auth.ts';
import type { Ref } from './coverage.ts';
import type { AccessEntry, AccessScope, AssociatedPolicy } from './eks.ts';
import type { Identity, Principal } from './principal.ts';
import type { ReviewChange } from './review.ts';

/** From least to most; `unknown` stands above what is known to be harmless. */
export const LEVELS = [
  'limited',
  'sensitive-read',
  'namespace-admin',
  'unknown',
  'admin-equivalent',
  'cluster-admin',
] as const;
export type Level = (typeof LEVELS)[number];

/** A level, and the rule that gives it. */
export interface Graded {
  readonly level: Level;
  readonly reason: string;
}

/** A grant's reach: the whole cluster, or one namespace (which may hold a `*`, as access policies allow). */
export type GrantScope = 'cluster' | `namespace:${string}`;

export type Via =
  | 'access-policy'
  | 'access-entry-group'
  | 'access-entry-username'
  | 'aws-auth'
  | 'cluster-creator'
  | 'oidc'
  | 'service-account'
  | 'rbac';

/** One stop on the way from the door of a grant to what it allows. */
export interface GrantStep {
  readonly kind: 'policy' | 'user' | 'group' | 'binding' | 'role';
  /** A binding or role comes with its kind, and with its namespace where it has one. */
  readonly name: string;
}

export interface Grant {
  readonly via: Via;
  /** Policy, group, binding and role by name. */
  readonly detail: string;
  /** The same one by one, in order from the door on. */
  readonly steps?: readonly GrantStep[];
  readonly scope: GrantScope;
  readonly level: Level;
  readonly reason: string;
  readonly since: string | null;
  readonly evidence: readonly Ref[];
}

export type InertReason =
  | 'mode' // the authentication mode does not read this door
  | 'overridden-by-entry'
  | 'arn-never-matches'
  | 'duplicate-row'
  | 'sso-row'
  | 'principal-gone' // only for access entries: they match the unique id
  | 'principal-recreated'
  | 'root'; // an entry for the account root is accepted and ignored

export interface ResolvedPolicy extends AssociatedPolicy, Graded {}

/** Principal to Kubernetes identity, through one door. */
export interface Mapping {
  readonly principal: Principal;
  readonly identity: Identity;
  readonly via: 'access-entry' | 'aws-auth' | 'cluster-creator';
  readonly entry: AccessEntry | null;
  readonly row: AwsAuthRow | null;
  readonly policies: readonly ResolvedPolicy[];
  /** null when the door works. */
  readonly inert: InertReason | null;
  /** Whether IAM has the principal; null when not known. */
  readonly exists: boolean | null;
  readonly evidence: readonly Ref[];
}

export type HolderKind =
  | 'iam'
  | 'service-account'
  | 'oidc-user'
  | 'oidc-group'
  | 'kubernetes-user'
  | 'kubernetes-group';

export interface Holder {
  readonly kind: HolderKind;
  /** ARN, namespace/name of a service account, user or group name. */
  readonly name: string;
}

/** A value, or the reason why there is none and from when on we could have seen it. Never a bare null. */
export interface Known {
  readonly value: string | null;
  readonly status: 'known' | 'none-seen' | 'not-readable';
  readonly seenFrom: string | null;
  readonly reason: string | null;
}

export interface Person {
  readonly name: string;
  readonly principalArn: string | null;
  readonly kind: 'iam-user' | 'iam-role' | 'sso' | 'saml' | 'oidc' | 'service' | 'account';
  /** From the person to the holder, one step an element. */
  readonly path: readonly string[];
  readonly certainty: 'yes' | 'conditional' | 'unknown' | 'observed';
  readonly condition: string | null;
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
}

export interface People {
  readonly status: 'known' | 'none' | 'not-readable';
  readonly reason: string | null;
  readonly list: readonly Person[];
}

export type AccessKind = 'person' | 'role' | 'service' | 'node' | 'workload' | 'aws' | 'unknown';

/** One holder of a cluster with everything it holds: a row of the report's `access`. */
export interface Access {
  readonly holder: Holder;
  readonly principalArn: string | null;
  readonly exists: boolean | null;
  readonly level: Level;
  /** Why this level. */
  readonly reason: string;
  readonly kind: AccessKind;
  readonly grants: readonly Grant[];
  readonly since: Known;
  readonly grantedBy: Known;
  readonly lastUsedAt: Known;
  readonly people: People;
  /** Only in a report that was compared with an earlier one. */
  readonly change?: ReviewChange;
}

/** An IAM principal that holds nothing in the cluster, and whose own policies let it grant itself admin. */
export interface ShadowAdmin {
  readonly principal: Principal;
  readonly ways: readonly {
    /** Such as eks:CreateAccessEntry. */
    readonly action: string;
    readonly certainty: 'yes' | 'conditional' | 'unknown';
    readonly condition: string | null;
    /** ARNs of the users or roles that the call is made on; absent for calls on the cluster. */
    readonly targets?: readonly string[];
  }[];
  readonly evidence: readonly Ref[];
}

export interface ShadowAdmins {
  /** May do everything in the account; listed together, for there is no news in each. */
  readonly administrators: readonly Principal[];
  readonly others: readonly ShadowAdmin[];
}

export interface Creator {
  readonly principalArn: string | null;
  readonly confidence: 'proven' | 'likely' | 'unknown';
  readonly exists: boolean | null;
  readonly candidates: readonly string[];
  readonly evidence: readonly Ref[];
  /** Why no more is known, or how it is known. */
  readonly reason: string;
}

export type { AccessScope };
