/** Turns broken JSON that was an audit event into what is left of it. */
import type { AuditEvent } from '../model/records.ts';
import { parseCutAuditEvent } from './audit-log.ts';
import { parseCutJson } from './close-json.ts';
import { isRecord } from './json-fields.ts';
import type { Origin, Outcome } from './origin.ts';
import { type JsonObject, parseJson } from './parse-json.ts';

/** What the log service puts at the end of an event that it cut. */
const CUT_MARK = /\[Truncated\.\.\.\]\s*$/;

/** The parts an event is looked for by; they come before the bodies, which others write. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['auditID', /"auditID"\s*:\s*("[\w-]{1,64}")/],
  ['level', /"level"\s*:\s*("\w{1,32}")/],
  ['stage', /"stage"\s*:\s*("\w{1,32}")/],
  ['requestURI', /"requestURI"\s*:\s*("(?:[^"\\]|\\.){1,2048}")/],
  ['verb', /"verb"\s*:\s*("\w{1,32}")/],
  ['user', /"user"\s*:\s*(\{"username"\s*:\s*"(?:[^"\\]|\\.){0,1024}")/],
  ['objectRef', /"objectRef"\s*:\s*(\{[^{}]{0,4096}\})/],
  ['responseStatus', /"responseStatus"\s*:\s*(\{[^{}]{0,256}(?:\{\}[^{}]{0,256})?\})/],
];

/** Where the parts are looked for: a body further on may hold a key of the same name. */
const BODIES = /"(?:requestObject|responseObject)"\s*:/;

/** The id and the object stand at the start of an event; beyond this no log service would have carried it. */
const MAX_CHARS = 4 * 1024 * 1024;

/** null when the text shows no audit event at all. */
export function parseAuditFragment(broken: string, origin: Origin): Outcome<AuditEvent> | null {
  const text = broken.slice(0, MAX_CHARS);
  if (!text.includes('"auditID"') && !text.includes('"objectRef"')) return null;
  const rest = text.replace(CUT_MARK, '');
  const cut = text.trimStart().startsWith('{') ? parseCutJson(rest) : undefined;
  const value = isRecord(cut) && isPart(cut) ? cut : collectParts(rest);
  return isPart(value) ? parseCutAuditEvent(value, origin) : null;
}

function isPart(value: JsonObject): boolean {
  return Object.hasOwn(value, 'auditID') || Object.hasOwn(value, 'objectRef');
}

function collectParts(text: string): JsonObject {
  const head = text.slice(0, BODIES.exec(text)?.index ?? text.length);
  const parts: [string, unknown][] = [];
  for (const [key, pattern] of PARTS) {
    const found = pattern.exec(head)?.[1];
    const value = found === undefined ? undefined : parseJson(key === 'user' ? `${found}}` : found);
    if (value !== undefined) parts.push([key, value]);
  }
  return Object.fromEntries(parts);
}
