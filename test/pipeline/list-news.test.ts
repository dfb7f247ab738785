import { describe, expect, test } from 'vitest';
import type { Happening } from '../../shared/model/happening.ts';
import { alertOnHappening } from '../../shared/pipeline/alert.ts';
import { listNews } from '../../shared/pipeline/list-news.ts';
import { openStanding } from '../../shared/pipeline/open-standing.ts';
import { alertEstate, CLUSTER_ARN, READ_AT } from '../support/alert-estate.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { cloudTrailEvent } from '../support/records.ts';

const ROLE = 'arn:aws:iam::111122223333:role';
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const timeOf = (second: number): string => new Date(Date.parse(READ_AT) + second * 1_000).toISOString();

function happening(second: number, eventName = 'AssociateAccessPolicy'): Happening {
  const [at, id] = [timeOf(second), `event-${second}`];
  const request = { policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' } };
  const evidence = { source: 'cloudtrail', id, at, file: null, line: 0 } as const;
  const more = { region: 'eu-west-1', eventId: id, principalArn: `${ROLE}/newcomer-${second}`, request, evidence };
  return { clusterArn: CLUSTER_ARN, id, at, record: cloudTrailEvent({ eventName, at, ...more }) };
}

const happenings = (from: number, to: number): readonly Happening[] =>
  Array.from({ length: to - from }, (_, index) => happening(from + index));
const open = () => createAlertPorts({ snapshot: { readers: memoryReaders(alertEstate({})), at: READ_AT } });

async function listOf(happened: readonly Happening[], one: Happening) {
  const { news, unknown, verdicts } = listNews(await openStanding(CLUSTER_ARN, READ_AT, open()), happened, one);
  const verdict = verdicts.find(({ detection }) => detection === 'access-entry-inert');
  return { told: news.map(({ finding }) => finding.subject), unknown, status: verdict?.status };
}

describe('listNews', () => {
  test('tells of an event among those before it, and of none of them', async () => {
    const one = happening(3);

    expect(await listOf([...happenings(1, 3), one], one)).toEqual({
      told: [`iam:${ROLE}/newcomer-3`],
      unknown: [],
      status: 'evaluated',
    });
  });

  test('asks for another read when many events came after the snapshot', async () => {
    const one = happening(150);

    expect(await listOf(happenings(2, 151), one)).toMatchObject({ unknown: [] });
    expect(await listOf(happenings(1, 151), one)).toEqual({
      told: [`iam:${ROLE}/newcomer-150`],
      unknown: ['more than 150 events came after the snapshot'],
      status: 'evaluated',
    });
  });

  test('trusts its silence only in part when so many came that the first are left out', async () => {
    const one = happening(250);

    expect(await listOf(happenings(1, 251), one)).toMatchObject({
      told: [`iam:${ROLE}/newcomer-250`],
      status: 'partly-evaluated',
    });
  });

  test('asks for another read when an event comes after many of a later time', async () => {
    const one = happening(1);

    expect((await listOf(happenings(1, 11), one)).unknown).toEqual([]);
    expect(await listOf(happenings(1, 12), one)).toEqual({
      told: [`iam:${ROLE}/newcomer-1`],
      unknown: ['an event that came after many of a later time'],
      status: 'evaluated',
    });
  });
});

describe('alertOnHappening', () => {
  test('reads the latest events alone, and tells of one that is older than all of them', async () => {
    const ports = open();
    const read: number[] = [];
    const store: typeof ports.store = {
      ...ports.store,
      list: async (partition, prefix, most) => {
        const rows = await ports.store.list(partition, prefix, most);
        if (prefix === 'event#') read.push(rows.length);
        return rows;
      },
    };
    for (const { at, id, record } of happenings(10, 350)) {
      const body = {
        schema: 'keyholder.remembered/v1',
        kind: 'event',
        value: { clusterArn: CLUSTER_ARN, id, at, record },
      };
      await store.put({ partition: CLUSTER_ARN, key: `event#${at}#${id}`, version: 1, body, expiresAt: null });
    }

    const { findings } = await alertOnHappening(happening(1), { ...ports, store });

    expect(findings.map(({ subject }) => subject)).toEqual([`iam:${ROLE}/newcomer-1`]);
    expect(read).toEqual([250]);
  });
});
