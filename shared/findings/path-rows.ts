/** The rows by which it is known how far tests, canaries and dead letters came. */
import type {
  PathPlace,
  PathRule,
  RememberedDeadLetters,
  RememberedTest,
  RememberedTests,
} from '../model/alert-path.ts';
import { msBetween } from '../rules/time.ts';

/** Of what stands once for each place. */
export const PATH_PARTITION = 'path';
/** Whoever may put events on the bus of an account can ask for messages: more in an hour would be a way to hide one in many. */
export const MOST_TESTS_IN_AN_HOUR = 20;

/** All that is known of one test lies together. */
export function testPartition({ account, region, id }: Pick<RememberedTest, 'account' | 'region' | 'id'>): string {
  return `test:${account}/${region}/${id}`;
}

/** What publish-changes is called for begins so, beside `finding#`: resources/messages.yml. */
export const TEST_KEY = 'test#';
export const CANARY_PREFIX = 'canary#';
export const DEAD_LETTERS_PREFIX = 'dead-letters#';
/** Written at the other end, and calls nobody. */
export const HEARD_PREFIX = 'heard#';
export const ARRIVED_PREFIX = 'arrived#';
export const TOLD_PREFIX = 'told#';

export function canaryKey(prefix: string, { account, region, rule }: PathPlace & { readonly rule: PathRule }): string {
  return `${prefix}${account}/${region}#${rule}`;
}

export function deadLettersKey({ account, region }: PathPlace): string {
  return `${DEAD_LETTERS_PREFIX}${account}/${region}`;
}

export function testsKey({ account }: Pick<PathPlace, 'account'>): string {
  return `tests#${account}`;
}

/** Whoever may make alarms in an account can have this one go on and off: within so many hours it is told once. */
const TOLD_ANEW_MS = 6 * 3_600_000;

/** What is to stand when the alarm of a place changes; null where nothing does. */
export function changeDeadLetters(
  stored: RememberedDeadLetters | null,
  { isStanding, ...place }: PathPlace & { readonly isStanding: boolean },
  now: string,
): RememberedDeadLetters | null {
  if (((stored?.since ?? null) !== null) === isStanding) return null;
  const toldSince = stored !== null && msBetween(stored.toldSince, now) < TOLD_ANEW_MS ? stored.toldSince : now;
  const { account, region } = place;
  return { account, region, since: isStanding ? toldSince : null, toldSince, at: now };
}

/** What is to stand when this test comes; null where nothing changes: it is known, or one too many. */
export function addTest(stored: RememberedTests | null, id: string, now: string): RememberedTests | null {
  const hour = now.slice(0, 'YYYY-MM-DDTHH'.length);
  if (stored === null || stored.hour !== hour) return { hour, ids: [id] };
  if (stored.ids.includes(id) || stored.ids.length >= MOST_TESTS_IN_AN_HOUR) return null;
  return { hour, ids: [...stored.ids, id] };
}
