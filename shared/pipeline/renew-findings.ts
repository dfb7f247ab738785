/** What stands in the table into Security Hub again, a part of it each night, before it forgets what nobody tells it of. */
import { mapBounded } from '../bounded.ts';
import { isOfRegion } from '../findings/region-findings.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { isTurnOf } from '../findings/renewal-turns.ts';
import type { SecurityHub } from '../message-port.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { Renewal } from '../model/renewal.ts';
import type { Report } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { type AsffFinding, toAsff } from '../reports/asff.ts';
import { type Place, viewRemembered } from '../reports/view-security.ts';
import type { AuditPlan } from './audit-run.ts';
import { isOfState } from './detection-rules.ts';
import { partitionOfRegion } from './region-rows.ts';
import { VERSION } from './version.ts';

export interface RenewPorts {
  /** Nothing is written. */
  readonly rows: Pick<FindingStore, 'list'>;
  readonly hub: SecurityHub;
  /** Where the findings go in. */
  readonly home: Place;
}

export interface RenewedNight {
  readonly report: Pick<Report, 'clusters' | 'findings'>;
  readonly plan: Pick<AuditPlan, 'now' | 'units' | 'accounts'>;
  readonly signal: AbortSignal;
}

const READS_AT_ONCE = 16;
const IN_A_BATCH = 100;
const NO_TIME = 'the function had no more time';

/** Never throws: the digest is still to be sent, and says what was not given. null where there is no Security Hub. */
export async function renewFindings(night: RenewedNight, ports: RenewPorts | null): Promise<Renewal | null> {
  if (ports === null) return null;
  const failures = new Set<string>();
  let unread = 0;
  const due = await mapBounded(await listPartitions(night, ports, failures), READS_AT_ONCE, async (partition) => {
    const found = await readDue(partition, night, ports).catch((error: unknown) => describe(error));
    if (typeof found !== 'string') return found;
    failures.add(found);
    unread += 1;
    return [];
  });
  const findings = due.flat();
  const renewed = await giveAgain(findings, { night, ports, failures });
  return { renewed, left: findings.length - renewed, unread, reasons: [...failures] };
}

/**
 * Those of clusters that were audited, and of regions that nobody could list: what stood there is not gone for that;
 * and those of all their accounts, for what is of no cluster.
 */
async function listPartitions(
  { report, plan }: RenewedNight,
  { rows }: RenewPorts,
  failures: Set<string>,
): Promise<readonly string[]> {
  const listed = new Set(plan.units.map(({ account, region }) => `${account} ${region}`));
  const audited = report.clusters.map(({ arn }) => arn);
  const planned = plan.accounts.map(({ account }) => account);
  const known = await rows.list('estate', 'cluster#').catch((error: unknown) => {
    failures.add(`clusters that were not audited: ${describe(error)}`);
    return [];
  });
  const others = known
    .flatMap(({ body }) => unwrapRemembered('cluster', body) ?? [])
    .filter(({ account, region }) => !listed.has(`${account} ${region}`));
  const accounts = [...planned, ...others.map(({ account }) => account)];
  return [
    ...new Set([
      ...audited,
      ...others.map(({ arn }) => arn),
      ...accounts.map((account) => partitionOfRegion({ account })),
    ]),
  ];
}

async function readDue(
  partition: string,
  { plan, signal }: RenewedNight,
  { rows }: RenewPorts,
): Promise<readonly RememberedFinding[]> {
  if (signal.aborted) throw new Error(NO_TIME);
  const stored = (await rows.list(partition, 'finding#')).flatMap(
    ({ body }) => unwrapRemembered('finding', body) ?? [],
  );
  return stored.filter((one) => isTurnOf(one, plan.now) && isStanding(one, plan));
}

/** What is over was archived when it ended; what lacks in a region matters as long as there are clusters. */
function isStanding(finding: RememberedFinding, { units }: RenewedNight['plan']): boolean {
  const isOfNoCluster = units.some((unit) => unit.clusters.length === 0 && isOfRegion(finding, unit));
  return finding.status !== 'resolved' && isOfState(finding) && !isOfNoCluster;
}

interface Giving {
  readonly night: RenewedNight;
  readonly ports: RenewPorts;
  readonly failures: Set<string>;
}

/** How many were taken. */
async function giveAgain(findings: readonly RememberedFinding[], { night, ports, failures }: Giving): Promise<number> {
  const seenAt = listSeen(night);
  let taken = 0;
  for (let from = 0; from < findings.length; from += IN_A_BATCH) {
    const batch = findings.slice(from, from + IN_A_BATCH);
    try {
      if (night.signal.aborted) throw new Error(NO_TIME);
      const documents = batch.map((one) => describeStanding(one, { now: night.plan.now, home: ports.home, seenAt }));
      const refused = await ports.hub.importFindings(documents);
      for (const { reason } of refused) failures.add(reason);
      taken += batch.length - refused.length;
    } catch (error) {
      failures.add(describe(error));
    }
  }
  return taken;
}

/** By the night's own reads. */
function listSeen({ report, plan }: RenewedNight): ReadonlyMap<string, string> {
  const found = [...report.clusters.flatMap(({ findings }) => findings), ...report.findings];
  const due = found.filter((finding) => isTurnOf(finding, plan.now));
  return new Map(due.map(({ fingerprint, lastSeenAt }) => [fingerprint, lastSeenAt]));
}

/**
 * As old as the night, whose rows were read after it began: a change that somebody tells of meanwhile is dated later,
 * and nothing here sets it back, whichever of the two comes first.
 */
function describeStanding(finding: RememberedFinding, { now, home, seenAt }: Standing): AsffFinding {
  const seen = seenAt.get(finding.fingerprint);
  return toAsff(viewRemembered(finding, { reportedAt: now, product: VERSION, home, seenAt: seen }), home);
}

interface Standing {
  readonly now: string;
  readonly home: Place;
  /** By fingerprint: when the night saw it. */
  readonly seenAt: ReadonlyMap<string, string>;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
