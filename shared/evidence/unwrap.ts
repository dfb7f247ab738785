/** Turns text or JSON in any of the wrappings in which logs are handed on into single records, told apart by content. */
import { isAuditEvent } from './audit-log.ts';
import { unzipLogData } from './awslogs-data.ts';
import { isCloudTrailRecord } from './cloudtrail-record.ts';
import { findDoubledMessage } from './csv-cells.ts';
import { fieldIn, isRecord, itemsIn, textIn } from './json-fields.ts';
import { isOtherComponent, parseLogPrefix } from './log-prefix.ts';
import { parseLogTime } from './log-time.ts';
import { isLoginRow } from './login-row.ts';
import type { Origin } from './origin.ts';
import { type JsonObject, parseJson } from './parse-json.ts';

/** One record, still raw, and what it is. */
export type Found =
  | {
      readonly kind: 'cloudtrail' | 'audit' | 'authenticator' | 'login-row';
      readonly value: JsonObject;
      readonly origin: Origin;
    }
  /** A log line in plain text; JSON that is broken. */
  | { readonly kind: 'line' | 'fragment'; readonly text: string; readonly origin: Origin }
  /** Understood, and no evidence. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** The wrapping says that it does not hold everything. */
  | { readonly kind: 'gap'; readonly reason: string; readonly origin: Origin }
  | { readonly kind: 'unknown'; readonly reason: string; readonly sample: string; readonly origin: Origin };

/** An event in a log message in a subscription payload in an event: beyond this nobody wraps by accident. */
const MAX_WRAPPINGS = 8;

/** No log service takes an event of this size: such a line is none, and is not searched for one. */
const MAX_LINE_CHARS = 4 * 1024 * 1024;

export function* unwrapText(text: string, origin: Origin, depth = 0): Iterable<Found> {
  const line = text.trim();
  if (line === '') return;
  if (depth > MAX_WRAPPINGS) {
    yield { kind: 'unknown', reason: 'wrapped too often', sample: line, origin };
    return;
  }
  const value = /^[{["]/.test(line) ? parseJson(line) : undefined;
  if (value !== undefined) yield* unwrapValue(value, origin, depth);
  else if (line.startsWith('{')) yield { kind: 'fragment', text: line, origin };
  else yield* unwrapLine(line, origin, depth);
}

function* unwrapLine(line: string, origin: Origin, depth: number): Iterable<Found> {
  if (line.length > MAX_LINE_CHARS) {
    yield { kind: 'unknown', reason: 'line larger than a log event', sample: line, origin };
    return;
  }
  const prefixed = parseLogPrefix(line);
  if (prefixed !== null) {
    const { at, stream, rest } = prefixed;
    yield* unwrapText(rest, { ...origin, at: at ?? origin.at, stream: stream ?? origin.stream }, depth + 1);
    return;
  }
  const message = findDoubledMessage(line);
  if (message !== null && message !== line) yield* unwrapText(message, origin, depth + 1);
  else if (isOtherComponent(line, origin.stream)) yield { kind: 'ignored', reason: 'line of another component' };
  else yield { kind: line.startsWith('[') ? 'fragment' : 'line', text: line, origin };
}

export function* unwrapValue(value: unknown, origin: Origin, depth = 0): Iterable<Found> {
  if (isRecord(value)) yield* unwrapObject(value, origin, depth);
  else if (typeof value === 'string') yield* unwrapText(value, origin, depth + 1);
  else if (Array.isArray(value)) {
    const row = readInsightsRow(value);
    if (row !== null) yield* unwrapObject(row, origin, depth);
    else yield* unwrapList(value, origin, depth);
  } else if (value !== null) {
    yield { kind: 'unknown', reason: 'JSON that is no record', sample: String(value), origin };
  }
}

function* unwrapList(list: readonly unknown[], origin: Origin, depth: number): Iterable<Found> {
  if (depth >= MAX_WRAPPINGS) yield { kind: 'unknown', reason: 'wrapped too often', sample: '[…]', origin };
  else for (const item of list) yield* unwrapValue(item, origin, depth + 1);
}

/** Records first: what is inside of them was written by others, and is never unwrapped. */
function* unwrapObject(value: JsonObject, outer: Origin, depth: number): Iterable<Found> {
  if (isAuditEvent(value)) yield { kind: 'audit', value, origin: outer };
  else if (isCloudTrailRecord(value)) yield { kind: 'cloudtrail', value, origin: outer };
  else if (textIn(value, 'messageType') === 'CONTROL_MESSAGE') yield { kind: 'ignored', reason: 'control message' };
  else {
    const origin = originOf(value, outer);
    const gap = findGap(value);
    if (gap !== null) yield { kind: 'gap', reason: gap, origin };
    const list = LISTS.map((key) => itemsIn(value, key)).find((items) => items !== null);
    const inner = INNER.map((key) => fieldIn(value, key)).find((member) => isRecord(member) || isText(member));
    if (list !== undefined) yield* unwrapList(list, origin, depth);
    else if (isLogLine(value)) yield { kind: 'authenticator', value, origin };
    else if (isLoginRow(value)) yield { kind: 'login-row', value, origin };
    else if (isRecord(fieldIn(value, 'awslogs'))) yield* unwrapLogData(fieldIn(value, 'awslogs'), origin, depth);
    else if (inner === undefined || depth >= MAX_WRAPPINGS) yield toUnknown(value, origin);
    else yield* unwrapValue(inner, origin, depth + 1);
  }
}

/** Of S3 files, lookup-events, filter-log-events, subscription payloads, Insights results, audit EventLists. */
const LISTS = ['Records', 'Events', 'events', 'logEvents', 'results', 'items'];

/** Of lookup-events, Insights exports, EventBridge, log events one by one, Docker. */
const INNER = ['CloudTrailEvent', '@message', 'detail', 'message', 'log'];

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isLogLine(value: JsonObject): boolean {
  return textIn(value, 'level') !== null && textIn(value, 'msg') !== null;
}

/** `[{field, value}, …]`, one row of Logs Insights. */
function readInsightsRow(list: readonly unknown[]): JsonObject | null {
  if (list.length === 0 || !list.every((cell) => textIn(cell, 'field') !== null)) return null;
  return Object.fromEntries(list.map((cell) => [textIn(cell, 'field') ?? '', fieldIn(cell, 'value')]));
}

function* unwrapLogData(awslogs: unknown, origin: Origin, depth: number): Iterable<Found> {
  const text = unzipLogData(textIn(awslogs, 'data') ?? '');
  // Unzipping is the one step that can make more of less: twice is enough for anybody.
  if (text !== null) yield* unwrapText(text, origin, depth + MAX_WRAPPINGS / 2);
  else yield { kind: 'unknown', reason: 'subscription data that does not unzip', sample: 'awslogs.data', origin };
}

const TIMES = ['@timestamp', 'timestamp', 'time', 'EventTime'];

function originOf(value: JsonObject, outer: Origin): Origin {
  const id = ['@ptr', 'eventId', 'EventId', 'id'].map((key) => textIn(value, key)).find((text) => text !== null);
  const stream = ['@logStream', 'logStreamName', 'logStream'].map((key) => textIn(value, key)).find((s) => s !== null);
  const at = TIMES.map((key) => parseLogTime(fieldIn(value, key))).find((time) => time !== null);
  return { ...outer, id: id ?? outer.id, at: at ?? outer.at, stream: stream ?? outer.stream };
}

function findGap(value: JsonObject): string | null {
  if ((textIn(value, 'nextToken') ?? textIn(value, 'NextToken')) !== null) return 'output stops at a nextToken';
  const status = textIn(value, 'status');
  if (itemsIn(value, 'results') === null || status === null || status === 'Complete') return null;
  return 'query was not complete';
}

function toUnknown(value: JsonObject, origin: Origin): Found {
  const keys = Object.keys(value).slice(0, 12).join(', ');
  return { kind: 'unknown', reason: 'JSON that is no record', sample: `{${keys}}`, origin };
}
