/** What the machine says of a function that did not end into coverage of what it was to read. */
import { textIn } from '../evidence/json-fields.ts';
import { parseJson } from '../evidence/parse-json.ts';
import type { Source } from '../model/coverage.ts';
import type { LiveRead } from '../ports.ts';

export interface Failure {
  readonly reason: string;
}

const MOST_CHARACTERS = 300;

/** `value` is what Step Functions hands to a Catch: an error's name, and its cause as text or JSON. */
export function parseFailure(value: unknown): Failure | null {
  const error = textIn(value, 'Error');
  const cause = textIn(value, 'Cause');
  if (error === null && cause === null) return null;
  const said = cause === null ? null : (textIn(parseJson(cause), 'errorMessage') ?? cause);
  const reason = [error, said].filter((text) => text !== null).join(': ');
  return { reason: `the function did not end: ${reason.slice(0, MOST_CHARACTERS)}` };
}

/** null stands for every one. */
export interface UnendedPlace {
  readonly account: string;
  readonly region: string | null;
  readonly cluster: string | null;
}

export function describeUnended(place: UnendedPlace, sources: readonly Source[], reason: string): LiveRead {
  const coverage = sources.map(
    (source) => ({ ...place, source, part: null, status: 'unavailable', window: null, reason, isCut: true }) as const,
  );
  return { coverage, queries: [], mends: [] };
}
