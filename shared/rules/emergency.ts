/** Records and sessions, and what is declared for emergencies, into the break-glass principal that they concern. */
import type { Usage } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { isBreakGlass } from './declared.ts';
import { textIn } from './loose-values.ts';

type Declared = Pick<Facts, 'config' | 'cluster'>;

export interface EmergencyUse {
  readonly principal: string;
  readonly what: string;
}

/** null unless a declared principal logs in, acts, or is assumed, and was let in. */
export function findEmergencyUse(record: EvidenceRecord, facts: Declared): EmergencyUse | null {
  if (record.source === 'authenticator-log') {
    if (record.kind !== 'granted') return null;
    return use(record.arn ?? record.username, `logged in as ${record.username}`, facts);
  }
  if (record.source === 'audit-log') {
    if (record.decision === 'forbid') return null;
    const what = `${record.verb} ${record.object?.resource ?? record.requestUri}`;
    return use(record.actor.principalArn ?? record.user.username, `asked the cluster for ${what}`, facts);
  }
  if (!record.succeeded) return null;
  const assumed = record.eventName === 'AssumeRole' ? textIn(record.request, 'roleArn') : null;
  if (assumed !== null && isBreakGlass(assumed, facts)) return { principal: assumed, what: 'was assumed' };
  return use(record.actor.principalArn ?? record.actor.name, `called ${record.eventName}`, facts);
}

/** Of logs an audit keeps who was there, and of most of them no more than that. */
export function findEmergencySession({ source, principalArn, username }: Usage, facts: Declared): EmergencyUse | null {
  const what = source === 'authenticator-log' ? `logged in as ${username}` : `was at work as ${username}`;
  return use(principalArn ?? username, what, facts);
}

function use(principal: string, what: string, facts: Declared): EmergencyUse | null {
  return isBreakGlass(principal, facts) ? { principal, what } : null;
}
