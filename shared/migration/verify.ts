/** The facts after a move, and what was planned, into who came in by which door: what the logs show, and since when they could. */
import type { Mapping } from '../model/access.ts';
import type { AccessEntry } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { PlannedEntry, Verification, VerifiedPrincipal } from '../model/migration.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { findPartGap } from '../rules/coverage-gaps.ts';
import { compareTimes } from '../rules/time.ts';
import { judgeArrival, openSightings, type Sightings } from './sightings.ts';

/** `planned`: null where no earlier plan was given; then everybody with an entry that counts is expected. */
export function verifyMigration(facts: Facts, planned: readonly PlannedEntry[] | null): Verification {
  const doors = facts.mappings.filter(({ entry }) => entry !== null);
  const byKey = new Map(doors.map((door) => [principalKey(door.principal), door]));
  const sightings = openSightings(facts);
  const unread = findUnread(facts);
  const doorOf = ({ principalArn }: PlannedEntry): Mapping | null => byKey.get(arnKey(principalArn)) ?? null;
  const expected =
    planned === null
      ? doors.filter(({ inert }) => inert === null).map((door) => verifyDoor(door, null, sightings))
      : planned.map((plan) => verifyPlanned(plan, { door: doorOf(plan), sightings, unread }));
  // Entries that stood before the move say nothing of when it began.
  const moved = planned === null ? doors : planned.flatMap((plan) => doorOf(plan) ?? []);
  const made = moved.flatMap(({ entry }) => entry?.createdAt ?? []).sort(compareTimes);
  const principals = [
    ...expected,
    ...listOthers(facts, { sightings, known: new Set(expected.map(keyOf)), since: made[0] ?? null }),
  ];
  const isDone = principals.length > 0 && principals.every(({ arrival }) => arrival === 'through-entry');
  return { isDone, answer: wordAnswer(principals, { name: facts.cluster.name, unread }), principals };
}

function keyOf({ principalArn }: VerifiedPrincipal): string {
  return arnKey(principalArn);
}

/** In mode CONFIG_MAP there are no entries to read. */
function findUnread({ cluster, coverage }: Facts): string | null {
  if (cluster.authenticationMode === 'CONFIG_MAP') return null;
  return findPartGap(coverage, 'access-entries')?.reason ?? null;
}

interface Made {
  readonly door: Mapping | null;
  readonly sightings: Sightings;
  /** Why an entry that is not there may stand all the same; null where all were read. */
  readonly unread: string | null;
}

function verifyPlanned(plan: PlannedEntry, { door, sightings, unread }: Made): VerifiedPrincipal {
  if (door?.entry != null) return verifyDoor(door, plan, sightings);
  return {
    principalArn: plan.principalArn,
    ...{ arrival: unread === null ? 'no-entry' : 'not-seen', isExpected: true },
    ...{ lastAt: null, seenFrom: null, evidence: [] },
    because:
      unread === null
        ? 'The plan was to make an access entry, and the evidence shows none.'
        : `Whether its access entry was made is not known: ${unread}.`,
  };
}

function verifyDoor(door: Mapping, plan: PlannedEntry | null, sightings: Sightings): VerifiedPrincipal {
  const { principal, entry, evidence } = door;
  const change = plan === null || entry === null ? null : findChange(entry, plan);
  if (change !== null) {
    return {
      principalArn: principal.arn,
      ...{ arrival: 'entry-differs', isExpected: true, lastAt: null, seenFrom: null, evidence },
      because: `Its access entry is not as planned: ${change}.`,
    };
  }
  return { principalArn: principal.arn, isExpected: true, ...judgeArrival(door, sightings) };
}

/** EKS adds the groups of a node by itself, and a username where none was given. */
function findChange(entry: AccessEntry, plan: PlannedEntry): string | null {
  if (entry.type !== plan.type) return `its type is ${entry.type}, not ${plan.type}`;
  if (plan.username !== null && entry.username !== plan.username)
    return `its username is ${entry.username}, not ${plan.username}`;
  if (plan.type !== 'STANDARD') return null;
  if (tell(entry.groups) !== tell(plan.groups)) return `its groups are ${tell(entry.groups)}, not ${tell(plan.groups)}`;
  const policiesOf = ({ policies }: Pick<PlannedEntry, 'policies'>): string =>
    tell(policies.map(({ name, scope }) => (scope.type === 'cluster' ? name : `${name} in ${tell(scope.namespaces)}`)));
  const [have, want] = [policiesOf({ policies: entry.policies }), policiesOf(plan)];
  return have === want ? null : `its policies are ${have}, not ${want}`;
}

function tell(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...names].sort().join(', ');
}

interface Others {
  readonly sightings: Sightings;
  readonly known: ReadonlySet<string>;
  readonly since: string | null;
}

/** Who has no entry, and still comes in by aws-auth, or was refused since the first entry was made. */
function listOthers(facts: Facts, { sightings, known, since }: Others): readonly VerifiedPrincipal[] {
  if (since === null) return [];
  const others = facts.mappings.filter(
    ({ row, inert, principal }) => row !== null && inert === null && !known.has(principalKey(principal)),
  );
  const rows = others.flatMap((door): readonly VerifiedPrincipal[] => {
    const last = sightings.lastAfter(principalKey(door.principal), since);
    if (last === null) return [];
    return [
      {
        principalArn: door.principal.arn,
        ...{ arrival: 'through-aws-auth', isExpected: false, lastAt: last.lastAt, seenFrom: since },
        because: `It has no access entry, and last came in by its row at ${last.lastAt}.`,
        evidence: [last.evidence],
      },
    ];
  });
  const listed = new Set([...known, ...rows.map(keyOf)]);
  return [...rows, ...sightings.listRefused(since).filter(({ principalArn }) => !listed.has(arnKey(principalArn)))];
}

function wordAnswer(
  principals: readonly VerifiedPrincipal[],
  { name, unread }: { readonly name: string; readonly unread: string | null },
): string {
  const of = (wanted: VerifiedPrincipal['arrival']): number =>
    principals.filter(({ arrival }) => arrival === wanted).length;
  const expected = principals.filter(({ isExpected }) => isExpected).length;
  if (principals.length === 0) {
    return unread === null
      ? `Nothing to verify: ${name} has no access entries, and none were planned.`
      : `Nothing can be verified of ${name}: ${unread}.`;
  }
  const parts = [
    [of('refused'), 'refused'],
    [of('through-aws-auth'), 'by aws-auth'],
    [of('no-entry'), 'without an entry'],
    [of('entry-differs'), 'with another entry than planned'],
    [of('not-seen'), 'not seen'],
  ].flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  const rest = parts.length === 0 ? '' : `; ${parts.join(', ')}`;
  return `${of('through-entry')} of ${expected} principals of ${name} came in by their access entry${rest}.`;
}
