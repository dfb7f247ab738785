/** Records of the three event streams, each normalised by its parser and still pointing at its raw line. */
import type { AwsAuth } from './aws-auth.ts';
import type { Ref } from './coverage.ts';
import type { Actor } from './principal.ts';
import type { Binding, Role } from './rbac.ts';

/** One CloudTrail record. Percent-encoded path parameters are decoded; absent fields are null. */
export interface CloudTrailEvent {
  readonly source: 'cloudtrail';
  readonly eventName: string;
  /** Such as eks.amazonaws.com. */
  readonly eventSource: string;
  readonly at: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly actor: Actor;
  /** False when errorCode is set: an attempt, not a change. */
  readonly succeeded: boolean;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly clusterName: string | null;
  /** ARN of the IAM principal the call is about, decoded. */
  readonly principalArn: string | null;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly eventId: string | null;
  /** True where request and response were too large to be kept, and only a part of them was. */
  readonly truncated?: boolean;
  readonly evidence: Ref;
}

export type AuditLevel = 'None' | 'Metadata' | 'Request' | 'RequestResponse';

/** An access object as a request left it, read from the event's bodies. */
export type Written =
  | { readonly kind: 'aws-auth'; readonly awsAuth: AwsAuth }
  | { readonly kind: 'binding'; readonly binding: Binding }
  | { readonly kind: 'role'; readonly role: Role };

/** One Kubernetes audit event at a stage that says what became of the request. */
export interface AuditEvent {
  readonly source: 'audit-log';
  readonly auditId: string | null;
  readonly at: string | null;
  readonly level: AuditLevel | null;
  readonly stage: string | null;
  readonly verb: string;
  readonly requestUri: string;
  readonly dryRun: boolean;
  readonly actor: Actor;
  readonly user: { readonly username: string; readonly uid: string | null; readonly groups: readonly string[] };
  /** The user asked to be, where the request impersonated. */
  readonly impersonated: { readonly username: string; readonly groups: readonly string[] } | null;
  readonly object: {
    readonly apiGroup: string;
    readonly resource: string;
    readonly subresource: string;
    readonly namespace: string | null;
    readonly name: string | null;
  } | null;
  /** HTTP status; null when the event has none. */
  readonly code: number | null;
  /** authorization.k8s.io/decision. */
  readonly decision: 'allow' | 'forbid' | null;
  /** authorization.k8s.io/reason. */
  readonly reason: string | null;
  /** The access policy that allowed it, parsed from `reason`. */
  readonly accessPolicy: { readonly principalArn: string; readonly policyArn: string } | null;
  readonly requestObject: unknown;
  readonly responseObject: unknown;
  /** The access object after the write, where the event carries it: evidence/written-object.ts fills it in. */
  readonly written?: Written | null;
  /** The event says that its bodies were cut (or the line itself was). */
  readonly truncated: boolean;
  readonly evidence: Ref;
}

export type DenialClass =
  | 'not-mapped'
  | 'mapper-error'
  | 'template-error'
  | 'bad-token'
  | 'expired-token'
  | 'sts-refused'
  | 'sts-throttled'
  | 'other';

interface AuthenticatorLine {
  readonly source: 'authenticator-log';
  readonly at: string | null;
  readonly level: string;
  readonly message: string;
  readonly evidence: Ref;
}

/** `access granted`: authentication only, and who it was taken for. */
export interface Login extends AuthenticatorLine {
  readonly kind: 'granted';
  /** Canonical ARN without path; null for scrubbed accounts. */
  readonly arn: string | null;
  readonly uniqueId: string | null;
  readonly account: string | null;
  readonly username: string;
  readonly groups: readonly string[];
  /** True when the groups cannot be told apart with certainty. */
  readonly groupsAmbiguous: boolean;
  readonly client: string | null;
  readonly stsEndpoint: string | null;
  /** From the STS line with the same `client`, where it was read. */
  readonly sessionName: string | null;
  readonly accessKeyId: string | null;
  /** For aggregated rows: how many logins it stands for, and the first of them. */
  readonly count: number;
  readonly firstAt: string | null;
}

export interface Denial extends AuthenticatorLine {
  readonly kind: 'denied';
  readonly arn: string | null;
  readonly error: string;
  readonly denial: DenialClass;
  readonly client: string | null;
}

/** `STS response`: the session behind a login. */
export interface StsResponse extends AuthenticatorLine {
  readonly kind: 'sts';
  /** Raw STS ARN, with session. */
  readonly arn: string;
  readonly account: string | null;
  readonly uniqueId: string | null;
  readonly sessionName: string | null;
  readonly accessKeyId: string | null;
  readonly client: string | null;
  readonly stsEndpoint: string | null;
}

/** `mapping IAM role|user`: a mapping that EKS itself mounted: service roles, and the creator of CONFIG_MAP times. */
export interface StartupMapping extends AuthenticatorLine {
  readonly kind: 'mapping';
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface ConfigMapMessage extends AuthenticatorLine {
  readonly kind: 'configmap-error' | 'configmap-deleted' | 'configmap-loaded';
}

/** Any other line that has a level and a message. */
export interface OtherLine extends AuthenticatorLine {
  readonly kind: 'other';
}

export type AuthenticatorRecord = Login | Denial | StsResponse | StartupMapping | ConfigMapMessage | OtherLine;

export type EvidenceRecord = CloudTrailEvent | AuditEvent | AuthenticatorRecord;
