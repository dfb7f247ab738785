/** What the EKS API says of one cluster. */
import type { Ref } from './coverage.ts';
import type { Principal } from './principal.ts';

export type AuthenticationMode = 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API';

export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** ISO; null when describe-cluster was not read. It names the life of the cluster. */
  readonly createdAt: string | null;
  /** Kubernetes minor version such as "1.31"; null when not known (counts as older than 1.32). */
  readonly version: string | null;
  readonly platformVersion: string | null;
  readonly status: string | null;
  /** null when not known; an absent accessConfig on a described cluster is CONFIG_MAP. */
  readonly authenticationMode: AuthenticationMode | null;
  readonly bootstrapCreatorAdmin: boolean | null;
  /** Control-plane log types that are on; null when not known. */
  readonly logTypes: readonly string[] | null;
  readonly endpoint: {
    readonly publicAccess: boolean;
    readonly privateAccess: boolean;
    readonly publicCidrs: readonly string[];
  } | null;
  readonly roleArn: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly evidence: readonly Ref[];
}

export type AccessScope =
  | { readonly type: 'cluster' }
  | { readonly type: 'namespace'; readonly namespaces: readonly string[] };

export interface AssociatedPolicy {
  readonly policyArn: string;
  /** Last segment of the ARN: the key of the table in shared/rules/access-policies.ts. */
  readonly name: string;
  readonly scope: AccessScope;
  readonly associatedAt: string | null;
  readonly modifiedAt: string | null;
}

export interface AccessEntry {
  readonly principal: Principal;
  /** STANDARD, EC2_LINUX, …; AWS adds types, so any string. */
  readonly type: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly evidence: Ref;
}

export interface IdentityProvider {
  readonly name: string;
  readonly issuerUrl: string | null;
  readonly usernamePrefix: string | null;
  readonly groupsPrefix: string | null;
  readonly status: string | null;
  readonly evidence: Ref;
}

/** An IAM role that EKS gives to nodes or workloads of this cluster. */
export interface WorkloadRole {
  readonly kind: 'node-group' | 'fargate-profile' | 'pod-identity' | 'capability' | 'irsa';
  /** The node group, profile, capability, or namespace/service-account that uses it. */
  readonly name: string;
  readonly roleArn: string;
  readonly evidence: Ref;
}

export interface LogGroup {
  readonly name: string;
  readonly retentionDays: number | null;
  readonly logClass: string | null;
  readonly evidence: Ref;
}
