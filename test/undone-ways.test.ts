import { describe, expect, test } from 'vitest';
import { parseArrivals } from '../shared/evidence/happenings.ts';
import { inTimeOrder, standNow } from '../shared/evidence/stand-now.ts';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import type { AlertPorts } from '../shared/pipeline/alert.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { evaluateStanding } from '../shared/pipeline/evaluate-standing.ts';
import { publishChanges } from '../shared/pipeline/publish-changes.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { CLUSTER_ARN } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { rememberNight } from './support/audited-night.ts';
import { createChangePorts } from './support/change-ports.ts';
import { type BusEvent, call, write } from './support/cloudtrail-events.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import { WAYS_OF_IAM } from './support/ways-of-iam.ts';
import { WAYS, type WayToAdmin } from './support/ways-to-admin.ts';

const AFTER = '2026-11-21T08:30:00Z';
/** Words of a shell, some of them quoted. */
const WORD = /'([^']*)'|(\S+)/g;
/**
 * Those that only look, or that tell in words what is to be put back, change nothing; what is taken from a group no event
 * is followed for.
 */
const CHANGES =
  /^aws (?:iam (?:delete|detach|update)-(?!group)|eks disassociate-access-policy )|^kubectl delete clusterrolebinding /;

/** `aws iam detach-role-policy --role-name x` into the event of the call that it makes. */
function carryOut(command: string): BusEvent {
  const words = [...command.matchAll(WORD)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const [program, service = '', operation = '', ...options] = words;
  if (program === 'kubectl')
    return write({ verb: 'delete', at: AFTER, resource: 'clusterrolebindings', name: options[0] ?? '' });
  const given = options.flatMap((word, index) =>
    word.startsWith('--') ? [[toCamel(word.slice(2)), options[index + 1] ?? ''] as const] : [],
  );
  const { region: _region, clusterName: _cluster, ...request } = Object.fromEntries(given);
  const name = toCamel(`-${operation}`);
  return call({ name, service: service === 'eks' ? 'eks' : 'iam', at: AFTER, request });
}

function toCamel(text: string): string {
  return text.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}

/** Who is an admin by all that happened and these commands, and what is found then. */
async function standing(ports: AlertPorts, commands: readonly string[]) {
  const snapshot = ports.opened.get(CLUSTER_ARN);
  if (snapshot === undefined) throw new Error('expected a snapshot');
  const rows = await ports.store.list(CLUSTER_ARN, 'event#');
  const done = commands.flatMap((command) => parseArrivals(carryOut(command)).arrivals);
  const happened = inTimeOrder([
    ...rows.flatMap(({ body }) => unwrapRemembered('event', body) ?? []),
    ...done.map((arrival) => ({ ...arrival, clusterArn: CLUSTER_ARN })),
  ]);
  const { admins, findings } = evaluateStanding(standNow(snapshot.standing, snapshot.at, happened), AFTER);
  return { admins: [...admins].sort(), before: [...snapshot.admins].sort(), findings };
}

async function tell({ before, events }: WayToAdmin) {
  const ports = createChangePorts();
  const { store } = ports;
  const objects = openMemoryObjects();
  await rememberNight(before, { store, objects });
  store.drain();
  const snapshots = createSnapshotStore(store, (key) => openObjectEvidence(objects, key));
  const alert = { ...createAlertPorts({ store }), snapshots };
  for (const event of events) await alertOnEvent(event, alert);
  await publishChanges({ Records: store.drain() }, ports);
  const [change] = JSON.parse(ports.told.machines[0]?.text ?? '{}').changes;
  const commands: readonly string[] = change.fix.filter((command: string) => CHANGES.test(command));
  return { alert, commands, fingerprint: String(change.fingerprint), isPast: change.detection.endsWith('-changed') };
}

const ways = [];
for (const way of [...WAYS, ...WAYS_OF_IAM]) ways.push({ way, ...(await tell(way)) });
const undone = ways.filter(({ commands }) => commands.length > 0);

describe('the commands of a message', () => {
  test('undo most of the ways to admin', () => {
    expect(undone.map(({ way }) => way.name)).toHaveLength(16);
  });

  test.each(undone)('undo $way.name', async ({ alert, commands, fingerprint, isPast }) => {
    const told = await standing(alert, []);
    const after = await standing(alert, commands);

    expect(told.findings.get(fingerprint)?.status).toBe('open');
    // Where somebody was made since, the account stands for whoever it may have made besides.
    const came = told.admins.filter((admin) => !told.before.includes(admin) && !admin.endsWith(':root/root'));
    expect(after.admins.filter((admin) => came.includes(admin))).toEqual([]);
    expect(after.findings.get(fingerprint)?.status ?? 'resolved').toBe(isPast ? 'open' : 'resolved');
  });
});
