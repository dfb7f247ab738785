/** Who acts: IAM principals, Kubernetes identities, and the actors that records name. */

export type PrincipalType = 'role' | 'user' | 'root' | 'federated-user' | 'service' | 'unknown';

/** An IAM principal, as far as a record names it. `name` is without path; `arn` carries the path where the record gave it. */
export interface Principal {
  readonly arn: string;
  readonly type: PrincipalType;
  readonly partition: string;
  readonly account: string;
  readonly name: string;
  readonly path: string;
  /** AROA… or AIDA…, where known. */
  readonly uniqueId: string | null;
}

/** A Kubernetes username and groups; either may hold templates such as {{SessionName}}. */
export interface Identity {
  readonly username: string;
  readonly groups: readonly string[];
}

/** Who made a call, as CloudTrail or the audit log states it. */
export interface Actor {
  /** The role or user behind a session (with path where given), or a Kubernetes user name, or a service. Shown to people. */
  readonly name: string;
  readonly kind: 'role' | 'user' | 'root' | 'service' | 'kubernetes-user' | 'service-account' | 'account' | 'unknown';
  readonly principalArn: string | null;
  readonly uniqueId: string | null;
  /** Chosen by whoever assumed the role: a hint, never a proof. */
  readonly sessionName: string | null;
  readonly accessKeyId: string | null;
  /** A service that called on the actor's behalf, such as cloudformation.amazonaws.com. */
  readonly invokedBy: string | null;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
}
