/** A grant of admin that the trail of the sample estate shows, as it happened, into the messages that tell of it. */
import { readFileSync } from 'node:fs';
import { fieldIn, itemsIn, textIn } from '../shared/evidence/json-fields.ts';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { foldByCause } from '../shared/findings/telling.ts';
import type { Telling } from '../shared/model/notice.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { describeNotice, findShower } from '../shared/pipeline/describe-notice.ts';
import type { FindingStore, StoredItem } from '../shared/ports.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';
const CLUSTER_ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/payments`;
const TRAIL = `${ACCOUNT}/cloudtrail/${REGION}/2026/11/20/${ACCOUNT}_CloudTrail_${REGION}_20261120T0000Z_example.json`;
/** How the cluster began, for its findings go by its life; and what one of its users did to it then. */
const SHOWN = ['2026-03-02T09:15:02Z', '2026-11-13T16:44:00Z', '2026-11-13T16:45:00Z'];

export async function tellSample(estate: string): Promise<Telling> {
  const store = keepRows();
  const nothing = { open: async () => null };
  const ports = { store, snapshots: nothing, refresh: { request: async () => undefined }, opened: new Map() };
  for (const event of listEvents(estate)) await alertOnEvent(event, ports);
  const rows = await store.list(CLUSTER_ARN, 'finding#');
  const findings = rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
  const notices = await Promise.all(
    findings.map(async (finding) => describeNotice(finding, await findShower(store, CLUSTER_ARN, finding))),
  );
  const telling = foldByCause(notices).find(({ head }) => head.finding.change.cause === 'AssociateAccessPolicy');
  if (telling === undefined) throw new Error('expected the trail of the sample estate to show a grant, got none');
  return telling;
}

/** Nobody else writes here. */
function keepRows(): FindingStore {
  const rows = new Map<string, StoredItem>();
  const nameOf = (partition: string, key: string): string => JSON.stringify([partition, key]);
  return {
    get: async (partition, key) => rows.get(nameOf(partition, key)) ?? null,
    list: async (partition, prefix) =>
      [...rows.values()].filter((row) => row.partition === partition && row.key.startsWith(prefix)),
    async put(row) {
      rows.set(nameOf(row.partition, row.key), row);
      return true;
    },
  };
}

/** As the home bus delivers them. */
function listEvents(estate: string) {
  const trail: unknown = JSON.parse(readFileSync(`${estate}/${TRAIL}`, 'utf8'));
  const shown = (itemsIn(trail, 'Records') ?? []).filter((detail) => SHOWN.includes(textIn(detail, 'eventTime') ?? ''));
  return shown.map((detail) => ({
    id: textIn(detail, 'eventID'),
    source: 'aws.eks',
    'detail-type': 'AWS API Call via CloudTrail',
    account: ACCOUNT,
    region: REGION,
    time: fieldIn(detail, 'eventTime'),
    detail,
  }));
}
