/** Records of what a principal asked for into deeds, and deeds that are alike into one line each. */
import type { EmergencyDeed, EmergencyReport } from '../model/break-glass.ts';
import type { Ref } from '../model/coverage.ts';
import type { AuditEvent, CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { isSamePrincipal } from '../rules/declared.ts';
import { compareTimes } from '../rules/time.ts';

export interface Deed {
  readonly what: string;
  readonly at: string | null;
  readonly sessionName: string | null;
  readonly sourceIp: string | null;
  readonly isChange: boolean;
  readonly isRefused: boolean;
  readonly evidence: Ref;
}

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);
const MOST_DEEDS = 12;
const MOST_CHARACTERS = 200;

/** Requests to the cluster and calls to AWS, oldest first; a record that came by two ways is one. */
export function listDeeds(principal: string, records: readonly EvidenceRecord[]): readonly Deed[] {
  const byRecord = new Map<string, Deed>();
  for (const record of records) {
    if (record.source === 'authenticator-log') continue;
    const deed = record.source === 'audit-log' ? readRequest(record) : readCall(record);
    const name = record.source === 'audit-log' ? record.user.username : record.actor.name;
    if (!isSamePrincipal(principal, record.actor.principalArn ?? name)) continue;
    byRecord.set(`${record.source} ${deed.evidence.id ?? JSON.stringify(deed.evidence)}`, deed);
  }
  return [...byRecord.values()].sort((a, b) => compareTimes(a.at, b.at));
}

function readRequest({ verb, object, requestUri, actor, decision, code, at, evidence }: AuditEvent): Deed {
  const place = object === null ? [] : [object.namespace, object.name].filter((part) => part !== null);
  const kind =
    object === null ? requestUri : [object.resource, object.subresource].filter((part) => part !== '').join('/');
  return {
    what: [verb, kind, ...(place.length === 0 ? [] : [place.join('/')])].join(' ').slice(0, MOST_CHARACTERS),
    at,
    sessionName: actor.sessionName,
    sourceIp: actor.sourceIp,
    isChange: !READS.has(verb),
    isRefused: decision === 'forbid' || (code !== null && code >= 400),
    evidence,
  };
}

function readCall({
  eventName,
  eventSource,
  principalArn,
  actor,
  succeeded,
  readOnly,
  at,
  evidence,
}: CloudTrailEvent): Deed {
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  return {
    what: [`${service}:${eventName}`, ...(principalArn === null ? [] : [principalArn])]
      .join(' ')
      .slice(0, MOST_CHARACTERS),
    at,
    sessionName: actor.sessionName,
    sourceIp: actor.sourceIp,
    isChange: !readOnly,
    isRefused: !succeeded,
    evidence,
  };
}

export function sumDeeds(deeds: readonly Deed[]): Pick<EmergencyReport, 'deeds' | 'deedsLeft'> {
  const kinds = new Map<string, EmergencyDeed>();
  for (const { what, isChange, isRefused, evidence: shown } of deeds) {
    const key = JSON.stringify([what, isRefused]);
    const evidence = { ...shown, id: shown.id?.slice(0, MOST_CHARACTERS) ?? null };
    const known = kinds.get(key);
    kinds.set(
      key,
      known === undefined ? { what, count: 1, isChange, isRefused, evidence } : { ...known, count: known.count + 1 },
    );
  }
  const sorted = [...kinds.values()].sort((a, b) => rank(a) - rank(b));
  return { deeds: sorted.slice(0, MOST_DEEDS), deedsLeft: Math.max(0, sorted.length - MOST_DEEDS) };
}

/** What was done, what was tried, what was only looked at. */
function rank({ isChange, isRefused }: EmergencyDeed): number {
  return isChange ? (isRefused ? 1 : 0) : 2;
}
