/** What was remembered of a grant, and what an audit says of it now, into what is to be remembered. */
import { isDeepStrictEqual } from 'node:util';
import { type Access, type Grant, LEVELS } from '../model/access.ts';
import type { Coverage, Need } from '../model/coverage.ts';
import type { RememberedGrant } from '../model/remembered.ts';
import { msBetween } from '../rules/time.ts';
import { cutGrant } from './row-size.ts';
import { judge } from './verdict.ts';

/** What one audit could see of the grants of a cluster. */
export interface GrantRead {
  /** ISO: up to when its evidence reaches. */
  readonly at: string;
  /** createdAt of the cluster; null where it was not read. */
  readonly life: string | null;
  /** The last earlier read that would have shown a grant of this kind; null before the first. */
  readonly lastReadAt: (via: Grant['via']) => string | null;
  /** Whether its silence shows that a grant is gone. */
  readonly wouldShow: (grant: Pick<Grant, 'via'>) => boolean;
}

/** A record that shows a grant being taken away. */
export interface Removal {
  readonly at: string;
  readonly by: string | null;
}

export interface SeenGrant {
  readonly row: Pick<Access, 'holder' | 'principalArn' | 'since' | 'grantedBy'>;
  readonly grant: Grant;
}

/** A grant seen while none like it stood. null: it is over, and this read is no better than the one that ended it. */
export function beginGrant(seen: SeenGrant, last: RememberedGrant | null, read: GrantRead): RememberedGrant | null {
  const ended = last?.until ?? null;
  const next = startGrant(seen, ended, read);
  if (ended === null || next.isFromKnown) return next;
  // Evidence that lacks a part may show again what a whole read has seen to be over.
  const isOlder = msBetween(ended, read.at) <= 0;
  return isOlder || (seen.grant.since !== null && !read.wouldShow(seen.grant)) ? null : next;
}

function startGrant({ row, grant }: SeenGrant, notBefore: string | null, read: GrantRead): RememberedGrant {
  const { since } = grant;
  const isKnown =
    since !== null && msBetween(since, read.at) >= 0 && (notBefore === null || msBetween(notBefore, since) >= 0);
  return cutGrant({
    ...withoutSince(grant),
    holder: row.holder,
    principalArn: row.principalArn,
    from: isKnown ? since : read.at,
    isFromKnown: isKnown,
    until: null,
    grantedBy: since !== null && since === row.since.value ? row.grantedBy.value : null,
    life: read.life,
    absentAt: isKnown ? null : read.lastReadAt(grant.via),
  });
}

/** A grant that stood, and stands. `next` begins another one like it: it was made again, or is of another level now. */
export function keepGrant(
  stored: RememberedGrant,
  seen: SeenGrant,
  { read, removal }: { readonly read: GrantRead; readonly removal: Removal | null },
): { readonly stored: RememberedGrant | null; readonly next: RememberedGrant | null } {
  if (msBetween(stored.from, read.at) < 0) return { stored: null, next: null };
  const isOtherLife = read.life !== null && stored.life != null && stored.life !== read.life;
  if (isOtherLife || removal !== null || isOtherLevel(stored, seen.grant, read)) {
    const ended = endGrant(stored, read, removal);
    return { stored: ended, next: ended === null ? null : startGrant(seen, ended.until, read) };
  }
  if (isMadeAgain(stored, seen.grant, read)) {
    const ended = endGrant(stored, read, null);
    const next = startGrant(seen, null, read);
    return { stored: ended === null ? null : { ...ended, until: next.from }, next: ended === null ? null : next };
  }
  const changed = improveGrant(stored, seen, read);
  return { stored: isDeepStrictEqual(stored, changed) ? null : changed, next: null };
}

/** What an audit no longer shows, though it would; null where it began after what the audit read. */
export function endGrant(stored: RememberedGrant, read: GrantRead, removal: Removal | null): RememberedGrant | null {
  if (stored.until !== null || msBetween(stored.from, read.at) < 0) return null;
  const { life, at } = read;
  const wholeReadAt = read.lastReadAt(stored.via);
  const wasSeen = wholeReadAt !== null && msBetween(stored.from, wholeReadAt) >= 0 ? wholeReadAt : stored.from;
  // A cluster that was created again had been deleted before.
  const isOtherLife = life !== null && stored.life != null && stored.life !== life && msBetween(life, at) >= 0;
  return {
    ...stored,
    until: removal?.at ?? (isOtherLife ? life : at),
    lastSeenAt: removal === null ? wasSeen : null,
    isUntilKnown: removal !== null,
    endedBy: removal?.by ?? null,
  };
}

/** Their age is that of the very grant: an access entry's is that of its last change. */
const AGED: ReadonlySet<Grant['via']> = new Set(['access-policy', 'rbac', 'service-account']);

/** It stood at the last whole read, and was made after it: so it was gone in between. */
function isMadeAgain({ from }: RememberedGrant, { via, since }: Grant, { lastReadAt, at }: GrantRead): boolean {
  const wholeReadAt = lastReadAt(via);
  if (since === null || wholeReadAt === null || !AGED.has(via)) return false;
  return msBetween(from, wholeReadAt) >= 0 && msBetween(wholeReadAt, since) > 0 && msBetween(since, at) >= 0;
}

/** More is lost by hiding a raise than by believing one: what lacks a part may only raise. */
function isOtherLevel(stored: RememberedGrant, { level, via }: Grant, read: GrantRead): boolean {
  if (stored.level === level) return false;
  return read.wouldShow({ via }) || LEVELS.indexOf(level) > LEVELS.indexOf(stored.level);
}

/** A later read may know since when it stands, and who gave it; what is known stays. */
function improveGrant(stored: RememberedGrant, { row, grant }: SeenGrant, read: GrantRead): RememberedGrant {
  const { since } = grant;
  const isBetter = !stored.isFromKnown && since !== null && msBetween(since, stored.from) >= 0;
  const giver = since !== null && since === row.since.value ? row.grantedBy.value : null;
  return {
    ...stored,
    principalArn: stored.principalArn ?? row.principalArn,
    life: stored.life ?? read.life,
    from: isBetter ? since : stored.from,
    isFromKnown: stored.isFromKnown || isBetter,
    absentAt: isBetter ? null : (stored.absentAt ?? null),
    grantedBy: stored.grantedBy ?? giver,
  };
}

function withoutSince({ since: _since, ...rest }: Grant): Omit<Grant, 'since'> {
  return rest;
}

const DOORS = ['eks-api/cluster', 'eks-api/access-entries'] as const;

const SHOWN_BY: Readonly<Record<Grant['via'], readonly Need[]>> = {
  'access-policy': DOORS,
  'access-entry-group': [...DOORS, 'rbac'],
  'access-entry-username': [...DOORS, 'rbac'],
  'aws-auth': [...DOORS, 'aws-auth', 'rbac'],
  'cluster-creator': DOORS,
  oidc: ['eks-api/cluster', 'eks-api/identity-providers', 'rbac'],
  'service-account': ['rbac'],
  rbac: ['rbac'],
};

/** True when every source that could show a grant of this kind was read in whole. */
export function isShownWhole(via: Grant['via'], coverage: readonly Coverage[]): boolean {
  return isRead(SHOWN_BY[via], coverage);
}

/** True when every source of grants was, but for identity providers: few clusters have any. */
export function isWholeRead(coverage: readonly Coverage[]): boolean {
  return isRead(SHOWN_BY['aws-auth'], coverage);
}

function isRead(needs: readonly Need[], coverage: readonly Coverage[]): boolean {
  return judge({ id: 'grants', needs: [needs] }, coverage).status === 'evaluated';
}

/** Every kind of grant of which silence shows that there is none. */
export function listShownWhole(read: Pick<GrantRead, 'wouldShow'>): readonly Grant['via'][] {
  return VIAS.filter((via) => read.wouldShow({ via }));
}

const VIAS = [
  'access-policy',
  'access-entry-group',
  'access-entry-username',
  'aws-auth',
  'cluster-creator',
  'oidc',
  'service-account',
  'rbac',
] as const;
