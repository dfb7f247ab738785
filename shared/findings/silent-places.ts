/** Where there are clusters, and what was heard of canaries, into the places from which no alert would come. */
import type { PathPlace, PathRule, RememberedCanary, SilentPlace } from '../model/alert-path.ts';
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
  readonly heard: readonly RememberedCanary[];
  /** ISO */
  readonly now: string;
}

/** Places that must be heard, in order: those with clusters, the region of IAM of their accounts, and those heard lately. */
export function listHearable({ places, heard, now }: PathQuestion): readonly PathPlace[] {
  const ofIam = places.flatMap(({ account, region }) => {
    const iamRegion = findIamRegion(region);
    return iamRegion === undefined ? [] : [{ account, region: iamRegion }];
  });
  const lately = heard.filter(({ at }) => msBetween(at, now) < REMEMBERED_MS);
  const all = [...places, ...ofIam, ...lately].map(({ account, region }) => ({ account, region }));
  const byKey = new Map(all.map((place) => [keyOf(place), place]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

export function findSilentPlaces(question: PathQuestion): readonly SilentPlace[] {
  const { heard, now } = question;
  const lastHeard = new Map<string, Map<PathRule, string>>();
  for (const { rule, at, ...place } of heard) {
    const ofPlace = lastHeard.get(keyOf(place)) ?? new Map<PathRule, string>();
    lastHeard.set(keyOf(place), ofPlace.set(rule, at));
  }
  return listHearable(question).flatMap((place) => {
    const ofPlace = lastHeard.get(keyOf(place)) ?? new Map<PathRule, string>();
    const rules = listPathRules(place.region).filter((rule) => isLate(ofPlace.get(rule), now));
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
