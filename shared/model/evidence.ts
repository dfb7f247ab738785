/** What was read, parsed, each record pointing at where it came from; and how much of it was read. */
import type { AwsAuth } from './aws-auth.ts';
import type { Config } from './config.ts';
import type { Coverage, Ref, Window } from './coverage.ts';
import type { AccessEntry, Cluster, IdentityProvider, LogGroup, WorkloadRole } from './eks.ts';
import type { IamAccount, IdentityCenterAssignment, Organization } from './iam.ts';
import type { Rbac } from './rbac.ts';
import type { AuditEvent, AuthenticatorRecord, CloudTrailEvent } from './records.ts';
import type { RegionEvidence } from './region.ts';
import type { StoredState } from './state.ts';

/** Who was seen, folded: one row for each identity, however many records it stands for. */
export interface Usage {
  readonly source: 'authenticator-log' | 'audit-log';
  readonly principalArn: string | null;
  readonly uniqueId: string | null;
  readonly username: string;
  readonly groups: readonly string[];
  /** The access policy that allowed the request (audit log only). */
  readonly policyArn: string | null;
  readonly sessionName: string | null;
  readonly accessKeyId: string | null;
  readonly stsEndpoint: string | null;
  readonly count: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** The last of them. */
  readonly evidence: Ref;
}

export interface ClusterEvidence {
  readonly cluster: Cluster;
  readonly accessEntries: readonly AccessEntry[];
  readonly awsAuth: AwsAuth | null;
  readonly rbac: Rbac;
  readonly identityProviders: readonly IdentityProvider[];
  readonly workloadRoles: readonly WorkloadRole[];
  readonly logGroup: LogGroup | null;
  /** Records that a detection, the creator or a grant's history may need; ordinary traffic is only in `usage`. */
  readonly authenticator: readonly AuthenticatorRecord[];
  readonly audit: readonly AuditEvent[];
  readonly cloudTrail: readonly CloudTrailEvent[];
  readonly usage: readonly Usage[];
  readonly coverage: readonly Coverage[];
}

export interface AccountEvidence {
  readonly account: string;
  readonly iam: IamAccount | null;
  readonly identityCenter: readonly IdentityCenterAssignment[] | null;
  readonly organization: Organization | null;
  /** Records of no single cluster of the evidence. */
  readonly cloudTrail: readonly CloudTrailEvent[];
  readonly coverage: readonly Coverage[];
  /** What calls to IAM gave since it was read without saying what that is: only another read shows it. */
  readonly unshown?: readonly string[];
}

export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly status: 'audited' | 'partial' | 'denied' | 'disabled' | 'unavailable';
  readonly clusters: number;
  readonly reason: string | null;
  readonly mend: string | null;
}

export interface EvidenceFile {
  readonly file: string;
  readonly sha256: string;
}

export interface Evidence {
  readonly window: Window | null;
  readonly scope: readonly Scope[];
  readonly clusters: readonly ClusterEvidence[];
  readonly accounts: readonly AccountEvidence[];
  /** Left out: nothing that lies with a region was looked for. */
  readonly regions?: readonly RegionEvidence[];
  readonly config: Config;
  readonly state: StoredState;
  readonly files: readonly EvidenceFile[];
  /** Files of the folder that belong to no known place, by name. */
  readonly strangers: readonly string[];
  readonly caller: string | null;
  readonly queries: readonly string[];
}
