/** All that the function query-new-logins asks of AWS, as one late import: the authenticator logs, the table and the bus. */
import type { LoginQueries } from '../../live-ports.ts';
import type { EventBus, FindingStore } from '../../ports.ts';
import { createAwsAccess, enterAccount } from '../access.ts';
import { withRole } from '../assumed-role.ts';
import { openEventBus } from '../event-bus.ts';
import { openFindingsTable } from '../findings-table.ts';
import { type DeployedHome, openHome } from '../home.ts';
import { partitionOf } from '../partition.ts';
import { openLoginQueries } from '../recent-logins.ts';
import { createScanBudget } from '../scan-price.ts';

export interface DeployedLoginQueries extends DeployedHome {
  readonly table: string;
  readonly busArn: string;
  readonly roleName: string;
  readonly externalId: string | null;
  readonly maxScanGb: number | null;
}

export interface OpenedLoginQueries {
  readonly store: FindingStore;
  readonly bus: EventBus;
  readonly open: (account: string) => LoginQueries;
}

/** The home account too is read through the role. The limit of bytes is one for all accounts and regions. */
export function openLoginQueriesOfAll(deployed: DeployedLoginQueries): OpenedLoginQueries {
  const { region, endpoint, version, roleName, externalId, maxScanGb } = deployed;
  const home = openHome(deployed);
  const partition = partitionOf(region).name;
  const budget = createScanBudget(maxScanGb);
  return {
    store: openFindingsTable(home, deployed.table),
    bus: openEventBus(home, deployed.busArn),
    open: (account) => {
      const roleArn = `arn:${partition}:iam::${account}:role/${roleName}`;
      const own = { region, version, endpoint: endpoint ?? undefined };
      const access = createAwsAccess(withRole(own, { roleArn, externalId }));
      return openLoginQueries(enterAccount(access, { account, partition }), budget);
    },
  };
}
