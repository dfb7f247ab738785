/** Logins and requests with a role into the session names behind them: hints at people, chosen by others. */
import type { Person } from '../model/access.ts';
import type { Usage } from '../model/evidence.ts';
import type { Principal } from '../model/principal.ts';
import { principalKey } from '../rules/arn.ts';
import { compareTimes } from '../rules/time.ts';
import { indexUsage, type UsageIndex } from './usage.ts';

export interface Session {
  readonly name: string;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

const usageIndexes = new WeakMap<readonly Usage[], UsageIndex>();

/** Whoever used the role in front of the cluster, by session name. */
export function listSessions(role: Principal, usage: readonly Usage[]): readonly Session[] {
  const index = usageIndexes.get(usage) ?? indexUsage(usage);
  usageIndexes.set(usage, index);
  const byName = new Map<string, Session>();
  for (const { sessionName: name, firstAt, lastAt } of index.ofPrincipal(principalKey(role))) {
    if (name === null) continue;
    const seen = byName.get(name);
    byName.set(name, {
      name,
      firstAt: earlier(seen?.firstAt ?? null, firstAt ?? lastAt),
      lastAt: lastAt ?? seen?.lastAt ?? null,
    });
  }
  return [...byName.values()];
}

export function seenPerson({ name, firstAt, lastAt }: Session, kind: Person['kind'], role: Principal): Person {
  const who = kind === 'sso' ? 'Identity Center sets' : 'the caller or its identity provider chooses';
  return {
    name,
    principalArn: null,
    kind,
    path: [name, role.arn],
    certainty: 'observed',
    condition: `seen as a session name, which ${who}`,
    firstSeenAt: firstAt,
    lastSeenAt: lastAt,
  };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareTimes(a, b) <= 0 ? a : b;
}
