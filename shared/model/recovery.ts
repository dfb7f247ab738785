/** The way back into a cluster: how it stands, since which change, and every step that leads in again. */
import type { Creator, People } from './access.ts';
import type { Ref } from './coverage.ts';
import type { AuthenticationMode } from './eks.ts';

/** `locked-out`: no admin door is known to open. `degraded`: one opens, and something that should work does not. */
export type RecoveryState = 'locked-out' | 'degraded' | 'fine';

export type Standing = 'yes' | 'no' | 'unknown';

/** What must hold for a way to work, checked against the evidence. */
export interface Precondition {
  readonly what: string;
  readonly answer: Standing;
  readonly because: string;
  /** What trying shows; null where nothing is left to try. */
  readonly ifTried: string | null;
  /** What AccessDenied would mean. */
  readonly ifDenied: string | null;
  /** What comes next when it does not hold. */
  readonly next: string | null;
  /** Ready to paste to whoever must approve. */
  readonly message: string | null;
  readonly evidence: readonly Ref[];
}

/** A file that a command writes and another applies. */
export interface Manifest {
  readonly file: string;
  readonly text: string;
}

export const WAY_IDS = [
  'another-admin',
  'recreated-creator',
  'recreate-entry',
  'access-entry',
  'in-cluster-writer',
  'role-trust',
  'recreate-principal',
  'restore-aws-auth',
  'mode-switch',
  'ask-administrator',
  'aws-support',
] as const;
export type WayId = (typeof WAY_IDS)[number];

/** What a person does on a way back in, from top to bottom. */
export interface WaySteps {
  readonly title: string;
  readonly manifests: readonly Manifest[];
  /** For a shell, in one session, in this order. */
  readonly commands: readonly string[];
  /** What stands in for the commands of the same beginning where eks:TagResource or iam:Tag… is denied. */
  readonly ifTaggingDenied: readonly string[];
  readonly changes: string;
  readonly undo: readonly string[];
  /** What no command undoes; null when everything is undone. */
  readonly cannotUndo: string | null;
  /** Each waits for eventual consistency and says what 401, 403 and a timeout mean; the first defines what the others call. */
  readonly verify: readonly string[];
  readonly risk: string;
  /** What is open once it worked. */
  readonly opens: string;
}

/** What a way costs, however it is carried out. */
export interface WayHarm {
  /** From 0 (nothing changes) to 100. */
  readonly harm: number;
  readonly reversible: boolean;
}

/** One way back in. */
export interface WayBack extends WaySteps, WayHarm {
  readonly id: WayId;
  /** Stands under "if that fails". */
  readonly fallback: boolean;
  /** True when node roles get their mapping back first, with this way as the vehicle. */
  readonly mendsNodes: boolean;
  readonly preconditions: readonly Precondition[];
}

export interface NotOffered {
  readonly id: WayId;
  readonly title: string;
  readonly reason: string;
}

export const CHANGE_KINDS = [
  'aws-auth-written',
  'aws-auth-deleted',
  'entry-deleted',
  'policy-dissociated',
  'principal-deleted',
  'principal-recreated',
  'sso-suffix-changed',
  'trust-changed',
  'mode-changed',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A change that shut an admin door or took the nodes' mapping away. */
export interface AccessChange {
  readonly kind: ChangeKind;
  /** null when no record shows when. */
  readonly at: string | null;
  readonly summary: string;
  readonly actor: string | null;
  /** The principals that lost their way in by it. */
  readonly affected: readonly string[];
  readonly evidence: readonly Ref[];
}

/** A door that leads, or led, to admin. */
export interface AdminDoor {
  /** ARN, or the name of an OIDC user or group; null for a creator that nobody knows. */
  readonly principalArn: string | null;
  readonly via: 'access-entry' | 'aws-auth' | 'cluster-creator' | 'oidc';
  readonly level: 'cluster-admin' | 'admin-equivalent';
  readonly status: 'open' | 'shut' | 'unknown';
  readonly reason: string;
  readonly evidence: readonly Ref[];
}

export interface RecoveryCreator extends Creator {
  /** AROA… or AIDA… when the cluster was created, and now. */
  readonly uniqueIdThen: string | null;
  readonly uniqueIdNow: string | null;
  /** Whether it is still the principal that created the cluster, and not a later one of the same name. */
  readonly sameUniqueId: Standing;
  /** Who can become it. */
  readonly people: People;
}

export type NodeEntryType = 'EC2_LINUX' | 'EC2_WINDOWS' | 'FARGATE_LINUX';

export interface LostNodeRole {
  readonly roleArn: string;
  readonly entryType: NodeEntryType;
  /** What shows that nodes depend on it. */
  readonly usedBy: string;
  readonly evidence: readonly Ref[];
}

export interface LostNodes {
  readonly roles: readonly LostNodeRole[];
  readonly lostAt: string | null;
  /** The last moment at which a node can log in with a token that it already has; null when the loss has no time. */
  readonly loginUntil: string | null;
  readonly reason: string;
}

/** What infrastructure code will do to what was done by hand. */
export interface CodeNote {
  readonly title: string;
  readonly text: string;
  /** HCL to paste; null where there is none. */
  readonly code: string | null;
}

export interface RecoveryPlan {
  readonly schema: 'keyholder.recover/v1';
  readonly generatedAt: string;
  readonly cluster: {
    readonly arn: string;
    readonly name: string;
    readonly account: string;
    readonly region: string;
    readonly authenticationMode: AuthenticationMode | null;
    readonly version: string | null;
    readonly status: string | null;
  };
  /** As given with --as. */
  readonly caller: string | null;
  /** Who gets the temporary grant; null when the evidence names nobody who fits. */
  readonly recipient: string | null;
  readonly state: RecoveryState;
  /** The answer in one line. */
  readonly summary: string;
  /** Doors, aws-auth and nodes in another. */
  readonly detail: string;
  readonly since: string | null;
  readonly cause: AccessChange | null;
  /** Every change that shut a door, latest first. */
  readonly changes: readonly AccessChange[];
  /** What was not read and could change the answer. */
  readonly doubts: readonly string[];
  /** What nobody asked, since no way back in depends on it; left out: everything was. */
  readonly unasked?: readonly string[];
  readonly creator: RecoveryCreator;
  readonly doors: readonly AdminDoor[];
  readonly nodes: LostNodes;
  readonly ways: readonly WayBack[];
  readonly notOffered: readonly NotOffered[];
  /** How to read what a check prints. */
  readonly readings: readonly { readonly answer: string; readonly means: string; readonly next: string }[];
  /** Commands that remove temporary access at the end. */
  readonly removal: readonly string[];
  readonly codeNotes: readonly CodeNote[];
}
