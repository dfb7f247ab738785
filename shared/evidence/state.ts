/** state.json into what the store knew before this run. */
import type { Skip, Window } from '../model/coverage.ts';
import type { StoredCreator, StoredFinding, StoredPeople, StoredSight, StoredState } from '../model/state.ts';
import { isoTime } from '../rules/time.ts';
import { parseJsonDocument } from './json-document.ts';
import { fieldIn, isRecord, itemsIn, textIn, textMapIn, textsIn } from './json-fields.ts';
import { type SkipTally, tallySkips } from './skip-tally.ts';

export const STATE_SCHEMA = 'keyholder.state/v1';

export const EMPTY_STATE: StoredState = { findings: [], creators: [], lastGoodAwsAuth: [], firstAuditAt: {} };

const FINDING_STATUSES: readonly StoredFinding['status'][] = ['open', 'accepted', 'resolved'];

export function parseState(
  text: string,
  file: string,
): { readonly state: StoredState; readonly skips: readonly Skip[] } {
  const skips = tallySkips(file);
  const document = parseJsonDocument(text);
  if ('problem' in document) {
    skips.add(`not JSON: ${document.problem}`, text, { line: document.line });
    return { state: EMPTY_STATE, skips: skips.list() };
  }
  const { value } = document;
  const schema = fieldIn(value, 'schema') ?? STATE_SCHEMA;
  if (!isRecord(value) || schema !== STATE_SCHEMA) {
    skips.add(`expected a stored state with schema ${STATE_SCHEMA}`, value, { line: 1 });
    return { state: EMPTY_STATE, skips: skips.list() };
  }
  const parseRows = <Row>(field: string, parse: (row: unknown) => Row | null): readonly Row[] => {
    return (itemsIn(value, field) ?? []).flatMap((row, index) => {
      const parsed = parse(row);
      if (parsed === null)
        skips.add(`a row of ${field} that is not whole`, row, { line: document.lineOf([field, index]) });
      return parsed === null ? [] : [parsed];
    });
  };
  const state = {
    findings: parseRows('findings', parseFinding),
    creators: parseRows('creators', parseCreator),
    lastGoodAwsAuth: parseRows('lastGoodAwsAuth', parseAwsAuth),
    firstAuditAt: parseTimes(fieldIn(value, 'firstAuditAt'), (row) => skips.add('a first audit without a time', row)),
    ...parseWindows(fieldIn(value, 'logsReadTo'), skips),
    ...parsePeople(fieldIn(value, 'adminPeople'), skips),
    ...parseSights(fieldIn(value, 'sights'), skips),
  };
  return { state, skips: skips.list() };
}

function parseFinding(row: unknown): StoredFinding | null {
  const fingerprint = textIn(row, 'fingerprint');
  const firstSeenAt = isoTime(fieldIn(row, 'firstSeenAt'));
  const lastSeenAt = isoTime(fieldIn(row, 'lastSeenAt'));
  const status = FINDING_STATUSES.find((known) => known === fieldIn(row, 'status'));
  if (fingerprint === null || firstSeenAt === null || lastSeenAt === null || status === undefined) return null;
  return { fingerprint, firstSeenAt, lastSeenAt, status };
}

function parseCreator(row: unknown): StoredCreator | null {
  const clusterArn = textIn(row, 'clusterArn');
  const life = isoTime(fieldIn(row, 'life'));
  const principalArn = textIn(row, 'principalArn');
  if (clusterArn === null || life === null || principalArn === null) return null;
  return { clusterArn, life, principalArn, uniqueId: textIn(row, 'uniqueId') };
}

function parseAwsAuth(row: unknown): StoredState['lastGoodAwsAuth'][number] | null {
  const clusterArn = textIn(row, 'clusterArn');
  const at = isoTime(fieldIn(row, 'at'));
  if (clusterArn === null || at === null || !isRecord(fieldIn(row, 'data'))) return null;
  return { clusterArn, at, data: textMapIn(row, 'data') };
}

function parseTimes(
  times: unknown,
  skip: (row: Readonly<Record<string, unknown>>) => void,
): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const [key, stated] of isRecord(times) ? Object.entries(times) : []) {
    const time = isoTime(stated);
    if (time === null) skip({ [key]: stated });
    else pairs.push([key, time]);
  }
  return Object.fromEntries(pairs);
}

/** Nothing where the state does not speak of it. */
function parseWindows(clusters: unknown, skips: SkipTally): Pick<StoredState, 'logsReadTo'> {
  if (!isRecord(clusters)) return {};
  const skip = (row: unknown) => skips.add('the end of a window without a time', row);
  return {
    logsReadTo: Object.fromEntries(
      Object.entries(clusters).map(([cluster, times]) => [cluster, parseTimes(times, skip)]),
    ),
  };
}

function parsePeople(clusters: unknown, skips: SkipTally): Pick<StoredState, 'adminPeople'> {
  if (!isRecord(clusters)) return {};
  const pairs = Object.entries(clusters).flatMap(([cluster, row]): [string, StoredPeople][] => {
    const at = isoTime(fieldIn(row, 'at'));
    if (at !== null && itemsIn(row, 'people') !== null)
      return [
        [cluster, { at, life: isoTime(fieldIn(row, 'life')), people: textsIn(row, 'people'), ...parseHolders(row) }],
      ];
    skips.add('a row of adminPeople that is not whole', row);
    return [];
  });
  return { adminPeople: Object.fromEntries(pairs) };
}

function parseSights(clusters: unknown, skips: SkipTally): Pick<StoredState, 'sights'> {
  if (!isRecord(clusters)) return {};
  const pairs = Object.entries(clusters).flatMap(([cluster, row]): [string, StoredSight][] => {
    const windows = parseSightWindows(fieldIn(row, 'windows'));
    const principals = itemsIn(row, 'principals')?.map(parseSeen);
    // Somebody who is missing would seem to come for the first time.
    if (windows !== null && principals?.every((seen) => seen !== null))
      return [[cluster, { life: isoTime(fieldIn(row, 'life')), windows, principals }]];
    skips.add('a row of sights that is not whole', row);
    return [];
  });
  return { sights: Object.fromEntries(pairs) };
}

function parseSeen(seen: unknown): readonly [string, string] | null {
  const [key, stated]: readonly unknown[] = Array.isArray(seen) ? seen : [];
  const at = isoTime(stated);
  return typeof key === 'string' && at !== null ? [key, at] : null;
}

function parseSightWindows(windows: unknown): Readonly<Record<string, Window>> | null {
  if (!isRecord(windows)) return null;
  const pairs = Object.entries(windows).map(([source, window]) => {
    const [from, to] = [isoTime(fieldIn(window, 'from')), isoTime(fieldIn(window, 'to'))];
    return from === null || to === null ? null : ([source, { from, to }] as const);
  });
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs) : null;
}

/** Earlier versions did not store them: none is not the same. */
function parseHolders(row: unknown): Pick<StoredPeople, 'holders'> {
  return itemsIn(row, 'holders') === null ? {} : { holders: textsIn(row, 'holders') };
}
