/** What a stack gives its functions into access to its own bucket, table and topic. */
import { type AwsAccess, createAwsAccess } from './access.ts';

export interface DeployedHome {
  readonly region: string;
  readonly endpoint: string | null;
  readonly version: string;
}

/** With the function's own role. */
export function openHome({ region, endpoint, version }: DeployedHome): AwsAccess {
  return createAwsAccess({ region, version, endpoint: endpoint ?? undefined });
}
