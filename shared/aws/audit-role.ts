/** The role that a stack has in every account into the live sources of each. */
import type { LiveSources } from '../ports.ts';
import type { DeployedHome } from './home.ts';
import { createLiveSources } from './live.ts';
import { partitionOf } from './partition.ts';

export interface AuditRole extends DeployedHome {
  readonly roleName: string;
  readonly externalId: string | null;
  readonly trailBucket: string | null;
  readonly maxScanGb: number | null;
  /** How many functions read the same account and region at once. */
  readonly sharedBy?: number;
}

/** The home account too is read through the role: what a function may do is in one place. */
export function openAuditRole(role: AuditRole): (account: string, now: string) => LiveSources {
  const { roleName, ...access } = role;
  return (account, now) =>
    createLiveSources({
      ...access,
      now,
      profile: null,
      roleArn: `arn:${partitionOf(role.region).name}:iam::${account}:role/${roleName}`,
    });
}
