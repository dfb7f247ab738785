/** An event of the home bus into alerts: on the cluster that it names, or on those whose admins it touches. */
import { KeyholderError } from '../errors.ts';
import { fitRecord } from '../evidence/fit-record.ts';
import { type Arrival, parseArrivals } from '../evidence/happenings.ts';
import { createObserver } from '../findings/observe.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingStore } from '../ports.ts';
import { type AdminIndex, readAdminIndex } from './admin-index.ts';
import { type AlertPorts, alertOnHappening, keepEvent } from './alert.ts';
import { DETECTION_RULES } from './detection-rules.ts';
import { rememberEvent } from './remember-findings.ts';

export interface EventOutcome {
  readonly findings: readonly Finding[];
  /** Clusters that the event was judged on. */
  readonly clusters: readonly string[];
  /** What the event carried that is no record, each reason once. */
  readonly skipped: readonly string[];
}

/** Everything is tried; then what failed is thrown, so that the bus delivers the event again. */
export async function alertOnEvent(event: unknown, ports: AlertPorts): Promise<EventOutcome> {
  const { arrivals, skipped } = parseArrivals(event, ports.homeAccount);
  const findings: Finding[] = [];
  const clusters = new Set<string>();
  const failures: unknown[] = [];
  for (const arrival of arrivals) {
    const tasks = await listTasks(arrival, ports).catch((error: unknown) => {
      failures.push(error);
      return [];
    });
    for (const task of tasks) {
      try {
        findings.push(...(await task.run()));
        if (task.clusterArn !== null) clusters.add(task.clusterArn);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw describeFailures(failures);
  return { findings, clusters: [...clusters].sort(), skipped };
}

/** Lambda logs the message of an error alone, not its cause. */
function describeFailures(failures: readonly unknown[]): KeyholderError {
  const [cause] = failures;
  const first = cause instanceof Error ? cause.message : String(cause);
  const message = `expected to remember each record of the event, got ${failures.length} failures, the first: ${first}`;
  return new KeyholderError('write-failed', message, { cause });
}

interface Task {
  readonly clusterArn: string | null;
  readonly run: () => Promise<readonly Finding[]>;
}

async function listTasks(arrival: Arrival, ports: AlertPorts): Promise<readonly Task[]> {
  const onCluster = (clusterArn: string): Task => ({
    clusterArn,
    run: async () => (await alertOnHappening({ ...arrival, clusterArn }, ports)).findings,
  });
  if (arrival.clusterArn !== null) return [onCluster(arrival.clusterArn)];
  const index = await readAdminIndex(ports.store, arrival.account);
  const onAccount = { clusterArn: null, run: () => alertOnAccount(arrival, index, ports.store) };
  return [...listConcerned(arrival, index).map(onCluster), onAccount];
}

/** Of a call to IAM: the clusters whose admins it touches, and all of the account where it may make new ones. */
function listConcerned({ touches }: Arrival, index: AdminIndex): readonly string[] {
  if (touches === null) return [];
  return touches === 'anybody' ? index.clusters : index.ofPrincipal(touches.principal);
}

/** What the record shows by itself, of the account alone; kept, so that whoever is told reads from where it was done. */
async function alertOnAccount(
  { account, id, at, ...arrival }: Arrival,
  { emergencies }: AdminIndex,
  store: FindingStore,
): Promise<readonly Finding[]> {
  const partition = `account:${account}`;
  const record = fitRecord(arrival.record);
  const breakGlass = emergencies.map((principal) => ({ principal, clusters: [] }));
  const findings = createObserver(DETECTION_RULES, at, { breakGlass })
    .add(record)
    .filter(({ cluster }) => cluster === null);
  if (findings.length > 0) await keepEvent({ clusterArn: partition, id, at, record }, store);
  const cause = record.source === 'cloudtrail' ? record.eventName : record.source;
  const occasion = { origin: 'event', cause, at, basis: null } as const;
  await rememberEvent(store, { clusterArn: partition, findings }, occasion);
  return findings;
}
