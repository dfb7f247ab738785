/** What the units of a nightly run left into what each place came to; a unit that left nothing says so. */
import { mapBounded } from '../bounded.ts';
import type { Scope } from '../model/evidence.ts';
import type { ObjectStore } from '../ports.ts';
import { describeUnended } from './audit-failure.ts';
import {
  type AuditPlan,
  findRunDocument,
  partKey,
  type RegionUnit,
  type RunPart,
  readRunDocument,
  UNKNOWN_ACCOUNTS,
} from './audit-run.ts';
import { addMends } from './live-scope.ts';

/** Of one account, or of what stands for several that are not known. */
export interface PlaceParts {
  readonly account: RunPart;
  readonly regions: readonly { readonly unit: RegionUnit; readonly parts: readonly RunPart[] }[];
  readonly parts: readonly RunPart[];
}

const READS_AT_ONCE = 64;

export async function gatherParts(
  { run, plan }: { readonly run: string; readonly plan: AuditPlan },
  store: ObjectStore,
): Promise<readonly PlaceParts[]> {
  const planned = await mapBounded(plan.accounts, READS_AT_ONCE, async ({ account }) => {
    const part = await readRunDocument(store, partKey(run, account), 'part');
    const units = plan.units.filter((unit) => unit.account === account && unit.clusters.length > 0);
    const regions = await mapBounded(units, READS_AT_ONCE, (unit) => gatherRegion({ run, unit }, store));
    return { account: part, regions, parts: [part, ...regions.flatMap(({ parts }) => parts)] };
  });
  const unknown = await findRunDocument(store, partKey(run, UNKNOWN_ACCOUNTS), 'part');
  return unknown === null ? planned : [...planned, { account: unknown, regions: [], parts: [unknown] }];
}

async function gatherRegion({ run, unit }: { readonly run: string; readonly unit: RegionUnit }, store: ObjectStore) {
  const { account, region, clusters } = unit;
  const ofRegion = await findRunDocument(store, partKey(run, account, region), 'part');
  const ofClusters = await mapBounded(clusters, READS_AT_ONCE, (name) =>
    findRunDocument(store, partKey(run, account, region, name), 'part'),
  );
  return { unit, parts: [ofRegion ?? describeLeftOut(unit), ...ofClusters.filter((part) => part !== null)] };
}

/** What is not there was not read: its silence must not pass for a clean log. */
export function describeLeftOut(
  unit: RegionUnit,
  reason = 'the function that was to collect it left nothing',
): RunPart {
  const { account, region, clusters } = unit;
  const ofClusters = clusters.length === 0 ? [] : (['authenticator-log', 'audit-log', 'cloudtrail'] as const);
  const read = describeUnended({ account, region, cluster: null }, ['trails', 'guardduty', ...ofClusters], reason);
  const row: Scope = { account, region, status: 'partial', clusters: clusters.length, reason, mend: null };
  return { ...read, scope: [row], caller: null };
}

/** The rows of the accounts, over which stands what the regions say of themselves, with what would mend each. */
export function stateScope(gathered: readonly PlaceParts[]): readonly Scope[] {
  return gathered.flatMap(({ account, regions }) =>
    account.scope.map((row) => {
      const parts = regions.find(({ unit }) => unit.region === row.region)?.parts ?? [];
      const own = parts.flatMap(({ scope }) => scope)[0];
      const mends = [...account.mends, ...parts.flatMap((part) => part.mends)];
      return addMends(own === undefined ? row : { ...row, status: own.status, reason: own.reason }, mends);
    }),
  );
}
