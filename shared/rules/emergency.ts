/** Records and sessions, and what is declared for emergencies, into the break-glass principal that they concern. */
import type { Config } from '../model/config.ts';
import type { Usage } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { nameActor } from './actors.ts';
import { findAssumption } from './assumed-sessions.ts';
import { isBreakGlass, isSamePrincipal } from './declared.ts';

type Declared = Pick<Facts, 'config' | 'cluster'>;
type IsKept = (principal: string) => boolean;

export interface EmergencyUse {
  readonly principal: string;
  readonly what: string;
  /** Whoever did it, as the record names them. */
  readonly actor: string;
}

/** null unless a declared principal logs in, acts, or is assumed, and was let in. */
export function findEmergencyUse(record: EvidenceRecord, facts: Declared): EmergencyUse | null {
  const isKept: IsKept = (principal) => isBreakGlass(principal, facts);
  if (record.source === 'cloudtrail') return findEmergencyCall(record, isKept);
  if (record.source === 'authenticator-log') {
    if (record.kind !== 'granted') return null;
    return use(record.arn ?? record.username, `logged in as ${record.username}`, isKept);
  }
  if (record.decision === 'forbid') return null;
  const what = `${record.verb} ${record.object?.resource ?? record.requestUri}`;
  return use(record.actor.principalArn ?? record.user.username, `asked the cluster for ${what}`, isKept);
}

/** Of a call that names no cluster: declared for any. */
export function findEmergencyCallOf(
  record: EvidenceRecord,
  { breakGlass }: Pick<Config, 'breakGlass'>,
): EmergencyUse | null {
  if (record.source !== 'cloudtrail') return null;
  return findEmergencyCall(record, (name) => breakGlass.some(({ principal }) => isSamePrincipal(principal, name)));
}

function findEmergencyCall(record: CloudTrailEvent, isKept: IsKept): EmergencyUse | null {
  if (!record.succeeded) return null;
  const assumed = findAssumption(record)?.roleArn ?? null;
  if (assumed !== null && isKept(assumed))
    return { principal: assumed, what: 'was assumed', actor: nameActor(record.actor) };
  return use(record.actor.principalArn ?? record.actor.name, `called ${record.eventName}`, isKept);
}

/** Of logs an audit keeps who was there, and of most of them no more than that. */
export function findEmergencySession({ source, principalArn, username }: Usage, facts: Declared): EmergencyUse | null {
  const what = source === 'authenticator-log' ? `logged in as ${username}` : `was at work as ${username}`;
  return use(principalArn ?? username, what, (principal) => isBreakGlass(principal, facts));
}

function use(principal: string, what: string, isKept: IsKept): EmergencyUse | null {
  return isKept(principal) ? { principal, what, actor: principal } : null;
}
