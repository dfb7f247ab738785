/** Lines of an authenticator log, of a window that overlaps the one before, into those that nobody was told of yet. */
import { createHash } from 'node:crypto';
import type { AuthenticatorRecord, Denial, Login } from '../model/records.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { isSlotTwo } from '../rules/subscription-patterns.ts';
import { textIn } from './json-fields.ts';
import type { LogEvent } from './log-batch.ts';
import type { Origin } from './origin.ts';
import { parseFound } from './parse-found.ts';
import { parseJson } from './parse-json.ts';
import { unwrapText } from './unwrap.ts';

/** What was told, and until when (epoch minutes) it is not told again. */
export type Told = ReadonlyMap<string, number>;

export interface ToldBefore {
  readonly told: Told;
  /** createdAt of the cluster: on another one of its name everybody is somebody else. */
  readonly life: string | null;
}

export interface SightedEvent extends LogEvent {
  /** Empty for what stands for lines of several. */
  readonly logStream: string;
}

export interface Sightings {
  readonly events: readonly SightedEvent[];
  readonly told: Told;
  /** Denials beyond those that make a storm of one caller. */
  readonly folded: number;
  /** Lines that no parser takes, and those that no bus takes. */
  readonly skipped: number;
}

/** An identity is told of once a day: a finding that was over in the meantime opens again. */
const LOGIN_MINUTES = 24 * 60;
/** Longer than any overlap of two windows. */
const FAULT_MINUTES = 60;
/** Ten within five minutes are a storm, in shared/rules/denial-storms.ts; the next audit counts the rest. */
const MOST_DENIALS = 12;
const BUCKET_MS = 5 * 60_000;
/** A row of the table holds 100 KB. */
const MOST_TOLD = 3_500;
const MOST_BYTES = 100_000;

export function listSightings(lines: readonly string[], before: ToldBefore, now: string): Sightings {
  const minute = Math.floor(Date.parse(now) / 60_000);
  const told = new Map([...before.told].filter(([, until]) => until > minute));
  const storms = new Map<string, number>();
  const events: SightedEvent[] = [];
  let [folded, skipped] = [0, 0];
  for (const line of lines) {
    const record = readLine(line);
    if (record === null) {
      skipped += 1;
      continue;
    }
    if (!isSlotTwo(record)) continue;
    if (record.kind === 'denied' && isBeyondStorm(record, storms)) {
      folded += 1;
      continue;
    }
    const key = record.kind === 'granted' ? identityOf(record, before.life) : hash([record.kind, line]);
    if (told.has(key)) continue;
    const event = toEvent(line, record);
    if (event === null) skipped += 1;
    else events.push(event);
    told.set(key, minute + (record.kind === 'granted' ? LOGIN_MINUTES : FAULT_MINUTES));
  }
  return { events, told: keepLatest(told), folded, skipped };
}

const NOWHERE: Origin = { file: null, line: 0, id: null, at: null, stream: null };

function readLine(line: string): AuthenticatorRecord | null {
  for (const found of unwrapText(line, NOWHERE)) {
    if (found.kind === 'gap' || found.kind === 'ignored') continue;
    const outcome = parseFound(found);
    if ('record' in outcome && outcome.record.source === 'authenticator-log') return outcome.record;
  }
  return null;
}

function isBeyondStorm({ arn, denial, at }: Denial, storms: Map<string, number>): boolean {
  const bucket = Math.floor(Date.parse(at ?? '') / BUCKET_MS);
  const key = JSON.stringify([arn, denial, bucket]);
  const count = (storms.get(key) ?? 0) + 1;
  storms.set(key, count);
  return count > MOST_DENIALS;
}

/** The nodes of a group differ in name alone. With the unique id: whoever takes the name of a principal is another one. */
function identityOf(login: Login, life: string | null): string {
  const { arn, uniqueId, username, groups, accessKeyId } = login;
  const name = isNodeIdentity(login) ? 'system:node:' : username;
  return hash([life, arn, uniqueId, name, [...groups].sort(), accessKeyId]);
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 14);
}

/** As a log subscription would have sent it. */
function toEvent(line: string, { at, kind }: AuthenticatorRecord): SightedEvent | null {
  if (at === null) return null;
  const timestamp = Date.parse(at);
  const id = hash([line]);
  const raw = parseJson(line);
  const message = textIn(raw, '@message');
  if (message === null || kind === 'granted')
    return Buffer.byteLength(line) > MOST_BYTES ? null : { id, timestamp, logStream: '', message: line };
  return {
    id: textIn(raw, '@ptr') ?? id,
    timestamp,
    logStream: textIn(raw, '@logStream') ?? '',
    // A character is three bytes at most.
    message: message.slice(0, MOST_BYTES / 3),
  };
}

/** Whoever is forgotten is told again, which changes nothing. */
function keepLatest(told: ReadonlyMap<string, number>): Told {
  return told.size <= MOST_TOLD ? told : new Map([...told].slice(-MOST_TOLD));
}
