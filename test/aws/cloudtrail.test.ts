import { describe, expect, test } from 'vitest';
import { readEventHistory } from '../../shared/aws/cloudtrail.ts';
import { CLUSTER_EVENTS } from '../../shared/aws/cloudtrail-events.ts';
import { readRecords } from '../../shared/evidence/log-records.ts';
import { openLiveAws, PLACE } from '../support/live-aws.ts';

const HISTORY = { account: PLACE.account, region: PLACE.region, eventNames: CLUSTER_EVENTS };
const FILE = '111122223333/cloudtrail/eu-central-1-CreateAccessEntry.json';

async function readEventNames(files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [file, text] of files) {
    for await (const item of readRecords(bytesOf(text), { file })) {
      if ('skip' in item || 'gap' in item) found.push(`${file}: not understood`);
      else if ('record' in item && item.record.source === 'cloudtrail') found.push(item.record.eventName);
    }
  }
  return [...new Set(found)].sort();
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

describe('CloudTrail adapter', () => {
  test('writes a file for each event name, which the parser understands in whole', async () => {
    const { access, task, files } = await openLiveAws();

    const read = await readEventHistory(access, HISTORY, task);

    expect(read).toMatchObject({ failures: [], gaps: [], inPart: true });
    expect(files.size).toBe(CLUSTER_EVENTS.length);
    expect(await readEventNames(files)).toEqual([
      'AssociateAccessPolicy',
      'CreateAccessEntry',
      'DeleteAccessEntry',
      'PutRetentionPolicy',
      'StopLogging',
      'UpdateClusterConfig',
    ]);
  });

  test('asks for the 90 days that are kept, however short the window of the run', async () => {
    const { access, task } = await openLiveAws();

    const { window } = await readEventHistory(access, { ...HISTORY, eventNames: ['CreateCluster'] }, task);

    expect(window).toEqual({ from: '2026-08-23T03:00:00Z', to: '2026-11-21T03:00:00Z' });
  });

  test('pages to the end of a name', async () => {
    const { access, task, files, aws } = await openLiveAws({ pageSizes: { 'cloudtrail:LookupEvents': 1 } });

    await readEventHistory(access, { ...HISTORY, eventNames: ['CreateAccessEntry'] }, task);

    const { Events } = JSON.parse(files.get(FILE) ?? '');
    expect(Events).toHaveLength(4);
    expect(aws.calls.filter(({ name }) => name === 'cloudtrail:LookupEvents').length).toBeGreaterThanOrEqual(4);
  });

  test('keeps to two calls a second, so that none of them is throttled', async () => {
    const { access, task, aws } = await openLiveAws();

    await readEventHistory(access, HISTORY, task);

    expect(aws.calls.length).toBe(CLUSTER_EVENTS.length);
  });

  test('goes on with the next name where one fails', async () => {
    const { access, task, files, aws } = await openLiveAws();
    aws.inject({ operation: 'cloudtrail:LookupEvents', fault: 'server-error', times: 2 });

    const read = await readEventHistory(access, HISTORY, task);

    expect(read.failures).toHaveLength(1);
    expect(read.inPart).toBe(true);
    expect(files.size).toBe(CLUSTER_EVENTS.length - 1);
  });

  test('keeps the pages of a name that broke off as a whole document', async () => {
    const { access, task, files, aws } = await openLiveAws({ pageSizes: { 'cloudtrail:LookupEvents': 1 } });
    aws.inject({ operation: 'cloudtrail:LookupEvents', fault: 'server-error', nth: 3, times: 2 });

    const read = await readEventHistory(access, { ...HISTORY, eventNames: ['CreateAccessEntry'] }, task);

    expect(read.failures).toHaveLength(1);
    expect(JSON.parse(files.get(FILE) ?? '').Events).toHaveLength(2);
  });

  test('reads nothing where it is denied', async () => {
    const { access, task, files } = await openLiveAws({ caller: { deny: ['cloudtrail:LookupEvents'] } });

    const read = await readEventHistory(access, HISTORY, task);

    expect(files.size).toBe(0);
    expect(read.inPart).toBe(false);
    expect(new Set(read.failures.map(({ status }) => status))).toEqual(new Set(['denied']));
  });
});
