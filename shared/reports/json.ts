/** A report into its JSON form: the contract itself, with keys in one fixed order. */
import type { Report } from '../model/report.ts';
import { escapeJson } from './escape.ts';

/** Order of keys within any object of the report; a key that is not named here comes after them, by name. */
const KEY_ORDER = [
  ...[
    'schema',
    'generatedAt',
    'source',
    'fingerprint',
    'detection',
    'holder',
    'kind',
    'name',
    'principalArn',
    'exists',
  ],
  ...['arn', 'account', 'region', 'createdAt', 'version', 'authenticationMode', 'cluster', 'severity', 'subject'],
  ...['id', 'finding', 'owner', 'value', 'level', 'via', 'detail', 'status', 'scope', 'from', 'to', 'window'],
  ...['clusters', 'read', 'skipped', 'count', 'missing', 'summary', 'reason', 'mend', 'expires', 'isInForce'],
  ...['confidence', 'candidates', 'creator', 'keyholders', 'access', 'grants', 'since', 'grantedBy', 'lastUsedAt'],
  ...['people', 'list', 'path', 'certainty', 'condition', 'firstSeenAt', 'lastSeenAt', 'seenFrom', 'actor', 'at'],
  ...['sample', 'file', 'line', 'skips', 'parts', 'acceptance', 'fix', 'provenance', 'coverage', 'verdicts'],
  ...['findings', 'acceptances', 'evidence'],
] as const;
const RANK: ReadonlyMap<string, number> = new Map(KEY_ORDER.map((key, index) => [key, index]));

export function renderJson(report: Report): string {
  return `${escapeJson(JSON.stringify(report, sortKeys, 2))}\n`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareKeys(a, b)));
}

function compareKeys(a: string, b: string): number {
  const byRank = (RANK.get(a) ?? KEY_ORDER.length) - (RANK.get(b) ?? KEY_ORDER.length);
  return byRank !== 0 ? byRank : a < b ? -1 : 1;
}
