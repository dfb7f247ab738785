/** One record into the forms in which logs are handed on: over one line, over many, or inside of another log's. */
import { gzipSync } from 'node:zlib';

export type Wrap = (record: string) => string;

const doubled = (text: string): string => text.replaceAll('"', '""');
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

function toPayload(message: string) {
  const logEvents = [{ id: '1', timestamp: 1_795_161_600_000, message }];
  return { messageType: 'DATA_MESSAGE', owner: '111122223333', logStream: 'kube-apiserver-audit-1', logEvents };
}

/** For lines of any log. */
export const LINE_WRAPS: Readonly<Record<string, Wrap>> = {
  'as it is': (record) => record,
  'behind the time of an S3 export': (record) => `2026-11-20T08:00:00.000Z ${record}`,
  'in a subscription payload': (record) => JSON.stringify(toPayload(record)),
  'in a zipped subscription payload': (record) =>
    JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(toPayload(record))).toString('base64') } }),
  'in results of Logs Insights': (record) =>
    pretty({ results: [[{ field: '@message', value: record }]], status: 'Complete' }),
  'as a row of an Insights export': (record) =>
    JSON.stringify({ '@timestamp': '2026-11-20 08:00:00.000', '@message': record }),
  'as a CSV row with doubled quotes': (record) => `2026-11-20 08:00:00.000,"${doubled(record)}"`,
  'in filter-log-events output': (record) =>
    pretty({ events: [{ logStreamName: 'a', timestamp: 1, message: record }] }),
};

/** For audit events alone. */
export const EVENT_WRAPS: Readonly<Record<string, Wrap>> = {
  'as a pretty-printed document': (record) => pretty(JSON.parse(record)),
  'in an EventList': (record) => JSON.stringify({ kind: 'EventList', items: [JSON.parse(record)] }),
  'in a pretty-printed EventList': (record) => pretty({ kind: 'EventList', items: [JSON.parse(record)] }),
};

/** For CloudTrail records alone. */
export const CALL_WRAPS: Readonly<Record<string, Wrap>> = {
  'as one record a line': (record) => record,
  'as a pretty-printed record': (record) => pretty(JSON.parse(record)),
  'in a file of S3': (record) => JSON.stringify({ Records: [JSON.parse(record)] }),
  'in LookupEvents output': (record) => pretty({ Events: [{ EventId: '1', CloudTrailEvent: record }] }),
  'in an EventBridge envelope': (record) => {
    const detail = JSON.parse(record);
    return JSON.stringify({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.eks', detail });
  },
};

/** For lines of the authenticator alone. */
export const LOGIN_WRAPS: Readonly<Record<string, Wrap>> = {
  'without its first word': (record) => record.slice(record.indexOf(' ') + 1),
  'cut at its end': (record) => record.slice(0, record.lastIndexOf(' ') - 2),
};
