/** Joins the session of an `STS response` line to the login that follows it on the same connection. */
import type { AuthenticatorRecord, Login, StsResponse } from '../model/records.ts';
import { arnKey } from '../rules/arn.ts';

/** Far more than the logins that can be under way at once; the oldest are forgotten first. */
const MAX_WAITING = 10_000;

export interface StsJoiner {
  /** The record, a login with the session that was read just before it. */
  readonly join: (record: AuthenticatorRecord, stream: string | null) => AuthenticatorRecord;
}

export function createStsJoiner(maxWaiting = MAX_WAITING): StsJoiner {
  const waiting = new Map<string, StsResponse>();

  function remember(key: string, sts: StsResponse): void {
    waiting.delete(key); // so that a port used again counts as young
    waiting.set(key, sts);
    const [oldest] = waiting.keys();
    if (waiting.size > maxWaiting && oldest !== undefined) waiting.delete(oldest);
  }

  return {
    join(record, stream) {
      if (record.kind !== 'sts' && record.kind !== 'granted' && record.kind !== 'denied') return record;
      if (record.client === null) return record;
      // Every API server calls from 127.0.0.1, so that only stream and client together name a connection.
      const key = `${stream ?? ''} ${record.client}`;
      if (record.kind === 'sts') {
        remember(key, record);
        return record;
      }
      const sts = waiting.get(key);
      waiting.delete(key); // the connection is kept and used by others
      return record.kind === 'granted' && sts !== undefined && isSameCaller(record, sts)
        ? withSession(record, sts)
        : record;
    },
  };
}

/** A port may be used again after a lost line; a session must never be pinned on somebody else. */
function isSameCaller(login: Login, sts: StsResponse): boolean {
  if (login.uniqueId !== null && sts.uniqueId !== null) return login.uniqueId === sts.uniqueId;
  return login.arn !== null && arnKey(login.arn) === arnKey(sts.arn);
}

function withSession(login: Login, sts: StsResponse): Login {
  const { sessionName, accessKeyId } = sts;
  return { ...login, sessionName, accessKeyId, stsEndpoint: login.stsEndpoint ?? sts.stsEndpoint };
}
