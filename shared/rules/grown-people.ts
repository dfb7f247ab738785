/** Facts and the admins' people of an earlier read into whoever can become an admin since, and the call that let them in. */
import type { Person } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import type { StoredPeople } from '../model/state.ts';
import { type AdminPerson, holderKey, listAdminPeople, type WayIn } from './admin-people.ts';
import { arnKey, parsePrincipal } from './arn.ts';
import { isGivenTo } from './iam-giving.ts';
import { findIamEntity, findIamRole } from './iam-roles.ts';
import { listPrincipalCalls } from './principal-calls.ts';
import { compareTimes } from './time.ts';
import { findTrustBefore, findTrustCall, listLetIn, readTrust } from './trust-changes.ts';
import { listTrusted, type TrustedParty } from './trusted-parties.ts';

export interface GrownPerson {
  /** The most certain first. */
  readonly ways: readonly [WayIn, ...WayIn[]];
  /** The last call that gave something to somebody on the way; null where no record shows one. */
  readonly shownBy: CloudTrailEvent | null;
  /** Those who can become this one, and so are admins too. */
  readonly behind: readonly PersonBehind[];
}

export interface PersonBehind {
  readonly person: Person;
  /** Told for itself as well. */
  readonly isToldAlone: boolean;
}

type GrowthFacts = Pick<Facts, 'access' | 'accounts' | 'records'>;

/** Left out are those of an admin that was none before, and those whom a call on the admin itself let in: others tell. */
export function listGrownPeople(facts: GrowthFacts, stored: StoredPeople): readonly GrownPerson[] {
  const known = new Set(stored.people);
  const joined: Since = {
    facts,
    holders: stored.holders === undefined ? null : new Set(stored.holders),
    since: facts.records.filter((record): record is CloudTrailEvent => isOfIam(record, stored.at)),
  };
  const grown = listAdminPeople(facts.access)
    .filter(({ key }) => !known.has(key))
    .flatMap((one) => describeGrown(one, joined));
  return foldBehind(grown);
}

interface Since {
  readonly facts: GrowthFacts;
  /** null where they were not stored. */
  readonly holders: ReadonlySet<string> | null;
  /** Calls to IAM that came after the earlier read. */
  readonly since: readonly CloudTrailEvent[];
}

function isOfIam(record: EvidenceRecord, after: string): record is CloudTrailEvent {
  if (record.source !== 'cloudtrail' || record.eventSource !== 'iam.amazonaws.com' || !record.succeeded) return false;
  return record.at !== null && compareTimes(record.at, after) > 0;
}

const RANK: Readonly<Record<WayIn['person']['certainty'], number>> = {
  yes: 0,
  conditional: 1,
  unknown: 2,
  observed: 3,
};

function describeGrown({ ways }: AdminPerson, joined: Since): readonly GrownPerson[] {
  const [first, ...others] = ways
    .filter(({ row }) => joined.holders?.has(holderKey(row)) ?? true)
    .map((way) => ({ way, shownBy: findShower(way, joined) }))
    .filter(({ way, shownBy }) => shownBy !== null || !isLetInByAdmin(way, joined))
    .sort((a, b) => compareWays(a.way, b.way));
  if (first === undefined) return [];
  return [{ ways: [first.way, ...others.map(({ way }) => way)], shownBy: first.shownBy, behind: [] }];
}

/** The more certain first, then the shorter: so nobody stands behind somebody who stands behind him. */
function compareWays({ person: a }: WayIn, { person: b }: WayIn): number {
  return RANK[a.certainty] - RANK[b.certainty] || a.path.length - b.path.length;
}

/** Of somebody on the way, or of a role's trust; that of the admin itself is not looked at. */
function findShower({ person }: WayIn, { facts, since }: Since): CloudTrailEvent | null {
  const members = person.path.slice(0, -1).flatMap((step) => {
    const entity = findIamEntity(facts.accounts, parsePrincipal(step));
    return entity === null ? [] : [entity];
  });
  const roles = new Set(person.path.slice(1, -1).map(arnKey));
  const shown = since.filter((call) => {
    const trust = findTrustCall(call);
    return trust === null ? members.some((entity) => isGivenTo(call, entity)) : roles.has(arnKey(trust.principalArn));
  });
  return shown.sort((a, b) => compareTimes(a.at, b.at)).at(-1) ?? null;
}

/** The admin was created since, or its trust policy names whoever comes last on the way, or everybody of the account. */
function isLetInByAdmin({ person, row }: WayIn, { facts, since }: Since): boolean {
  const key = holderKey(row);
  const last = person.path.at(-2) ?? '';
  return since.some((record) => {
    const made = listPrincipalCalls(record);
    if (made.length > 0) return made.some((one) => one.kind === 'created' && one.key === key);
    const call = findTrustCall(record);
    if (call === null || arnKey(call.principalArn) !== key) return false;
    const before = findTrustBefore(call, facts.records, findIamRole(facts.accounts, parsePrincipal(call.principalArn)));
    const after = readTrust(call);
    if (after === null) return false;
    const letIn = before === null ? listTrusted({ trust: after }) : listLetIn(before, after);
    return letIn.some((party) => isCovered(last, party));
  });
}

function isCovered(step: string, { kind, name }: TrustedParty): boolean {
  if (kind === 'everyone') return true;
  if (!step.startsWith('arn:')) return kind === 'provider';
  const { account } = parsePrincipal(step);
  return name === account || name.endsWith(`::${account}:root`) || arnKey(name) === arnKey(step);
}

/** Whoever can become another by the same call, or by none that is known, is no news of its own: it comes with that one. */
function foldBehind(grown: readonly GrownPerson[]): readonly GrownPerson[] {
  const byArn = new Map(
    grown.flatMap((one): [string, GrownPerson][] => {
      const arn = one.ways[0].person.principalArn;
      return arn === null ? [] : [[arnKey(arn), one]];
    }),
  );
  const behind = new Map<GrownPerson, PersonBehind[]>();
  const told = grown.filter((one) => {
    const { person } = one.ways[0];
    const leaders = person.path.slice(1, -1).flatMap((step) => byArn.get(arnKey(step)) ?? []);
    const isToldAlone = !leaders.some(({ shownBy }) => shownBy?.eventId === one.shownBy?.eventId);
    for (const leader of leaders) note(behind, leader, { person, isToldAlone });
    return isToldAlone;
  });
  return told.map((one) => ({ ...one, behind: behind.get(one) ?? [] }));
}

function note(behind: Map<GrownPerson, PersonBehind[]>, leader: GrownPerson, one: PersonBehind): void {
  const people = behind.get(leader);
  if (people === undefined) behind.set(leader, [one]);
  else people.push(one);
}
