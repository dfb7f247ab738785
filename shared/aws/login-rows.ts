/** Turns folded authenticator rows into one row for each identity and session, as the evidence folder holds them. */
import { unquoteGo } from '../rules/go-quotes.ts';
import { append } from '../rules/lists-by-key.ts';
import type { QueryRow } from './insights-query.ts';

/** One line of authenticator.log; the names are those of the evidence folder. */
export interface LoginRow {
  readonly arn: string | null;
  readonly uid: string | null;
  readonly username: string | null;
  readonly groups: string;
  readonly stsendpoint: string | null;
  readonly session: string | null;
  readonly accesskeyid: string | null;
  readonly first: string;
  readonly last: string;
  readonly count: number;
  readonly exampleStream: string | null;
  readonly examplePtr: string | null;
}

/** Who they are of: `<account>:<unique id>`, which both kinds of row carry. */
export interface FoldedLogins {
  readonly logins: readonly LoginRow[];
  readonly sessions: ReadonlyMap<string, readonly LoginRow[]>;
}

export function foldLogins(rows: readonly QueryRow[]): FoldedLogins {
  const logins: LoginRow[] = [];
  const sessions = new Map<string, LoginRow[]>();
  for (const { login, userId, account } of mergeRows(rows)) {
    // Only a login names an identity; only an `STS response` names the user id.
    if (userId === null) logins.push(login);
    else {
      append(sessions, `${account ?? ''}:${userId.split(':', 1)[0]}`, login);
    }
  }
  return { logins, sessions };
}

interface FoldedRow {
  readonly login: LoginRow;
  readonly userId: string | null;
  readonly account: string | null;
}

/** A window that was read in halves has a row in each. */
function mergeRows(rows: readonly QueryRow[]): Iterable<FoldedRow> {
  const merged = new Map<string, FoldedRow>();
  for (const row of rows) {
    const login = toLoginRow(row);
    const [userId, account] = [unquote(row.get('userId')), unquote(row.get('account'))];
    const { first: _first, last: _last, count: _count, exampleStream: _stream, examplePtr: _ptr, ...who } = login;
    const key = JSON.stringify([userId, account, who]);
    const known = merged.get(key)?.login;
    merged.set(key, { userId, account, login: known === undefined ? login : mergeLogins(known, login) });
  }
  return merged.values();
}

function mergeLogins(a: LoginRow, b: LoginRow): LoginRow {
  const later = toMs(b.last) >= toMs(a.last) ? b : a;
  const first = toMs(b.first) < toMs(a.first) ? b.first : a.first;
  return { ...later, first, count: a.count + b.count };
}

function toLoginRow(row: QueryRow): LoginRow {
  return {
    arn: unquote(row.get('arn')),
    uid: unquote(row.get('uid')),
    username: unquote(row.get('username')),
    groups: unquote(row.get('groups')) ?? '[]',
    stsendpoint: unquote(row.get('endpoint')),
    session: unquote(row.get('session')),
    accesskeyid: row.get('longLivedKey') || null,
    first: row.get('firstAt') ?? '',
    last: row.get('lastAt') ?? '',
    count: Number(row.get('times') ?? 0),
    exampleStream: row.get('exampleStream') ?? null,
    examplePtr: row.get('examplePtr') ?? null,
  };
}

/** `aws-iam-authenticator:<account>:<unique id>` without its first part; null when the log names nobody. */
export function callerOf({ uid }: LoginRow): string | null {
  return /^[^:]*:(\d+:[^:]+)/.exec(uid ?? '')?.[1] ?? null;
}

/**
 * A login carries no session: the lines before it do. Sessions go with the identities of their user that were seen in the
 * same time; where a username repeats the session, with that one alone.
 */
export function joinSessions({ logins, sessions }: FoldedLogins): readonly LoginRow[] {
  const identities = new Map<string, LoginRow[]>();
  for (const login of logins) {
    const caller = callerOf(login);
    if (caller !== null) append(identities, caller, login);
  }
  return logins.flatMap((login) => {
    const caller = callerOf(login);
    const others = (caller === null ? undefined : identities.get(caller)) ?? [];
    const own = ((caller === null ? undefined : sessions.get(caller)) ?? []).filter((session) => {
      if (!overlaps(session, login)) return false;
      const named = others.filter((other) => repeats(other, session));
      return named.length === 0 || named.includes(login);
    });
    return own.length === 0 ? [login] : splitBySession(login, own);
  });
}

function splitBySession(login: LoginRow, own: readonly LoginRow[]): readonly LoginRow[] {
  const split = own.map(({ session, accesskeyid, first, last, count }) => ({
    ...login,
    session,
    accesskeyid,
    first: toMs(first) < toMs(login.first) ? login.first : first,
    // The session line comes just before its login.
    last: toMs(last) + SLACK_MS >= toMs(login.last) ? login.last : last,
    count,
  }));
  const counted = split.reduce((sum, { count }) => sum + count, 0);
  // What no session line stands for; and always the last login, whose time must not be lost.
  const isWhole = counted >= login.count && split.some(({ last }) => last === login.last);
  return isWhole ? split : [...split, { ...login, count: Math.max(1, login.count - counted) }];
}

const SLACK_MS = 1000;

function overlaps(session: LoginRow, login: LoginRow): boolean {
  if (session.stsendpoint !== null && login.stsendpoint !== null && session.stsendpoint !== login.stsendpoint)
    return false;
  return toMs(session.first) <= toMs(login.last) + SLACK_MS && toMs(session.last) + SLACK_MS >= toMs(login.first);
}

/** Aggregates print times as epoch milliseconds; should they print them as rows do, that is read as well. */
function toMs(time: string): number {
  return /^\d+(?:\.\d+)?$/.test(time) ? Number(time) : Date.parse(`${time.replace(' ', 'T')}Z`);
}

function repeats({ username }: LoginRow, { session }: LoginRow): boolean {
  if (username === null || session === null || session === '') return false;
  return username.includes(session) || username.includes(session.replaceAll('@', '-'));
}

/** A value as Go's %q prints it, or bare; null when there is none. */
function unquote(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  return text.startsWith('"') ? unquoteGo(text.slice(1, -1)) : text;
}
