import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AUDIT, LINE, listWords, pretty, TRAIL } from '../support/log-input.ts';

const PAYLOAD = {
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: '/aws/eks/payments/cluster',
  logStream: 'authenticator-00000000000000000000000000000001',
  logEvents: [
    { id: 'l-1', timestamp: 1795161600500, message: LINE },
    { id: 'l-2', timestamp: 1795161600501, message: JSON.stringify(AUDIT) },
  ],
};

describe('readRecords on wrappings', () => {
  it.each([
    ['CloudTrail files', JSON.stringify({ Records: [TRAIL, TRAIL] }), ['cloudtrail', 'cloudtrail']],
    ['lookup-events', pretty({ Events: [{ EventId: 'e-1', CloudTrailEvent: JSON.stringify(TRAIL) }] }), ['cloudtrail']],
    [
      'one event of lookup-events',
      JSON.stringify({ EventId: 'e-1', CloudTrailEvent: JSON.stringify(TRAIL) }),
      ['cloudtrail'],
    ],
    [
      'an EventBridge envelope',
      pretty({ id: 'x', 'detail-type': 'AWS API Call via CloudTrail', detail: TRAIL }),
      ['cloudtrail'],
    ],
    ['one record a line', `${JSON.stringify(TRAIL)}\r\n${JSON.stringify(TRAIL)}`, ['cloudtrail', 'cloudtrail']],
    [
      'one record a line with commas',
      `${JSON.stringify(TRAIL)},\n${JSON.stringify(TRAIL)},\n`,
      ['cloudtrail', 'cloudtrail'],
    ],
    [
      'a list, one record a line',
      `[\n${JSON.stringify(TRAIL)},\n${JSON.stringify(TRAIL)}\n]`,
      ['cloudtrail', 'cloudtrail'],
    ],
    ['a pretty record', pretty(TRAIL), ['cloudtrail']],
    ['pretty records one after the other', `${pretty(TRAIL)}\n${pretty(AUDIT)}`, ['cloudtrail', 'audit-log']],
    [
      'records without anything between',
      `${JSON.stringify(TRAIL)}${JSON.stringify(AUDIT)}`,
      ['cloudtrail', 'audit-log'],
    ],
    ['audit events one a line', `${JSON.stringify(AUDIT)}\n\n${JSON.stringify(AUDIT)}\n`, ['audit-log', 'audit-log']],
    [
      'an EventList',
      JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [AUDIT] }),
      ['audit-log'],
    ],
    ['a pretty EventList', pretty({ kind: 'EventList', items: [AUDIT, AUDIT] }), ['audit-log', 'audit-log']],
    ['a subscription payload', JSON.stringify(PAYLOAD), ['granted', 'audit-log']],
    ['a pretty subscription payload', pretty(PAYLOAD), ['granted', 'audit-log']],
    [
      'payloads without anything between',
      JSON.stringify(PAYLOAD).repeat(2),
      ['granted', 'audit-log', 'granted', 'audit-log'],
    ],
    [
      'a function event',
      pretty({ awslogs: { data: gzipSync(JSON.stringify(PAYLOAD)).toString('base64') } }),
      ['granted', 'audit-log'],
    ],
    [
      'a control message',
      JSON.stringify({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'x' }] }),
      ['ignored: control message'],
    ],
    [
      'log events one a line',
      PAYLOAD.logEvents.map((event) => JSON.stringify(event)).join('\n'),
      ['granted', 'audit-log'],
    ],
    ['a list of messages', JSON.stringify([LINE, JSON.stringify(AUDIT)]), ['granted', 'audit-log']],
    [
      'an Insights export',
      JSON.stringify([{ '@timestamp': '2026-11-20 07:00:00.000', '@message': LINE }]),
      ['granted'],
    ],
    ['an Insights export of parsed messages', JSON.stringify([{ '@message': AUDIT }]), ['audit-log']],
    [
      'a Docker line',
      JSON.stringify({ log: `${LINE}\n`, stream: 'stderr', time: '2026-11-20T07:00:00.1Z' }),
      ['granted'],
    ],
    ['a container runtime line', `2026-11-20T07:00:00.123456789Z stderr F ${LINE}`, ['granted']],
    [
      'a followed log',
      `2026-11-20T07:00:00.123000+00:00 authenticator-00000000000000000000000000000001 ${LINE}`,
      ['granted'],
    ],
    ['a line behind a tag', `[authenticator] ${LINE}`, ['granted']],
    ['the JSON form', '{"level":"info","msg":"access granted","username":"alice","groups":[]}', ['granted']],
    ['a quoted message', JSON.stringify(LINE), ['granted']],
    ['a message with doubled quotes', LINE.replaceAll('"', '""'), ['granted']],
    ['a row without header', `2026-11-20 07:00:00.000,"${LINE.replaceAll('"', '""')}"`, ['granted']],
    [
      'another component',
      'I1120 08:00:01.000000      11 event.go:294] "Event occurred"',
      ['ignored: line of another component'],
    ],
    ['nothing', '', []],
    ['blanks', ' \n\t\r\n', []],
    ['no records', '{"Records":[]}', []],
  ])('reads %s', async (_name, input, expected) => {
    expect(await listWords(input)).toEqual(expected);
  });

  it.each([
    ['plain words', 'hello world', 'skip: line without level and message'],
    ['broken JSON', '{"some":"thing', 'skip: broken JSON'],
    ['JSON of no known kind', '{"some":"thing"}', 'skip: JSON that is no record'],
    ['a number in a list', '[5]', 'skip: JSON that is no record'],
    ['data that does not unzip', '{"awslogs":{"data":"aGVsbG8="}}', 'skip: subscription data that does not unzip'],
    [
      'a notification of S3',
      '{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}',
      'skip: JSON that is no record',
    ],
    [
      'an aggregated row without a count',
      '{"arn":"arn:aws:iam::111122223333:user/alice","last":"2026-11-20"}',
      'skip: aggregated row without a count',
    ],
    ['messages wrapped without end', `${'['.repeat(20)}"x"${']'.repeat(20)}`, 'skip: wrapped too often'],
  ])('counts %s', async (_name, input, expected) => {
    expect(await listWords(input)).toEqual([expected]);
  });

  it('tells what the output does not hold', async () => {
    expect(await listWords(pretty({ events: [{ message: LINE }], nextToken: 'x' }))).toEqual([
      'granted',
      'gap: output stops at a nextToken',
    ]);
    expect(await listWords(pretty({ results: [], status: 'Running' }))).toEqual(['gap: query was not complete']);
    expect(await listWords(JSON.stringify({ results: [], status: 'Complete' }))).toEqual([]);
  });
});
