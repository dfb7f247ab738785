/** An event of the home bus into the records that it carries, each with the cluster that it concerns. */
import { createHash } from 'node:crypto';
import type { Happening } from '../model/happening.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { arnKey, partitionOf } from '../rules/arn.ts';
import { findAssumption } from '../rules/assumed-sessions.ts';
import { mayMakeAdmins } from '../rules/iam-calls.ts';
import { fieldIn, isRecord, textIn } from './json-fields.ts';
import { parseLogTime } from './log-time.ts';
import { findRegion } from './named-region.ts';
import type { Origin } from './origin.ts';
import { parseFound } from './parse-found.ts';
import { type Found, unwrapValue } from './unwrap.ts';
import { withWritten } from './written-object.ts';

/** A record as it came in; without a cluster where it concerns an account. */
export interface Arrival extends Omit<Happening, 'clusterArn'> {
  readonly clusterArn: string | null;
  /** Of the bus; of a role that is assumed, its own. */
  readonly account: string;
  /** Of a call to IAM: `principal` where its admins alone are concerned, by arnKey; `anybody` where it may make new ones. */
  readonly touches: { readonly principal: string } | 'anybody' | null;
}

export interface Arrivals {
  readonly arrivals: readonly Arrival[];
  /** Why the rest is none, each reason once. */
  readonly skipped: readonly string[];
}

/** What `alert-on-log-batch` sends; no service of AWS may be imitated under the names that begin with `aws.`. */
export const LOG_SOURCE = 'keyholder.logs';

/**
 * Account and region are those that the bus vouches for; a record that names others is not believed. `home` is the account
 * of the bus, whose own functions read the logs of others and say whose they are. Of what a function puts on the bus of
 * another region, the bus knows the account alone: the region it says itself.
 */
export function parseArrivals(event: unknown, home: string | null = null): Arrivals {
  const account = textIn(event, 'account');
  const region = textIn(event, 'region');
  const source = textIn(event, 'source') ?? '';
  const detail = fieldIn(event, 'detail');
  if (account === null || region === null || !isRecord(detail))
    return { arrivals: [], skipped: ['expected an event of a bus with account, region and detail'] };
  if (source !== LOG_SOURCE && !source.startsWith('aws.'))
    return { arrivals: [], skipped: [`expected an event of AWS or of ${LOG_SOURCE}, got one of another source`] };
  const named = source === LOG_SOURCE ? textIn(detail, 'account') : null;
  if (named !== null && account !== home)
    return { arrivals: [], skipped: ['the event names another account than its bus'] };
  const place: Place = {
    account: named ?? account,
    region: (source === LOG_SOURCE ? findRegion(detail) : null) ?? region,
    at: parseLogTime(fieldIn(event, 'time')),
    logGroup: textIn(detail, 'logGroup'),
  };
  const origin: Origin = { file: null, line: 0, id: textIn(event, 'id'), at: place.at, stream: null };
  const parsed = [...unwrapValue(detail, origin)].map((found) => readFound(found, place, source === LOG_SOURCE));
  return {
    arrivals: parsed.flatMap((one) => (typeof one === 'string' ? [] : [one])),
    skipped: [...new Set(parsed.filter((one) => typeof one === 'string'))],
  };
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly at: string | null;
  readonly logGroup: string | null;
}

/** An arrival, or why there is none. */
function readFound(found: Found, place: Place, isLog: boolean): Arrival | string {
  if (found.kind === 'gap' || found.kind === 'ignored') return found.reason;
  const outcome = parseFound(found);
  if ('ignored' in outcome) return outcome.ignored;
  if ('skip' in outcome) return outcome.skip;
  const { record } = outcome;
  if ((record.source !== 'cloudtrail') !== isLog) return `expected another record than one of ${record.source}`;
  if (record.source === 'cloudtrail' && (record.account !== place.account || record.region !== place.region))
    return 'the record names another account or region than its bus';
  const at = record.at ?? place.at;
  if (at === null) return 'a record without a time';
  return {
    clusterArn: clusterArnOf(record, place),
    account: findAssumedAccount(record) ?? place.account,
    touches: findTouched(record),
    id: idOf(record),
    at,
    record: record.source === 'audit-log' ? withWritten(record) : record,
  };
}

/** Both accounts record that a role is assumed from another one: it is a fact of the role. */
function findAssumedAccount(record: EvidenceRecord): string | null {
  const assumption = findAssumption(record);
  return assumption === null ? null : (/^arn:[^:]*:iam::(\d{12}):/.exec(assumption.roleArn)?.[1] ?? null);
}

function findTouched(record: EvidenceRecord): Arrival['touches'] {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'iam.amazonaws.com') return null;
  if (mayMakeAdmins(record)) return 'anybody';
  return record.principalArn === null ? null : { principal: arnKey(record.principalArn) };
}

const LOG_GROUP = /^\/aws\/eks\/([^/]+)\/cluster$/;

function clusterArnOf(record: EvidenceRecord, { account, region, logGroup }: Place): string | null {
  const name = record.source === 'cloudtrail' ? record.clusterName : LOG_GROUP.exec(logGroup ?? '')?.[1];
  return name == null ? null : `arn:${partitionOf(region)}:eks:${region}:${account}:cluster/${name}`;
}

/** Of an audit event's two stages each tells something of its own. */
function idOf(record: EvidenceRecord): string {
  if (record.source === 'cloudtrail' && record.eventId !== null) return record.eventId;
  if (record.source === 'audit-log' && record.auditId !== null) return `${record.auditId} ${record.stage ?? ''}`.trim();
  return createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);
}
