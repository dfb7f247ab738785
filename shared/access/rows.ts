/** Holders and their grants into the rows of the report's `access`. */
import { type Access, type Graded, type Known, LEVELS, type Level, type People } from '../model/access.ts';
import type { ResolvedBinding } from '../model/facts.ts';
import { principalKey } from '../rules/arn.ts';
import { once } from '../rules/once.ts';
import type { HeldRules } from '../rules/own-level.ts';
import type { TracedGrant } from './grants.ts';
import type { HolderDoors } from './holders.ts';
import { type LogSight, lastUse, type UsageIndex } from './usage.ts';

export interface RowSources {
  readonly usage: UsageIndex;
  /** What authenticator and audit log together can show of an IAM principal. */
  readonly loginSight: LogSight;
  /** What the audit log alone can show: service accounts never pass the authenticator. */
  readonly auditSight: LogSight;
  readonly resolvePeople: (doors: HolderDoors) => People;
  readonly gradeHeld: (held: readonly HeldRules[]) => Graded;
}

export interface RowGrants {
  readonly list: () => readonly TracedGrant[];
  /** Of a subject that only RBAC names: all that it holds. */
  readonly bound?: readonly ResolvedBinding[];
}

/** Worked out where it is looked at: of thousands of rows most answers show a few, and some look at no grant at all. */
export function makeRow(doors: HolderDoors, { list, bound }: RowGrants, sources: RowSources): Access {
  const traced = once(list);
  const grants = once(() =>
    traced()
      .map(({ grant }) => grant)
      .sort((a, b) => rankOf(b.level) - rankOf(a.level)),
  );
  const graded = once(() => gradeHolder(doors, bound?.map(holdBinding) ?? traced().map(holdGrant), sources));
  const origin = once(() => findOrigin(traced(), graded().level));
  const lastUsedAt = once(() => findLastUse(doors, sources));
  const people = once(() => sources.resolvePeople(doors));
  return {
    holder: doors.holder,
    principalArn: doors.holder.kind === 'iam' && doors.holder.name.startsWith('arn:') ? doors.holder.name : null,
    exists: doors.mappings[0]?.exists ?? null,
    get level() {
      return graded().level;
    },
    get reason() {
      return graded().reason;
    },
    kind: doors.kind,
    get grants() {
      return grants();
    },
    get since() {
      return origin()?.since ?? noGrant;
    },
    get grantedBy() {
      return origin()?.grantedBy ?? noGrant;
    },
    get lastUsedAt() {
      return lastUsedAt();
    },
    get people() {
      return people();
    },
  };
}

function findOrigin(grants: readonly TracedGrant[], level: Level): TracedGrant['origin'] | undefined {
  const decisive = grants.filter(({ grant }) => grant.level === level);
  const weighed = decisive.length > 0 ? decisive : grants;
  const origin = findEarliest(weighed)?.origin;
  if (origin === undefined || origin.since.value === null) return origin;
  if (weighed.every((traced) => traced.origin.since.value !== null)) return origin;
  const reasons = [origin.since.reason, 'another of its grants is of unknown age and may be older'];
  return { ...origin, since: { ...origin.since, reason: reasons.filter((reason) => reason !== null).join('; ') } };
}

const noGrant: Known = { value: null, status: 'none-seen', seenFrom: null, reason: 'it holds no grant' };

export function rankOf(level: Level): number {
  return LEVELS.indexOf(level);
}

interface Held extends Graded {
  readonly binding: ResolvedBinding | null;
}

function holdBinding(binding: ResolvedBinding): Held {
  return { level: binding.level, reason: binding.reason, binding };
}

function holdGrant({ grant, binding }: TracedGrant): Held {
  return { level: grant.level, reason: grant.reason, binding };
}

/** The highest of its grants, or what all its RBAC rules give together: bind from one role, create from another. */
function gradeHolder(doors: HolderDoors, held: readonly Held[], { gradeHeld }: RowSources): Graded {
  const [first, ...others] = held;
  if (first === undefined) return { level: 'limited', reason: explainNothing(doors) };
  const highest = others.reduce<Graded>((top, grant) => (rankOf(grant.level) > rankOf(top.level) ? grant : top), first);
  const bindings = [...new Set(held.flatMap(({ binding }) => binding ?? []))];
  if (highest.level === 'cluster-admin' || bindings.length < 2) return { level: highest.level, reason: highest.reason };
  const together = gradeHeld(
    bindings.map(({ namespace, resolvedRole }) => ({
      scope: namespace === null ? 'cluster' : `namespace:${namespace}`,
      rules: resolvedRole?.effectiveRules ?? [],
    })),
  );
  const top = rankOf(together.level) > rankOf(highest.level) ? together : highest;
  return { level: top.level, reason: top.reason };
}

const DEAD_DOORS: Readonly<Record<string, string>> = {
  mode: 'the authentication mode does not read this mapping',
  'overridden-by-entry': 'an access entry of the same principal counts instead',
  'arn-never-matches': 'no caller can match the ARN as it is written',
  'duplicate-row': 'a later row with the same ARN counts instead',
  'sso-row': 'EKS does not read sso rows',
  'principal-gone': 'the entry is bound to a principal that no longer exists',
  'principal-recreated': 'the entry is bound to an earlier principal of this name',
  root: 'EKS ignores an entry for the account root',
};

function explainNothing({ mappings }: HolderDoors): string {
  const dead = mappings.find((mapping) => mapping.inert !== null)?.inert ?? null;
  const why = dead === null ? undefined : DEAD_DOORS[dead];
  return why === undefined ? 'it can log in and nothing more' : `it gets nothing: ${why}`;
}

/** The grant that has stood longest; one whose age is not known could be older than any. */
function findEarliest(grants: readonly TracedGrant[]): TracedGrant | undefined {
  const known = grants.filter(({ origin }) => origin.since.value !== null);
  return (
    known.sort((a, b) => Date.parse(a.origin.since.value ?? '') - Date.parse(b.origin.since.value ?? ''))[0] ??
    grants[0]
  );
}

function findLastUse({ holder, mappings, subject }: HolderDoors, sources: RowSources): Known {
  const principal = mappings[0]?.principal;
  if (principal !== undefined) return lastUse(sources.usage.ofPrincipal(principalKey(principal)), sources.loginSight);
  if (subject?.kind === 'Group') return lastUse(sources.usage.ofGroup(subject.name), sources.auditSight);
  const username =
    subject?.kind === 'ServiceAccount'
      ? `system:serviceaccount:${subject.namespace ?? ''}:${subject.name}`
      : holder.name;
  return lastUse(sources.usage.ofUsername(username), sources.auditSight);
}
