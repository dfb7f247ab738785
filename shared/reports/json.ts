/** A report into its JSON form: the contract itself, with keys in one fixed order. */
import type { Report } from '../model/report.ts';
import { escapeJson } from './escape.ts';

/** Order of keys within any object of the report; a key that is not named here comes after them, by name. */
const KEY_ORDER = [
  ...['schema', 'generatedAt', 'source', 'fingerprint', 'detection', 'finding', 'owner', 'holder', 'kind', 'arn'],
  ...['name', 'principalArn', 'exists', 'account', 'region', 'createdAt', 'version', 'authenticationMode', 'caller'],
  ...['cluster', 'life', 'severity', 'subject', 'value', 'id', 'confidence', 'level', 'via', 'detail'],
  ...['steps', 'status', 'window', 'provenance', 'scope', 'summary', 'clusters', 'creator', 'keyholders', 'access'],
  ...['read', 'skipped', 'count', 'missing', 'grants', 'reason', 'mend', 'expires', 'isInForce', 'candidates'],
  ...['since', 'grantedBy'],
  ...['lastUsedAt', 'people', 'list', 'path', 'certainty', 'condition', 'firstSeenAt', 'lastSeenAt', 'seenFrom'],
  ...['actor', 'at', 'sample', 'file', 'line', 'sha256', 'from', 'to', 'critical', 'high', 'medium', 'low', 'info'],
  ...['skips', 'parts', 'acceptance', 'fix', 'coverage', 'verdicts', 'findings', 'notEvaluated', 'notAudited'],
  ...['acceptances', 'compliance', 'comparison', 'evidence', 'queries', 'strangers', 'notConsulted'],
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
