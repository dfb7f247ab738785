/** Callers who tried to change the access of a cluster and were denied. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { isAccessCall, isDenied } from '../rules/access-calls.ts';
import { nameActor } from '../rules/actors.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

const WINDOW_MS = 60 * 60_000;
const MANY = 3;

export const accessChangeDenied: Detection = {
  id: 'access-change-denied',
  ref: 'AE-013',
  title: 'Denied attempt to change the access of a cluster',
  severity: 'medium',
  needs: [['cloudtrail']],
  why: 'Few principals have a reason to change who may enter a cluster. One that tries without the right is a pipeline set up wrongly, or somebody who is looking how far stolen credentials reach.',
  fix: 'Find out what the caller wanted. Give a pipeline the right that it needs, or take the call out; treat credentials that nobody answers for as stolen.',
  blindSpots:
    'A caller who is denied by the Kubernetes API leaves no record in CloudTrail. A record that names no cluster is told for every cluster of its account and region.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/logging-using-cloudtrail.html'],
  attack: ['T1098.006'],
  cis: [],
  correlate: (facts) => {
    const byCaller = new Map<string, Denials>();
    const add = (record: EvidenceRecord): void => {
      if (!isAccessCall(record) || !isDenied(record)) return;
      const caller = nameActor(record.actor);
      byCaller.set(caller, countDenial(byCaller.get(caller) ?? NO_DENIALS, record));
    };
    for (const record of facts === null ? [] : listUnnamed(facts)) add(record);
    return { add, matches: () => [...byCaller].map(([caller, denials]) => tell(caller, denials)) };
  },
};

/** Of one caller. A script that is denied all day long is counted, and a few of its calls are kept. */
interface Denials {
  readonly count: number;
  readonly names: ReadonlySet<string>;
  readonly hasBurst: boolean;
  readonly calls: readonly CloudTrailEvent[];
}

const NO_DENIALS: Denials = { count: 0, names: new Set(), hasBurst: false, calls: [] };
const MOST_CALLS = 60;

function countDenial({ count, names, hasBurst, calls }: Denials, call: CloudTrailEvent): Denials {
  const all = [...calls, call];
  const isFull = all.length > MOST_CALLS;
  const inOrder = isFull ? sortByTime(all) : all;
  return {
    count: count + 1,
    names: names.has(call.eventName) ? names : new Set([...names, call.eventName]),
    hasBurst: hasBurst || (isFull && isBurst(inOrder)),
    calls: isFull ? inOrder.slice(-MOST_CALLS / 2) : all,
  };
}

function sortByTime(calls: readonly CloudTrailEvent[]): readonly CloudTrailEvent[] {
  return [...calls].sort((a, b) => compareTimes(a.at, b.at));
}

/** A denied call may leave its parameters out, and the cluster with them. */
function listUnnamed({ accounts, cluster }: Facts): readonly CloudTrailEvent[] {
  const own = accounts.find(({ account }) => account === cluster.account);
  return (own?.cloudTrail ?? []).filter(
    ({ clusterName, region }) => clusterName === null && (region === null || region === cluster.region),
  );
}

function tell(caller: string, { count, names, hasBurst, calls }: Denials): Match {
  const inOrder = sortByTime(calls);
  const last = inOrder.at(-1);
  const isArn = calls.some(({ actor }) => actor.principalArn !== null);
  return {
    subject: isArn ? `iam:${caller}` : `user:${caller}`,
    severity: hasBurst || isBurst(inOrder) ? 'high' : 'medium',
    summary: `${caller} was denied ${[...names].sort().join(', ')}${count === 1 ? '' : `, ${count} times`}.`,
    actor: caller,
    at: last?.at ?? null,
    isPast: true,
    evidence: inOrder.map(({ evidence }) => evidence),
  };
}

function isBurst(inOrder: readonly CloudTrailEvent[]): boolean {
  return inOrder.some((first, index) => {
    const third = inOrder[index + MANY - 1];
    if (third === undefined || first.at === null || third.at === null) return false;
    return msBetween(first.at, third.at) <= WINDOW_MS;
  });
}
