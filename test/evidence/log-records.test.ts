import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../shared/evidence/lines.ts';
import { createLogReader } from '../../shared/evidence/log-records.ts';
import {
  AUDIT,
  describeItem,
  LINE,
  listRecords,
  listWords,
  pretty,
  readFixture,
  readItems,
  TRAIL,
} from '../support/log-input.ts';

describe('readRecords', () => {
  it('reads an aggregated row as the logins it stands for', async () => {
    const [, row] = await listRecords(readFixture('insights-results.json'));

    expect(row).toEqual({
      source: 'authenticator-log',
      kind: 'granted',
      at: '2026-11-20T07:30:00Z',
      level: 'info',
      message: 'access granted',
      evidence: { source: 'authenticator-log', id: 'pointer-2', at: '2026-11-20T07:30:00Z', file: 'some.log', line: 9 },
      arn: 'arn:aws:iam::111122223333:role/platform-admin',
      uniqueId: 'AROAEXAMPLEADMIN00001',
      account: '111122223333',
      username: 'platform-admin',
      groups: ['system:masters'],
      groupsAmbiguous: false,
      client: null,
      stsEndpoint: null,
      sessionName: null,
      accessKeyId: null,
      count: 42,
      firstAt: '2026-11-18T11:06:40Z',
    });
  });

  it('joins a session to its login within a file', async () => {
    const records = await listRecords(readFixture('authenticator.log'));

    expect(records[5]).toMatchObject({
      kind: 'granted',
      sessionName: 'alice@example.com',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    });
    expect(records[6]).toMatchObject({ kind: 'granted', sessionName: null });
  });

  it('points at the pointer, the time and the line that the wrapping gives', async () => {
    const [line] = await listRecords(readFixture('insights-results.json'));
    const [event, , denied] = await readItems(readFixture('filter-log-events.json'));

    expect(line?.evidence).toMatchObject({ id: 'pointer-1', line: 3 });
    expect(event).toMatchObject({
      record: { at: '2026-11-20T08:00:00.500Z', evidence: { id: '00000000-0000-4000-8000-00000000a004', line: 3 } },
    });
    expect(denied).toMatchObject({
      record: { denial: 'sts-throttled', at: '2026-11-20T08:00:02Z', evidence: { id: 'event-3', line: 17 } },
    });
  });

  it('reads messages that lie over several lines of CSV', async () => {
    const records = await listRecords(readFixture('insights.csv'));

    expect(records).toMatchObject([
      { kind: 'granted', groups: ['system:masters', 'dev'], evidence: { line: 2 } },
      { auditId: '00000000-0000-4000-8000-00000000a005', at: '2026-11-20T07:00:06Z', evidence: { line: 3 } },
    ]);
  });

  it('passes over the header that a file put together repeats', async () => {
    const csv = readFixture('insights.csv').toString('utf8');

    expect(await listWords(csv + csv)).toEqual(['granted', 'audit-log', 'granted', 'audit-log']);
  });

  it('reads lines of any kind in one file', async () => {
    const mixed = [LINE, JSON.stringify(AUDIT), pretty(TRAIL), 'hello', pretty({ Records: [TRAIL] }), LINE].join('\n');

    expect(await listWords(mixed)).toEqual([
      'granted',
      'audit-log',
      'cloudtrail',
      'skip: line without level and message',
      'cloudtrail',
      'granted',
    ]);
  });

  it.each([
    ['a text', '{"auditID":"a-1","verb":"create","requestObject":{"data":"x'],
    ['a list', '{"auditID":"a-1","verb":"create","sourceIPs":['],
    ['a colon', '{"auditID":"a-1","verb":"create","user":'],
    ['a comma', '{"auditID":"a-1","verb":"create",'],
  ])('loses no line behind an event that is cut at %s', async (_name, cut) => {
    const whole = JSON.stringify(AUDIT);

    expect(await listWords([whole, cut, whole, LINE].join('\n'))).toEqual([
      'audit-log',
      'audit-log',
      'audit-log',
      'granted',
    ]);
    expect(await listWords([whole, cut, LINE, whole].join('\n'))).toEqual([
      'audit-log',
      'audit-log',
      'granted',
      'audit-log',
    ]);
  });

  it('keeps the records of a file that breaks off', async () => {
    const whole = pretty({ Records: [TRAIL, TRAIL, TRAIL] });

    expect(await listWords(whole.slice(0, -60))).toEqual(['cloudtrail', 'cloudtrail', 'skip: broken JSON']);
  });

  it('marks a record whose bytes were no UTF-8', async () => {
    const bytes = Buffer.from(LINE.replace('alice', 'ali\u00ffe'), 'latin1');

    expect(await readItems(bytes)).toMatchObject([{ record: { username: 'ali\ufffde' }, isDamaged: true }]);
    expect(await readItems(LINE)).toMatchObject([{ isDamaged: false }]);
  });

  it('counts a line that is too long and reads on', async () => {
    const items = await readItems(`${'x'.repeat(5000)}\n${LINE}`, { maxLineBytes: 1000 });

    expect(items.map(describeItem)).toEqual(['skip: line longer than the limit', 'granted']);
  });

  it('counts a document that is too large and reads on', async () => {
    const items = await readItems(`${pretty({ some: 'x'.repeat(5000) })}\n${LINE}`, { maxDocumentBytes: 1000 });

    expect(items.map(describeItem)).toEqual(['skip: JSON document larger than the limit', 'granted']);
  });

  it('reads a list that is larger than any document may be', async () => {
    const items = await readItems(pretty({ Records: Array.from({ length: 100 }, () => TRAIL) }), {
      maxDocumentBytes: 500,
    });

    expect(items.map(describeItem)).toEqual(Array.from({ length: 100 }, () => 'cloudtrail'));
  });

  it('shows what it skipped, without secrets and control characters', async () => {
    const [item] = await readItems(
      '\u001b[31mtoken k8s-aws-v1.aHR0cHM6Ly9zdHM and AKIAIOSFODNN7EXAMPLE X-Amz-Signature%3Dabc\u202e\u0007',
    );

    expect(item).toEqual({
      skip: {
        reason: 'line without level and message',
        sample: '[31mtoken [token] and [access key id] X-Amz-Signature%3D[secret]',
        line: 1,
      },
    });
  });

  it.each([1, 3, 17])('reads the same from chunks of %i bytes', async (chunk) => {
    for (const name of ['cloudtrail.json', 'insights.csv', 'filter-log-events.json', 'audit.ndjson']) {
      expect(await readItems(readFixture(name), { chunk })).toEqual(await readItems(readFixture(name)));
    }
  });
});

describe('createLogReader', () => {
  const isOpenAfter = (text: string): boolean => {
    const reader = createLogReader({ file: null });
    for (const line of createLineSplitter().push(Buffer.from(text))) [...reader.read(line)];
    return reader.isOpen();
  };

  it.each([
    ['a whole record', `${JSON.stringify(AUDIT)}\n`, false],
    ['a line of text', `${LINE}\n`, false],
    ['the start of a document', '{\n', true],
    ['the end of a document', '{\n"a": 1\n}\n', false],
    ['the header of a table', '@timestamp,@message\n', true],
    ['an event that is cut inside of a text', '{"auditID":"a-1","x":"y\n', false],
  ])('tells whether lines may be passed over after %s', (_name, text, expected) => {
    expect(isOpenAfter(text)).toBe(expected);
  });
});
