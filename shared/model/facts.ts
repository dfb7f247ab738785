/** What detections select from: the joined facts of one cluster. A calculation belongs in shared/access, never in a detection. */
import type { Access, Creator, Graded, Mapping, ShadowAdmins } from './access.ts';
import type { AwsAuth } from './aws-auth.ts';
import type { Config } from './config.ts';
import type { Coverage } from './coverage.ts';
import type { AccessEntry, Cluster, IdentityProvider, WorkloadRole } from './eks.ts';
import type { AccountEvidence, Usage } from './evidence.ts';
import type { Binding, PolicyRule, Role } from './rbac.ts';
import type { EvidenceRecord } from './records.ts';
import type { RegionEvidence } from './region.ts';
import type { StoredState } from './state.ts';

/** A binding with its role found, its rules put together, and its level at its own scope. */
export interface ResolvedBinding extends Binding, Graded {
  /** null when the role does not exist: the binding grants nothing until someone creates it. */
  readonly resolvedRole: ResolvedRole | null;
  /** True when binding, subjects and role are by content what Kubernetes, EKS or an AWS add-on ships. */
  readonly isDefault: boolean;
}

export interface ResolvedRole extends Role, Graded {
  /** Own rules, or those of the aggregated roles. */
  readonly effectiveRules: readonly PolicyRule[];
  readonly isDefault: boolean;
}

export interface Facts {
  readonly now: string;
  readonly cluster: Cluster;
  /** Tagged production by keyholder.yml's rule. */
  readonly isProduction: boolean;
  /** Anonymous requests are answered 401 outside the health paths (Kubernetes 1.32 and later). */
  readonly anonymousRefused: boolean;
  readonly entries: readonly AccessEntry[];
  readonly awsAuth: AwsAuth | null;
  /** Every door, inert ones too. */
  readonly mappings: readonly Mapping[];
  readonly access: readonly Access[];
  readonly creator: Creator;
  readonly shadowAdmins: ShadowAdmins;
  readonly roles: readonly ResolvedRole[];
  readonly bindings: readonly ResolvedBinding[];
  /** By `${subject.kind}/${name}`, service accounts as `ServiceAccount/<namespace>/<name>`. */
  readonly bindingsBySubject: ReadonlyMap<string, readonly ResolvedBinding[]>;
  readonly identityProviders: readonly IdentityProvider[];
  readonly workloadRoles: readonly WorkloadRole[];
  readonly usage: readonly Usage[];
  /** All records of this cluster and life, oldest first. */
  readonly records: readonly EvidenceRecord[];
  /** The cluster's account first, then the others of the evidence. */
  readonly accounts: readonly AccountEvidence[];
  /** That of the cluster; left out where none was looked for. */
  readonly region?: RegionEvidence;
  readonly config: Config;
  readonly state: StoredState;
  readonly coverage: readonly Coverage[];
}
