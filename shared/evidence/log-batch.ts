/** The payload of a log subscription into the log events that decide about access, cut down to what parsers read. */
import type { AuditEvent, EvidenceRecord } from '../model/records.ts';
import { isSlotOne, isSlotTwo, renderSlotTwo, SLOT_ONE } from '../rules/subscription-patterns.ts';
import { unzipLogData } from './awslogs-data.ts';
import { fieldIn, isRecord, itemsIn, textIn } from './json-fields.ts';
import type { Origin } from './origin.ts';
import { parseFound } from './parse-found.ts';
import { parseJson } from './parse-json.ts';
import { unwrapText } from './unwrap.ts';

export interface LogEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
}

export interface LogBatch {
  readonly logGroup: string;
  readonly logStream: string;
  readonly events: readonly LogEvent[];
  /** How many were read and left out. */
  readonly passed: number;
}

/** The filters of a log group, the one that matters more first; `left` are principals for whom there is no room. */
export function renderFilters(breakGlassArns: readonly string[]): {
  readonly patterns: readonly string[];
  readonly left: readonly string[];
} {
  const { pattern, left } = renderSlotTwo(breakGlassArns);
  return { patterns: [SLOT_ONE, pattern], left };
}

/** null for what is no payload; one without events for a message that only says that the subscription stands. */
export function parseLogBatch(event: unknown): LogBatch | null {
  const text = unzipLogData(textIn(fieldIn(event, 'awslogs'), 'data') ?? '');
  const payload = text === null ? undefined : parseJson(text);
  const logGroup = textIn(payload, 'logGroup');
  const kind = textIn(payload, 'messageType');
  if (kind === 'CONTROL_MESSAGE') return { logGroup: logGroup ?? '', logStream: '', events: [], passed: 0 };
  const listed = itemsIn(payload, 'logEvents');
  if (logGroup === null || listed === null) return null;
  const events = listed.flatMap((item) => {
    const message = textIn(item, 'message');
    const timestamp = fieldIn(item, 'timestamp');
    if (message === null || typeof timestamp !== 'number') return [];
    return isOfAccess(message) ? [{ id: textIn(item, 'id') ?? '', timestamp, message: trim(message) }] : [];
  });
  const logStream = textIn(payload, 'logStream') ?? '';
  return { logGroup, logStream, events, passed: listed.length - events.length };
}

/** What cannot be read may be an audit event that was cut: the home account judges it. */
function isOfAccess(message: string): boolean {
  const origin: Origin = { file: null, line: 0, id: null, at: null, stream: null };
  return [...unwrapText(message, origin)].some((found) => {
    if (found.kind === 'gap' || found.kind === 'ignored') return false;
    const outcome = parseFound(found);
    return 'record' in outcome ? matters(outcome.record) : found.kind === 'fragment';
  });
}

function matters(record: EvidenceRecord): boolean {
  if (record.source === 'audit-log') return record.truncated || (isSlotOne(record) && !isRehearsal(record));
  return record.source === 'authenticator-log' && isSlotTwo(record);
}

/** A dry run that was let through changes nothing, and GitOps makes one of each object every few minutes. */
function isRehearsal({ dryRun, code, impersonated, user }: AuditEvent): boolean {
  return dryRun && code !== null && code < 400 && impersonated === null && user.username !== 'system:anonymous';
}

const MOST_MESSAGE_BYTES = 120_000;

/** Who manages which field, and the text that was applied, make most of an object and say nothing about access. */
function trim(message: string): string {
  const event = parseJson(message);
  if (!isRecord(event)) return message.slice(0, MOST_MESSAGE_BYTES / 4);
  const { requestObject, responseObject, ...rest } = event;
  const bodies = {
    ...(requestObject === undefined ? {} : { requestObject: trimBody(requestObject) }),
    ...(responseObject === undefined ? {} : { responseObject: trimBody(responseObject) }),
  };
  const whole = JSON.stringify({ ...rest, ...bodies });
  if (Buffer.byteLength(whole) <= MOST_MESSAGE_BYTES) return whole;
  const annotations = fieldIn(event, 'annotations');
  const marked = { ...(isRecord(annotations) ? annotations : {}), 'audit.k8s.io/truncated': 'true' };
  // A character is three bytes at most.
  return JSON.stringify({ ...rest, annotations: marked }).slice(0, MOST_MESSAGE_BYTES / 3);
}

function trimBody(body: unknown): unknown {
  const metadata = fieldIn(body, 'metadata');
  if (!isRecord(body) || !isRecord(metadata)) return body;
  const { managedFields: _managed, annotations, ...kept } = metadata;
  if (!isRecord(annotations)) return { ...body, metadata: kept };
  const { 'kubectl.kubernetes.io/last-applied-configuration': _applied, ...others } = annotations;
  return { ...body, metadata: { ...kept, annotations: others } };
}
