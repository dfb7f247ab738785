/** The move from aws-auth to access entries: what becomes of each row, the proof that access stays, and the steps in order. */
import type { AwsAuthSection } from './aws-auth.ts';
import type { Ref } from './coverage.ts';
import type { AccessScope, AuthenticationMode } from './eks.ts';
import type { AskedCluster, Gap } from './explanation.ts';
import type { BindingKind, PolicyRule, RoleKind } from './rbac.ts';

/** Why a row, or a part of aws-auth, cannot move as it is. */
export const BLOCK_REASONS = [
  'map-accounts',
  'section-lost',
  'service-linked-role',
  'principal-gone',
  'account-root',
  'federated-user',
  'ambiguous-duplicate',
  'creator-not-proven',
  'entry-in-the-way',
  'node-of-another-account',
  'node-and-more',
  'group-template',
  'system-group',
  'username-template',
  'rbac-not-read',
  'access-differs',
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** Why a row goes without anything in its place: it gives nobody anything today, or something else gives the same. */
export const DROP_REASONS = [
  'mode',
  'duplicate',
  'never-matches',
  'sso-row',
  'overridden-by-entry',
  'creator',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export const DECISIONS = ['entry', 'policy', 'node-entry', 'left-to-eks', 'dropped', 'blocked'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface PlannedPolicy {
  readonly policyArn: string;
  readonly name: string;
  readonly scope: AccessScope;
}

/** An access entry as the commands make it. */
export interface PlannedEntry {
  readonly principalArn: string;
  /** STANDARD, or the type of a node. */
  readonly type: string;
  /** null: EKS writes its own. */
  readonly username: string | null;
  readonly groups: readonly string[];
  readonly policies: readonly PlannedPolicy[];
}

/** A binding to a new group, which gives what a name that entries cannot carry gave. */
export interface PlannedBinding {
  readonly kind: BindingKind;
  readonly name: string;
  readonly namespace: string | null;
  readonly role: { readonly kind: RoleKind; readonly name: string };
  readonly group: string;
  /** The group or user that it stands for. */
  readonly standsFor: { readonly kind: 'Group' | 'User'; readonly name: string };
}

export interface RowDecision {
  readonly section: AwsAuthSection;
  /** Of the row, as written; the account id of mapAccounts; null for a section that was lost. */
  readonly arn: string | null;
  /** 0 where the row has no place in a file. */
  readonly line: number;
  readonly username: string;
  readonly groups: readonly string[];
  readonly decision: Decision;
  /** null where the row moves. */
  readonly reason: BlockReason | DropReason | null;
  /** One sentence. */
  readonly because: string;
  /** What to do about it, where something can be done. */
  readonly advice: string | null;
  readonly commands: readonly string[];
  readonly entry: PlannedEntry | null;
  readonly evidence: readonly Ref[];
}

/** Verbs on resources, or on paths, in one place. */
export interface AccessDifference extends PolicyRule {
  readonly change: 'gained' | 'lost';
  /** null for the whole cluster. */
  readonly namespace: string | null;
  readonly text: string;
}

export interface ProvenPrincipal {
  readonly principalArn: string;
  readonly outcome: 'same' | 'differs' | 'nobody'; // nobody: IAM has no such principal, so nobody has the access
  /** `identity`: username, groups and policies are the same, whatever RBAC says. `rules`: all permissions were compared. */
  readonly basis: 'identity' | 'rules';
  readonly levelBefore: string;
  readonly levelAfter: string;
  /** The door that lets it in; null where none does. */
  readonly doorBefore: string | null;
  readonly doorAfter: string | null;
  readonly usernameBefore: string | null;
  readonly usernameAfter: string | null;
  readonly differences: readonly AccessDifference[];
}

/** A username that the move changes, and the bindings that name the old or the new one. */
export interface UsernameChange {
  readonly principalArn: string;
  readonly before: string;
  readonly after: string;
  readonly bindings: readonly { readonly binding: string; readonly user: string; readonly change: 'gained' | 'lost' }[];
}

export interface MigrationProof {
  readonly equal: boolean;
  readonly principals: readonly ProvenPrincipal[];
  readonly usernames: readonly UsernameChange[];
}

export interface MigrationStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly isOneWay: boolean;
  readonly commands: readonly string[];
  /** They only read. */
  readonly checks: readonly string[];
  readonly undo: readonly string[];
}

export const ARRIVALS = [
  'through-entry',
  'through-aws-auth',
  'refused',
  'not-seen',
  'no-entry',
  'entry-differs',
] as const;
export type Arrival = (typeof ARRIVALS)[number];

/** What the logs show of one principal since its entry was made. */
export interface VerifiedPrincipal {
  readonly principalArn: string;
  readonly arrival: Arrival;
  readonly isExpected: boolean;
  readonly lastAt: string | null;
  /** From when on it could have been seen; null where no log was read. */
  readonly seenFrom: string | null;
  readonly because: string;
  readonly evidence: readonly Ref[];
}

export interface Verification {
  readonly isDone: boolean;
  readonly answer: string;
  readonly principals: readonly VerifiedPrincipal[];
}

export interface MigrationPlan {
  readonly schema: 'keyholder.migrate/v1';
  readonly generatedAt: string;
  readonly cluster: AskedCluster;
  /** In one line. */
  readonly answer: string;
  readonly outcome: 'ready' | 'blocked' | 'nothing-to-do' | 'not-readable';
  /** The mode that the steps end in. */
  readonly target: AuthenticationMode | null;
  readonly decisions: readonly RowDecision[];
  readonly entries: readonly PlannedEntry[];
  readonly bindings: readonly PlannedBinding[];
  readonly proof: MigrationProof;
  readonly steps: readonly MigrationStep[];
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
  /** null unless it was asked for. */
  readonly verification: Verification | null;
}
