/** IAM account details, reduced to what decides who can become whom. */
import type { Ref } from './coverage.ts';
import type { Principal } from './principal.ts';

/** One statement; every list is normalised from the string-or-array forms of IAM. Exactly one of each pair is set. */
export interface Statement {
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[] | null;
  readonly notActions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly notResources: readonly string[] | null;
  /** Only in trust policies: kind ("AWS", "Service", "Federated", "CanonicalUser", "*") to values. */
  readonly principals: Readonly<Record<string, readonly string[]>> | null;
  readonly notPrincipals: Readonly<Record<string, readonly string[]>> | null;
  /** Operator to condition key to values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly name: string;
  readonly arn: string | null;
  readonly statements: readonly Statement[];
  /** Language version; policy variables are plain text in "2008-10-17", which is what an absent Version means. */
  readonly version?: string;
}

interface IamPrincipal {
  readonly principal: Principal;
  readonly createdAt: string | null;
  /** Inline, attached, and (for users) those of the groups. */
  readonly policies: readonly PolicyDocument[];
  /** Names of policies that are attached but whose text was not in the details. */
  readonly unreadPolicies: readonly string[];
  /** null: no boundary. */
  readonly boundary: PolicyDocument | 'unread' | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly evidence: Ref;
}

export interface IamRole extends IamPrincipal {
  readonly kind: 'role';
  readonly trust: PolicyDocument;
  /** As it was read, where a record has changed it since. */
  readonly trustBefore?: PolicyDocument;
  readonly instanceProfiles: readonly string[];
  readonly lastUsedAt: string | null;
}

export interface IamUser extends IamPrincipal {
  readonly kind: 'user';
  readonly groups: readonly string[];
}

export interface IamAccount {
  readonly account: string;
  readonly roles: readonly IamRole[];
  readonly users: readonly IamUser[];
  /** Managed policies whose text was read, held by somebody or not; left out where only their holders matter. */
  readonly policies?: readonly ManagedPolicy[];
  readonly groups?: readonly IamGroup[];
}

export interface ManagedPolicy {
  /** The default version; null where it was not understood. */
  readonly document: PolicyDocument | null;
  readonly arn: string;
  readonly name: string;
  /** The text of each version as written, by its id. */
  readonly versions: ReadonlyMap<string, unknown>;
}

/** What it gives to its members. */
export interface IamGroup {
  readonly name: string;
  readonly policies: readonly PolicyDocument[];
  readonly unreadPolicies: readonly string[];
}

/** Who is assigned which permission set in an account, from identity-center.json. */
export interface IdentityCenterAssignment {
  readonly account: string;
  readonly permissionSet: string;
  /** The person: user name, with display name or e-mail where given. */
  readonly user: string;
  /** The user name alone, which is also the session name; absent when it was not read. */
  readonly userName?: string;
  /** The Identity Center group it comes through; null when assigned directly. */
  readonly group: string | null;
  /** True when the group is assigned but its members were not read: `user` then says so in words. */
  readonly membersUnread?: boolean;
  readonly evidence: Ref;
}

export interface Organization {
  readonly id: string | null;
  readonly accounts: readonly {
    readonly account: string;
    readonly name: string | null;
    readonly status: string | null;
  }[];
}
