/** A stream of records into what an audit keeps: the notable ones, and everyone's use folded to a row an identity. */
import type { Usage } from '../model/evidence.ts';
import type { AuditEvent, AuthenticatorRecord, CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { compareTimes } from '../rules/time.ts';
import { isNotable, notableKey } from './notable.ts';
import { withWritten } from './written-object.ts';

export interface Digest {
  readonly authenticator: readonly AuthenticatorRecord[];
  readonly audit: readonly AuditEvent[];
  readonly cloudTrail: readonly CloudTrailEvent[];
  readonly usage: readonly Usage[];
}

/** Alike records beyond this many (in the same five minutes) say nothing that the first ones do not. */
const MOST_ALIKE = 50;
const BUCKET_MS = 5 * 60_000;

/** Feed it records in any order; its size grows with the identities and changes seen, not with the traffic. */
export interface Digester {
  readonly add: (record: EvidenceRecord) => void;
  readonly finish: () => Digest;
}

export function createDigest(): Digester {
  const authenticator: AuthenticatorRecord[] = [];
  const audit: AuditEvent[] = [];
  const cloudTrail: CloudTrailEvent[] = [];
  const usage = new Map<string, Usage>();
  const alike = new Map<string, number>();
  const seen = new Set<string>();

  const isWorthKeeping = (record: EvidenceRecord): boolean => {
    if (!isNotable(record)) return false;
    const key = notableKey(record);
    if (key === null) return true;
    const bucket = record.at === null ? 0 : Math.floor(Date.parse(record.at) / BUCKET_MS);
    const count = (alike.get(`${bucket} ${key}`) ?? 0) + 1;
    alike.set(`${bucket} ${key}`, count);
    return count <= MOST_ALIKE;
  };

  const add = (record: EvidenceRecord): void => {
    const { source, id, at } = record.evidence;
    const identity = id === null ? null : `${source} ${id} ${at ?? ''}`;
    if (identity !== null && record.source !== 'authenticator-log' && isNotable(record)) {
      // CloudTrail and log delivery are at-least-once: the same event may lie in two files.
      if (seen.has(identity)) return;
      seen.add(identity);
    }
    foldUse(usage, record);
    if (!isWorthKeeping(record)) return;
    if (record.source === 'cloudtrail') cloudTrail.push(record);
    else if (record.source === 'audit-log') audit.push(withWritten(record));
    else authenticator.push(record);
  };

  const finish = (): Digest => ({
    authenticator: authenticator.sort((a, b) => compareTimes(a.at, b.at)),
    audit: audit.sort((a, b) => compareTimes(a.at, b.at)),
    cloudTrail: cloudTrail.sort((a, b) => compareTimes(a.at, b.at)),
    usage: [...usage.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use),
  });

  return { add, finish };
}

function foldUse(usage: Map<string, Usage>, record: EvidenceRecord): void {
  const use = toUse(record);
  if (use === null) return;
  const key = JSON.stringify([
    use.source,
    use.principalArn,
    use.uniqueId,
    use.username,
    use.groups,
    use.policyArn,
    use.sessionName,
  ]);
  const known = usage.get(key);
  usage.set(key, known === undefined ? use : mergeUse(known, use));
}

function toUse(record: EvidenceRecord): Usage | null {
  if (record.source === 'authenticator-log' && record.kind === 'granted') {
    return {
      source: record.source,
      principalArn: record.arn,
      uniqueId: record.uniqueId,
      username: record.username,
      groups: record.groups,
      policyArn: null,
      sessionName: record.sessionName,
      accessKeyId: record.accessKeyId,
      stsEndpoint: record.stsEndpoint,
      count: record.count,
      firstAt: record.firstAt ?? record.at,
      lastAt: record.at,
      evidence: record.evidence,
    };
  }
  if (record.source !== 'audit-log' || record.user.username === '' || record.code === 401) return null;
  return {
    source: record.source,
    principalArn: record.actor.principalArn,
    uniqueId: record.actor.uniqueId,
    username: record.user.username,
    groups: record.user.groups,
    policyArn: record.accessPolicy?.policyArn ?? null,
    sessionName: record.actor.sessionName,
    accessKeyId: record.actor.accessKeyId,
    stsEndpoint: null,
    count: 1,
    firstAt: record.at,
    lastAt: record.at,
    evidence: record.evidence,
  };
}

function mergeUse(known: Usage, use: Usage): Usage {
  const isLater = compareTimes(known.lastAt, use.lastAt) < 0;
  const isEarlier = use.firstAt !== null && (known.firstAt === null || compareTimes(use.firstAt, known.firstAt) < 0);
  return {
    ...(isLater ? use : known),
    count: known.count + use.count,
    firstAt: isEarlier ? use.firstAt : known.firstAt,
  };
}
