/** Where there are clusters, and what was heard of canaries, into the places from which no alert would come. */
import type { PathPlace, PathRule, RememberedCanary, SilentPlace } from '../model/alert-path.ts';
import type { Config } from '../model/config.ts';
import { parseArn } from '../rules/arn.ts';
import { findIamRegion, listPathRules } from '../rules/path-rules.ts';
import { msBetween } from '../rules/time.ts';

const HOUR_MS = 3_600_000;
/** A canary comes once a day, within an hour, and may be some minutes on its way. */
const LATE_MS = 26 * HOUR_MS;
/** A place that was heard of is asked for so long after its last cluster went. */
const REMEMBERED_MS = 14 * 24 * HOUR_MS;

export interface PathQuestion {
  /** Where there are clusters. */
  readonly places: readonly PathPlace[];
  /** Where the home bus is; null where that is not known. */
  readonly home: PathPlace | null;
  readonly heard: readonly RememberedCanary[];
  /** What keyholder.yml declares: in the accounts of these roles the rule for them is to be heard too. */
  readonly breakGlass: Config['breakGlass'];
  /** ISO */
  readonly now: string;
}

interface Hearable extends PathPlace {
  readonly rules: readonly PathRule[];
}

/**
 * Places that must be heard, in order: those with clusters, the region of IAM of their accounts, those heard lately, and
 * the home bus. Whoever else sends as the home bus does is not asked for again.
 */
export function listHearable({ places, home, heard, breakGlass, now }: PathQuestion): readonly Hearable[] {
  const ofIam = places.flatMap(({ account, region }) => {
    const iamRegion = findIamRegion(region);
    return iamRegion === undefined ? [] : [{ account, region: iamRegion }];
  });
  const lately = heard.filter(({ rule, at }) => rule !== 'home-bus' && msBetween(at, now) < REMEMBERED_MS);
  const keepers = listRoleAccounts(breakGlass);
  const byKey = new Map<string, Hearable>();
  for (const { account, region } of [...places, ...ofIam, ...lately])
    byKey.set(keyOf({ account, region }), { account, region, rules: listPathRules(region, keepers.has(account)) });
  if (home !== null) {
    const rules = byKey.get(keyOf(home))?.rules ?? [];
    byKey.set(keyOf(home), { ...home, rules: [...rules, 'home-bus'] });
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

/** Of roles, and of sessions of them: a user of IAM is assumed by nobody. */
function listRoleAccounts(breakGlass: Config['breakGlass']): ReadonlySet<string> {
  const arns = breakGlass.flatMap(({ principal }) => parseArn(principal) ?? []);
  return new Set(arns.filter(({ resource }) => /^(?:assumed-)?role\//.test(resource)).map(({ account }) => account));
}

export function findSilentPlaces(question: PathQuestion): readonly SilentPlace[] {
  const { heard, now } = question;
  const lastHeard = new Map<string, Map<PathRule, string>>();
  for (const { rule, at, ...place } of heard) {
    const ofPlace = lastHeard.get(keyOf(place)) ?? new Map<PathRule, string>();
    lastHeard.set(keyOf(place), ofPlace.set(rule, at));
  }
  return listHearable(question).flatMap(({ rules: expected, ...place }) => {
    const ofPlace = lastHeard.get(keyOf(place)) ?? new Map<PathRule, string>();
    const rules = expected.filter((rule) => isLate(ofPlace.get(rule), now));
    const lastHeardAt = [...ofPlace.values()].sort().at(-1) ?? null;
    return rules.length === 0 ? [] : [{ ...place, rules, lastHeardAt }];
  });
}

function isLate(at: string | undefined, now: string): boolean {
  return at === undefined || msBetween(at, now) > LATE_MS;
}

function keyOf({ account, region }: PathPlace): string {
  return `${account}/${region}`;
}
