import { describe, expect, it } from 'vitest';
import { resumeQueries } from '../../shared/aws/begun-queries.ts';
import type { LogsApi } from '../../shared/aws/logs-api.ts';
import type { BegunQueries } from '../../shared/model/begun-queries.ts';

const { signal } = new AbortController();
const ASKED = {
  logGroupNames: ['/aws/eks/payments/cluster'],
  startTime: 0,
  endTime: 60,
  queryString: 'fields @message',
};

function openLedger(patienceMs: number): BegunQueries & { readonly known: Map<string, string> } {
  const known = new Map<string, string>();
  let isPostponed = false;
  return {
    known,
    find: (question) => known.get(question),
    keep: (question, id) => void known.set(question, id),
    patienceMs,
    postpone: () => {
      isPostponed = true;
    },
    isPostponed: () => isPostponed,
  };
}

function openApi(status: 'Running' | 'Complete') {
  const calls: string[] = [];
  const api: LogsApi = {
    describeGroups: async () => ({}),
    describeStreams: async () => ({}),
    startQuery: async () => {
      calls.push('start');
      return { queryId: `query-${calls.length}` };
    },
    getResults: async () => ({ status }),
    stopQuery: async (id) => void calls.push(`stop ${id}`),
  };
  return { api, calls };
}

function clockAt(...times: readonly number[]) {
  const left = [...times];
  return { nowMs: () => left.shift() ?? 0, sleep: async () => undefined };
}

describe('resumeQueries', () => {
  it('begins a question once, whichever call asks it', async () => {
    const { api, calls } = openApi('Complete');
    const ledger = openLedger(1_000);

    const first = await resumeQueries(api, ledger, clockAt(0)).startQuery(ASKED, signal);
    const again = await resumeQueries(api, ledger, clockAt(0)).startQuery(ASKED, signal);
    const other = await resumeQueries(api, ledger, clockAt(0)).startQuery({ ...ASKED, endTime: 61 }, signal);

    expect([first.queryId, again.queryId, other.queryId]).toEqual(['query-1', 'query-1', 'query-2']);
    expect(calls).toEqual(['start', 'start']);
  });

  it('postpones a query that runs longer than the call waits, and leaves it running', async () => {
    const { api, calls } = openApi('Running');
    const ledger = openLedger(1_000);
    const resumed = resumeQueries(api, ledger, clockAt(0, 999, 1_000));

    expect(await resumed.getResults({ queryId: 'query-1' }, signal)).toEqual({ status: 'Running' });
    await expect(resumed.getResults({ queryId: 'query-1' }, signal)).rejects.toThrow();
    await resumed.stopQuery('query-1');

    expect(ledger.isPostponed()).toBe(true);
    expect(calls).toEqual([]);
  });

  it('begins nothing more once a query was postponed', async () => {
    const { api, calls } = openApi('Complete');
    const ledger = openLedger(0);
    ledger.keep('other', 'query-0');
    ledger.postpone();

    await expect(resumeQueries(api, ledger, clockAt(0)).startQuery(ASKED, signal)).rejects.toThrow();
    expect(calls).toEqual([]);
  });

  it('takes results that are there however late it is, and stops what nobody waits for', async () => {
    const { api, calls } = openApi('Complete');
    const resumed = resumeQueries(api, openLedger(0), clockAt(0, 5_000));

    expect(await resumed.getResults({ queryId: 'query-1' }, signal)).toEqual({ status: 'Complete' });
    await resumed.stopQuery('query-1');

    expect(calls).toEqual(['stop query-1']);
  });
});
