/** Where each document of the evidence folder lies, and under which names; docs/evidence-folder.md says how to make them. */
import type { AccountDocument, ClusterDocument, RegionDocument, TopDocument } from '../ports.ts';

/** The first name that is there is read; each may also end in `.gz`. */
type Names<Document extends string> = Readonly<Record<Document, readonly string[]>>;

export const CLOUDTRAIL_FOLDER = 'cloudtrail';

export const TOP_NAMES: Names<TopDocument> = {
  manifest: ['manifest.json'],
  state: ['state.json'],
  config: ['keyholder.yml'],
};

export const ACCOUNT_NAMES: Names<Exclude<AccountDocument, 'cloudtrail'>> = {
  iam: ['iam.json'],
  'identity-center': ['identity-center.json'],
  organization: ['organization.json'],
};

export const REGION_NAMES: Names<RegionDocument> = {
  trails: ['trails.json'],
  guardduty: ['guardduty.json'],
};

export const CLUSTER_NAMES: Names<ClusterDocument> = {
  'describe-cluster': ['describe-cluster.json'],
  'access-entries': ['access-entries.json'],
  'aws-auth': ['aws-auth.yaml', 'aws-auth.json'],
  rbac: ['rbac.json'],
  'authenticator-log': ['authenticator.log'],
  'audit-log': ['audit.ndjson'],
  'node-groups': ['node-groups.json'],
  'fargate-profiles': ['fargate-profiles.json'],
  'identity-providers': ['identity-providers.json'],
  'pod-identity': ['pod-identity.json'],
  capabilities: ['capabilities.json'],
  'log-group': ['log-group.json'],
};

export function isAccountName(name: string): boolean {
  return /^\d{12}$/.test(name);
}

/** By shape, not by list: AWS opens several regions a year, and partitions with prefixes of their own. */
export function isRegionName(name: string): boolean {
  return /^[a-z]{2,8}(?:-[a-z]{1,16}){1,4}-\d{1,2}$/.test(name);
}
