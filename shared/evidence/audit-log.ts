/** Turns one audit event of the Kubernetes API server into a record, or says why it is none. */
import type { AuditEvent, AuditLevel } from '../model/records.ts';
import { parseAuditActor } from './audit-actor.ts';
import { parseAccessPolicy } from './audit-reason.ts';
import { fieldIn, isRecord, textIn, textsIn } from './json-fields.ts';
import { parseLogTime } from './log-time.ts';
import { type Origin, type Outcome, refOf } from './origin.ts';
import type { JsonObject } from './parse-json.ts';

/** Whether an object is an audit event, whole or in part. */
export function isAuditEvent(value: JsonObject): boolean {
  if (textIn(value, 'auditID') !== null) return true;
  if (textIn(value, 'kind') === 'Event' && textIn(value, 'apiVersion')?.startsWith('audit.k8s.io/')) return true;
  return textIn(value, 'verb') !== null && (isRecord(fieldIn(value, 'objectRef')) || isRecord(fieldIn(value, 'user')));
}

export function parseAuditEvent(value: JsonObject, origin: Origin): Outcome<AuditEvent> {
  // A request is told again when it is answered; at this stage nothing has come of it yet.
  if (textIn(value, 'stage') === 'RequestReceived') return { ignored: 'stage RequestReceived' };
  const object = parseObjectRef(value);
  const verb = textIn(value, 'verb');
  if (object === null && verb === null && textIn(value, 'requestURI') === null) {
    return { skip: 'audit event without verb, object and URI' };
  }
  return { record: toRecord(value, origin, { object, truncated: isTruncated(value) }) };
}

/** What is left of an event whose line broke off: at least its id or its object. */
export function parseCutAuditEvent(left: JsonObject, origin: Origin): Outcome<AuditEvent> {
  const value = withoutHalfBody(left);
  if (textIn(value, 'stage') === 'RequestReceived') return { ignored: 'stage RequestReceived' };
  const object = parseObjectRef(value);
  if (object === null && textIn(value, 'auditID') === null) return { skip: 'audit event cut before its id and object' };
  return { record: toRecord(value, origin, { object, truncated: true }) };
}

/** The text broke off in the last member. Half a body would look like an object from which the rest was removed. */
function withoutHalfBody(left: JsonObject): JsonObject {
  const last = Object.keys(left).at(-1);
  return last === 'requestObject' || last === 'responseObject' ? { ...left, [last]: null } : left;
}

function toRecord(value: JsonObject, origin: Origin, known: Pick<AuditEvent, 'object' | 'truncated'>): AuditEvent {
  const user = fieldIn(value, 'user');
  const annotations = fieldIn(value, 'annotations');
  const reason = textIn(annotations, 'authorization.k8s.io/reason');
  const auditId = textIn(value, 'auditID');
  const at = timeOf(value) ?? origin.at;
  const code = fieldIn(fieldIn(value, 'responseStatus'), 'code');
  return {
    source: 'audit-log',
    auditId,
    at,
    level: parseLevel(fieldIn(value, 'level')),
    stage: textIn(value, 'stage'),
    verb: textIn(value, 'verb') ?? '',
    requestUri: textIn(value, 'requestURI') ?? '',
    dryRun: isDryRun(value),
    actor: parseAuditActor(value),
    user: { username: textIn(user, 'username') ?? '', uid: textIn(user, 'uid'), groups: textsIn(user, 'groups') },
    impersonated: parseImpersonated(fieldIn(value, 'impersonatedUser')),
    object: known.object,
    code: typeof code === 'number' && Number.isInteger(code) ? code : null,
    decision: parseDecision(fieldIn(annotations, 'authorization.k8s.io/decision')),
    reason,
    accessPolicy: parseAccessPolicy(reason),
    requestObject: fieldIn(value, 'requestObject') ?? null,
    responseObject: fieldIn(value, 'responseObject') ?? null,
    truncated: known.truncated,
    evidence: refOf('audit-log', origin, { id: auditId, at }),
  };
}

function timeOf(value: JsonObject): string | null {
  for (const key of ['requestReceivedTimestamp', 'stageTimestamp', 'timestamp']) {
    const time = parseLogTime(fieldIn(value, key));
    if (time !== null) return time;
  }
  return null;
}

const LEVELS: readonly AuditLevel[] = ['None', 'Metadata', 'Request', 'RequestResponse'];

function parseLevel(level: unknown): AuditLevel | null {
  return LEVELS.find((known) => known === level) ?? null;
}

function parseDecision(decision: unknown): AuditEvent['decision'] {
  return decision === 'allow' || decision === 'forbid' ? decision : null;
}

function parseImpersonated(user: unknown): AuditEvent['impersonated'] {
  const username = textIn(user, 'username');
  const groups = textsIn(user, 'groups');
  return username === null && groups.length === 0 ? null : { username: username ?? '', groups };
}

function parseObjectRef(value: JsonObject): AuditEvent['object'] {
  const ref = fieldIn(value, 'objectRef');
  if (!isRecord(ref)) return null;
  return {
    apiGroup: textIn(ref, 'apiGroup') ?? '',
    resource: textIn(ref, 'resource') ?? '',
    subresource: textIn(ref, 'subresource') ?? '',
    namespace: textIn(ref, 'namespace'),
    name: textIn(ref, 'name') ?? findCreatedName(value, ref),
  };
}

/** A name made by the server (generateName) stands only in the answer. */
function findCreatedName(value: JsonObject, ref: JsonObject): string | null {
  if (textIn(value, 'verb') !== 'create' || textIn(ref, 'subresource') !== null) return null;
  return textIn(fieldIn(fieldIn(value, 'responseObject'), 'metadata'), 'name');
}

function isTruncated(value: JsonObject): boolean {
  const mark = fieldIn(fieldIn(value, 'annotations'), 'audit.k8s.io/truncated');
  return mark !== undefined && mark !== 'false';
}

/** As the API server reads it: for a delete, options in the body win over those of the URI. */
function isDryRun(value: JsonObject): boolean {
  const verb = textIn(value, 'verb');
  const body = fieldIn(value, 'requestObject');
  if ((verb === 'delete' || verb === 'deletecollection') && textIn(body, 'kind') === 'DeleteOptions') {
    return textsIn(body, 'dryRun').includes('All');
  }
  const uri = textIn(value, 'requestURI') ?? '';
  const query = uri.indexOf('?');
  return query !== -1 && new URLSearchParams(uri.slice(query + 1)).getAll('dryRun').includes('All');
}
