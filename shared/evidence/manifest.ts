/** manifest.json into what whoever filled the folder says of it: window, scope, and how far each source was read. */
import {
  type CoverageStatus,
  EKS_PARTS,
  type Scan,
  type Skip,
  SOURCES,
  type StatedCoverage,
  type Window,
} from '../model/coverage.ts';
import type { Scope } from '../model/evidence.ts';
import { isoTime } from '../rules/time.ts';
import { type JsonDocument, parseJsonDocument } from './json-document.ts';
import { fieldIn, itemsIn, textIn, textsIn } from './json-fields.ts';
import { type SkipTally, tallySkips } from './skip-tally.ts';

export const MANIFEST_SCHEMA = 'keyholder.evidence/v1';

const COVERAGE_STATUSES: readonly CoverageStatus[] = ['complete', 'partial', 'disabled', 'denied', 'unavailable'];
const SCOPE_STATUSES: readonly Scope['status'][] = ['audited', 'partial', 'denied', 'disabled', 'unavailable'];

export interface Manifest {
  readonly collectedAt: string | null;
  readonly window: Window | null;
  readonly scope: readonly Scope[];
  readonly coverage: readonly StatedCoverage[];
  /** Who collected it, and the queries that were run. */
  readonly caller: string | null;
  readonly queries: readonly string[];
}

export const EMPTY_MANIFEST: Manifest = {
  collectedAt: null,
  window: null,
  scope: [],
  coverage: [],
  caller: null,
  queries: [],
};

export function parseManifest(
  text: string,
  file: string,
): { readonly manifest: Manifest; readonly skips: readonly Skip[] } {
  const skips = tallySkips(file);
  const document = parseJsonDocument(text);
  if ('problem' in document) {
    skips.add(`not JSON: ${document.problem}`, text, { line: document.line });
    return { manifest: EMPTY_MANIFEST, skips: skips.list() };
  }
  const { value } = document;
  if (fieldIn(value, 'schema') !== MANIFEST_SCHEMA) {
    skips.add(`expected a manifest with schema ${MANIFEST_SCHEMA}`, value, { line: 1 });
    return { manifest: EMPTY_MANIFEST, skips: skips.list() };
  }
  const manifest = {
    collectedAt: isoTime(fieldIn(value, 'collectedAt')),
    window: parseStatedWindow({ value, line: document.lineOf(['window']) }, skips),
    scope: rowsOf(document, 'scope').flatMap((row) => parseScope(row, skips)),
    coverage: rowsOf(document, 'coverage').flatMap((row) => parseCoverage(row, skips)),
    caller: textIn(value, 'caller'),
    queries: textsIn(value, 'queries'),
  };
  return { manifest, skips: skips.list() };
}

interface Row {
  readonly value: unknown;
  readonly line: number;
}

function rowsOf(document: JsonDocument, field: string): readonly Row[] {
  return (itemsIn(document.value, field) ?? []).map((value, index) => {
    return { value, line: document.lineOf([field, index]) };
  });
}

function parseScope({ value, line }: Row, skips: SkipTally): readonly Scope[] {
  const account = textIn(value, 'account');
  const region = textIn(value, 'region');
  const status = SCOPE_STATUSES.find((known) => known === fieldIn(value, 'status'));
  const clusters = fieldIn(value, 'clusters');
  if (account === null || region === null || status === undefined) {
    skips.add('a scope row without account, region and a known status', value, { line });
    return [];
  }
  const count = typeof clusters === 'number' && Number.isSafeInteger(clusters) ? clusters : 0;
  return [{ account, region, status, clusters: count, reason: textIn(value, 'reason'), mend: textIn(value, 'mend') }];
}

function parseCoverage(row: Row, skips: SkipTally): readonly StatedCoverage[] {
  const { value, line } = row;
  const source = SOURCES.find((known) => known === fieldIn(value, 'source'));
  const status = COVERAGE_STATUSES.find((known) => known === fieldIn(value, 'status'));
  const statedPart = fieldIn(value, 'part') ?? null;
  const part = EKS_PARTS.find((known) => known === statedPart) ?? null;
  if (source === undefined || status === undefined || part !== statedPart) {
    skips.add('a coverage row without a known source, status or part', value, { line });
    return [];
  }
  const account = textIn(value, 'account');
  const region = textIn(value, 'region');
  const cluster = textIn(value, 'cluster');
  const window = parseStatedWindow(row, skips);
  const scan = parseScan(row, skips);
  const stated = { source, account, region, cluster, part, status, window, reason: textIn(value, 'reason') };
  return [{ ...stated, ...(scan === null ? {} : { scan }), ...parseMarks(row, skips) }];
}

/** Left out where they are absent; what is no mark is counted. */
function parseMarks({ value, line }: Row, skips: SkipTally): Pick<StatedCoverage, 'isCut' | 'isUnasked' | 'calls'> {
  const [isCut, isUnasked] = [fieldIn(value, 'isCut') ?? null, fieldIn(value, 'isUnasked') ?? null];
  const calls = fieldIn(value, 'calls') ?? null;
  const names = textsIn(value, 'calls');
  if (isCut !== null && isCut !== true) skips.add('an isCut that is not true', isCut, { line });
  if (isUnasked !== null && isUnasked !== true) skips.add('an isUnasked that is not true', isUnasked, { line });
  const isList = calls !== null && itemsIn(value, 'calls')?.length === names.length;
  if (calls !== null && !isList) skips.add('calls that are no list of names', calls, { line });
  return {
    ...(isCut === true ? { isCut } : {}),
    ...(isUnasked === true ? { isUnasked } : {}),
    ...(isList ? { calls: names } : {}),
  };
}

/** null where nothing was scanned; what is no scan is counted. */
function parseScan({ value, line }: Row, skips: SkipTally): Scan | null {
  const scan = fieldIn(value, 'scan') ?? null;
  if (scan === null) return null;
  const [bytesScanned, dollars, clusters] = [
    fieldIn(scan, 'bytesScanned'),
    fieldIn(scan, 'dollars'),
    fieldIn(scan, 'clusters'),
  ];
  if (isAmount(bytesScanned) && isAmount(dollars) && isAmount(clusters)) return { bytesScanned, dollars, clusters };
  skips.add('a scan without the numbers bytesScanned, dollars and clusters', scan, { line });
  return null;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** The window of a row; an absent one is none, one that is no window is counted. */
function parseStatedWindow({ value, line }: Row, skips: SkipTally): Window | null {
  const window = fieldIn(value, 'window') ?? null;
  if (window === null) return null;
  const from = isoTime(fieldIn(window, 'from'));
  const to = isoTime(fieldIn(window, 'to'));
  if (from !== null && to !== null && Date.parse(from) <= Date.parse(to)) return { from, to };
  skips.add('a window without a time from and a later time to', window, { line });
  return null;
}
