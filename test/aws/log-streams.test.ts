import { describe, expect, it } from 'vitest';
import { listStreams, selectStreams } from '../../shared/aws/log-streams.ts';
import { awsError, openLocalLogs, PLACE } from '../support/local-logs.ts';

const PREFIX = 'authenticator-';

function nameOf(index: number): string {
  return `${PREFIX}${String(index).padStart(32, '0')}`;
}

function groups(count: number, streams: number) {
  return Array.from({ length: count }, (_, group) => ({
    logGroup: `/aws/eks/c${group}/cluster`,
    streams: Array.from({ length: streams }, (_, stream) => nameOf(group * streams + stream)),
  }));
}

describe('selectStreams', () => {
  it('names the streams of every group in one query while they fit', () => {
    const selections = selectStreams(groups(2, 1), { prefix: PREFIX, room: 1000 });

    expect(selections).toEqual([
      {
        logGroups: ['/aws/eks/c0/cluster', '/aws/eks/c1/cluster'],
        filter: `filter @logStream in ["${nameOf(0)}","${nameOf(1)}"]`,
        scansAll: false,
      },
    ]);
  });

  it('splits names that pass nine thousand characters, and loses none', () => {
    const selections = selectStreams(groups(50, 8), { prefix: PREFIX, room: 1000 });
    const named = selections.flatMap(({ filter }) => filter.match(/authenticator-\d+/g) ?? []);

    expect(selections).toHaveLength(3);
    expect(named).toEqual(Array.from({ length: 400 }, (_, index) => nameOf(index)));
    for (const { filter } of selections) expect(filter.length + 1000).toBeLessThanOrEqual(9000);
  });

  it('puts at most fifty groups into a query', () => {
    const selections = selectStreams(groups(51, 1), { prefix: PREFIX, room: 1000 });

    expect(selections.map(({ logGroups }) => logGroups.length)).toEqual([50, 1]);
  });

  it('falls back to the start of the name above six queries', () => {
    const selections = selectStreams(groups(60, 20), { prefix: PREFIX, room: 1000 });

    expect(selections.map(({ filter, scansAll, logGroups }) => [filter, scansAll, logGroups.length])).toEqual([
      ['filter @logStream like /^authenticator-/', true, 50],
      ['filter @logStream like /^authenticator-/', true, 10],
    ]);
  });

  it('asks a group by the start of the name when its streams could not be listed', () => {
    const unlisted = { logGroup: '/aws/eks/other/cluster', streams: null };

    const selections = selectStreams([...groups(1, 1), unlisted], { prefix: PREFIX, room: 1000 });

    expect(selections.map(({ logGroups, scansAll }) => [logGroups, scansAll])).toEqual([
      [['/aws/eks/c0/cluster'], false],
      [['/aws/eks/other/cluster'], true],
    ]);
  });

  it('asks nothing of a group without such streams', () => {
    expect(selectStreams(groups(3, 0), { prefix: PREFIX, room: 1000 })).toEqual([]);
  });
});

const WINDOW = { from: Date.parse('2026-11-20T00:00:00Z') / 1000, to: Date.parse('2026-11-21T00:00:00Z') / 1000 };

function ask(describeStreams: ReturnType<typeof openLocalLogs>['api']['describeStreams']) {
  const { api } = openLocalLogs([]);
  const { signal } = new AbortController();
  const question = {
    place: PLACE,
    partition: 'aws',
    logGroup: '/aws/eks/payments/cluster',
    prefix: PREFIX,
    window: WINDOW,
    signal,
  };
  return listStreams({ ...api, describeStreams }, question);
}

describe('listStreams', () => {
  it('reads every page, and leaves out what ended a day before the window or began after it', async () => {
    const at = (time: string) => Date.parse(time);
    const pages = [
      { logStreams: [{ logStreamName: 'old', lastEventTimestamp: at('2026-11-18T23:00:00Z') }], nextToken: 'more' },
      {
        logStreams: [
          { logStreamName: 'lagging', lastEventTimestamp: at('2026-11-19T12:00:00Z') },
          { logStreamName: 'live', lastIngestionTime: at('2026-11-20T12:00:00Z') },
          { logStreamName: 'untold' },
          { logStreamName: 'later', creationTime: at('2026-11-21T01:00:00Z') },
        ],
      },
    ];

    const { items, failure } = await ask(async ({ nextToken }) => pages[nextToken === undefined ? 0 : 1] ?? {});

    expect(items).toEqual(['lagging', 'live', 'untold']);
    expect(failure).toBeNull();
  });

  it('gives no part of a list that breaks off, and says why', async () => {
    const { items, failure } = await ask(async ({ nextToken }) => {
      if (nextToken !== undefined) throw awsError('AccessDeniedException');
      return { logStreams: [{ logStreamName: 'first' }], nextToken: 'more' };
    });

    expect(items).toBeNull();
    expect(failure).toMatchObject({ status: 'denied' });
  });
});
