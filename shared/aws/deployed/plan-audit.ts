/** What plan-audit is given of AWS, as one file to load late. */
import type { ObjectStore } from '../../ports.ts';
import { type ListedAccounts, listAccounts } from '../account-list.ts';
import { openAuditRole } from '../audit-role.ts';
import { openBucket } from '../bucket.ts';
import { openHome } from '../home.ts';
import { type AccountSources, openAccountSources } from '../live-account.ts';
import { openLiveRun } from '../live-run.ts';
import type { DeployedAudit } from './collect-region.ts';

export interface PlanAdapters {
  readonly store: ObjectStore;
  readonly open: (account: string, now: string) => AccountSources;
  readonly listAccounts: (named: readonly string[]) => Promise<ListedAccounts>;
}

export function openPlan({ bucket, ...role }: DeployedAudit): PlanAdapters {
  const home = openHome(role);
  return {
    store: openBucket(home, bucket),
    open: openAuditRole(role, (access) => openAccountSources(openLiveRun(access))),
    listAccounts: (named) => listAccounts(home, named),
  };
}
