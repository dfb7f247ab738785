/** Logins into the unique ids under which each ARN was seen, and when first. */
import type { Ref } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { arnKey } from './arn.ts';
import { compareTimes } from './time.ts';

export interface IdSighting {
  readonly arn: string;
  readonly id: string;
  /** The first time. */
  readonly at: string | null;
  readonly evidence: Ref;
}

export interface IdWatch {
  readonly add: (record: EvidenceRecord) => void;
  /** Of each principal that had more than one id, all of them, oldest first. */
  readonly changed: () => readonly (readonly IdSighting[])[];
}

/** `usage`: what the authenticator log of an audit showed already. */
export function watchIds(usage: readonly Usage[]): IdWatch {
  const byKey = new Map<string, Map<string, IdSighting>>();
  const see = (sighting: IdSighting | null): void => {
    if (sighting === null) return;
    const ids = byKey.get(arnKey(sighting.arn)) ?? new Map<string, IdSighting>();
    byKey.set(arnKey(sighting.arn), ids);
    const known = ids.get(sighting.id);
    if (known === undefined || compareTimes(sighting.at, known.at) < 0) ids.set(sighting.id, sighting);
  };
  for (const use of usage) see(fromUsage(use));
  return {
    add: (record) => see(fromLogin(record)),
    changed: () =>
      [...byKey.values()]
        .filter((ids) => ids.size > 1)
        .map((ids) => [...ids.values()].sort((a, b) => compareTimes(a.at, b.at))),
  };
}

/** Root and federated users have no such id. */
const UNIQUE_ID = /^(?:AROA|AIDA)/;

function fromUsage({ source, principalArn, uniqueId, firstAt, evidence }: Usage): IdSighting | null {
  if (source !== 'authenticator-log' || principalArn === null || uniqueId === null) return null;
  return UNIQUE_ID.test(uniqueId) ? { arn: principalArn, id: uniqueId, at: firstAt, evidence } : null;
}

function fromLogin(record: EvidenceRecord): IdSighting | null {
  if (record.source !== 'authenticator-log' || record.kind !== 'granted') return null;
  const { arn, uniqueId, firstAt, at, evidence } = record;
  if (arn === null || uniqueId === null || !UNIQUE_ID.test(uniqueId)) return null;
  return { arn, id: uniqueId, at: firstAt ?? at, evidence };
}
