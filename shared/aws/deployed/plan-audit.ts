/** What plan-audit is given of AWS, as one file to load late. */
import { type ListedAccounts, listAccounts } from '../account-list.ts';
import { openHome } from '../home.ts';
import { type AuditAdapters, type DeployedAudit, openRegionAudit } from './collect-region.ts';

export interface PlanAdapters extends AuditAdapters {
  readonly listAccounts: (named: readonly string[]) => Promise<ListedAccounts>;
}

export function openPlan(deployed: DeployedAudit): PlanAdapters {
  const home = openHome(deployed);
  return { ...openRegionAudit(deployed), listAccounts: (named) => listAccounts(home, named) };
}
