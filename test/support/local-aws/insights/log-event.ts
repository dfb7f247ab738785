/** Turns a log line into the fields that Insights discovers in it: its system fields, and those of a JSON message. */
import type { LocalLogGroup, LocalLogLine } from '../log-queries.ts';

/** What a query sees of an event; fields that it makes itself are added. A field that is missing is not in the map. */
export type EventFields = Map<string, string>;

/** What lies beyond is not discovered: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
const MAX_JSON_FIELDS = 200;

export function discoverFields(line: LocalLogLine, group: LocalLogGroup): EventFields {
  const fields: EventFields = new Map([
    ['@timestamp', String(line.timestamp)],
    ['@ingestionTime', String(line.ingestionTime)],
    ['@message', line.message],
    ['@logStream', line.stream],
    ['@log', `${group.account}:${group.name}`],
    ['@ptr', line.ptr],
  ]);
  if (group.logGroupClass === 'STANDARD' && line.message.startsWith('{')) addJson(fields, line.message);
  return fields;
}

function addJson(fields: EventFields, message: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return; // a cut event has no fields but the system's
  }
  const room = { left: MAX_JSON_FIELDS };
  flatten(parsed, '', (name, value) => {
    if (room.left === 0) return false;
    room.left -= 1;
    fields.set(name, value);
    return true;
  });
}

/** Depth first, in the order of the text, lists by index: `user.groups.0`. */
function flatten(value: unknown, name: string, add: (name: string, value: string) => boolean): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return add(name, String(value));
  return Object.entries(value).every(([key, inner]) => flatten(inner, name === '' ? key : `${name}.${key}`, add));
}

/** As results print it. */
export function printTime(ms: string): string {
  return new Date(Number(ms)).toISOString().replace('T', ' ').replace('Z', '');
}
