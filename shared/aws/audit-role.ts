/** The role that a stack has in every account into what is read of each with it. */
import type { LiveAccess } from '../ports.ts';
import type { DeployedHome } from './home.ts';
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
export function openAuditRole<Sources>(
  role: AuditRole,
  openSources: (access: LiveAccess) => Sources,
): (account: string, now: string) => Sources {
  const { roleName, ...access } = role;
  return (account, now) =>
    openSources({
      ...access,
      now,
      profile: null,
      roleArn: `arn:${partitionOf(role.region).name}:iam::${account}:role/${roleName}`,
    });
}
