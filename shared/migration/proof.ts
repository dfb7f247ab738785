/** The facts before and after a move into the proof: what every principal can do, compared permission by permission. */
import { LEVELS, type Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { AccessDifference, MigrationProof, ProvenPrincipal } from '../model/migration.ts';
import type { Rbac } from '../model/rbac.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import {
  type EffectiveAccess,
  type Held,
  listMissingAccess,
  NO_ACCESS,
  resolveEffectiveAccess,
} from '../rules/effective-access.ts';
import { findOpenDoor } from '../rules/login-doors.ts';
import { describeDifference, tellLogin, tellNode, tellUncharted } from './differences.ts';
import { fillAccount } from './entry-names.ts';
import { listUsernameChanges } from './username-changes.ts';

export function proveMigration(before: Facts, after: Facts): MigrationProof {
  const [one, two] = [openSide(before), openSide(after)];
  const keys = [...new Set([...one.keys, ...two.keys])];
  const principals = keys.map((key) => prove(one, two, key)).filter((proven) => proven !== null);
  return {
    equal: principals.every(({ outcome }) => outcome !== 'differs'),
    principals,
    usernames: listUsernameChanges(principals, one.rbac, two.rbac),
  };
}

interface Side {
  readonly keys: readonly string[];
  readonly doorOf: (key: string) => Mapping | null;
  readonly levelOf: (key: string) => string;
  readonly accessOf: (held: Held | null) => EffectiveAccess;
  readonly rbac: Rbac;
}

function openSide(facts: Facts): Side {
  const rbac = { roles: facts.roles, bindings: facts.bindings };
  const doors = new Map<string, Mapping[]>();
  for (const mapping of facts.mappings) {
    const key = principalKey(mapping.principal);
    const list = doors.get(key);
    if (list === undefined) doors.set(key, [mapping]);
    else list.push(mapping);
  }
  const levels = new Map(
    facts.access.flatMap(({ holder, level }) => (holder.kind === 'iam' ? [[arnKey(holder.name), level] as const] : [])),
  );
  const known = new Map<string, EffectiveAccess>();
  return {
    keys: [...doors.keys()],
    doorOf: (key) => findOpenDoor(doors.get(key) ?? []),
    levelOf: (key) => levels.get(key) ?? 'none',
    accessOf(held) {
      if (held === null) return NO_ACCESS;
      const text = JSON.stringify([held.identity, held.policies.map(({ name, scope }) => [name, scope])]);
      const access = known.get(text) ?? resolveEffectiveAccess(held, rbac);
      known.set(text, access);
      return access;
    },
    rbac,
  };
}

function prove(one: Side, two: Side, key: string): ProvenPrincipal | null {
  const [before, after] = [one.doorOf(key), two.doorOf(key)];
  if (before === null && after === null) return null;
  const [heldBefore, heldAfter] = [holdOf(before), holdOf(after)];
  const basis = isSameHold(heldBefore, heldAfter) ? 'identity' : 'rules';
  const differences =
    basis === 'identity' ? [] : compare([one.accessOf(heldBefore), before], [two.accessOf(heldAfter), after]);
  // Of one that IAM does not have the access is nobody's, until somebody makes the name again.
  const isGone = (before ?? after)?.exists === false;
  return {
    principalArn: (after ?? before)?.principal.arn ?? key,
    outcome: differences.length === 0 ? 'same' : isGone ? 'nobody' : 'differs',
    basis,
    levelBefore: before === null ? 'none' : one.levelOf(key),
    levelAfter: after === null ? 'none' : two.levelOf(key),
    doorBefore: before?.via ?? null,
    doorAfter: after?.via ?? null,
    usernameBefore: heldBefore?.identity.username ?? null,
    usernameAfter: heldAfter?.identity.username ?? null,
    differences,
  };
}

/** As whom the door lets in; of mapAccounts every name that begins with the account's ARN. */
export function holdOf(door: Mapping | null): Held | null {
  if (door === null) return null;
  const { identity, policies, principal, via, row } = door;
  if (via === 'aws-auth' && row === null) {
    const username = principal.arn.replace(/\*$/, '{{SessionNameRaw}}');
    return { identity: { username, groups: [] }, policies: [] };
  }
  const fill = (text: string): string => fillAccount(text, door);
  return { identity: { username: fill(identity.username), groups: identity.groups.map(fill) }, policies };
}

/** The order of groups and policies says nothing. */
function isSameHold(before: Held | null, after: Held | null): boolean {
  return before !== null && after !== null && tellHold(before) === tellHold(after);
}

function tellHold({ identity, policies }: Held): string {
  const scopes = policies.map(({ name, scope }) => JSON.stringify([name, scope]));
  return JSON.stringify([identity.username, [...new Set(identity.groups)].sort(), [...new Set(scopes)].sort()]);
}

type Standing = readonly [access: EffectiveAccess, door: Mapping | null];

function compare([before, doorBefore]: Standing, [after, doorAfter]: Standing): readonly AccessDifference[] {
  const lost = listMissingAccess(before, after).map((missing) => describeDifference('lost', missing));
  const gained = listMissingAccess(after, before).map((missing) => describeDifference('gained', missing));
  const logins = doorBefore === null ? [tellLogin('gained')] : doorAfter === null ? [tellLogin('lost')] : [];
  const nodes = before.isNode === after.isNode ? [] : [tellNode(before.isNode ? 'lost' : 'gained')];
  const missing = (these: EffectiveAccess, those: EffectiveAccess) =>
    these.uncharted.filter((name) => !those.uncharted.includes(name));
  return [
    ...gained,
    ...missing(after, before).map((name) => tellUncharted('gained', name)),
    ...lost,
    ...missing(before, after).map((name) => tellUncharted('lost', name)),
    ...nodes,
    ...logins,
  ];
}

/** From least to most, for an order that leaves admins for the end. */
export function rankLevel(level: string): number {
  const levels: readonly string[] = LEVELS;
  return levels.indexOf(level);
}
